package io.memberday.member;

import java.util.List;
import java.util.Optional;

/** Reads all members, in segments that several workers read side by side. */
public interface MemberScan {

    /**
     * Reads a segment on.
     *
     * @param segment from 0
     * @param of how many segments there are
     * @param after the last page's {@code next}; empty to start
     * @param limit most members to read; fewer may come although there are more
     */
    ScanPage page(int segment, int of, Optional<String> after, int limit);

    /** About how many members there are: the count may be hours old. */
    long about();

    /**
     * @param members merged ones included
     * @param next where to go on; empty at the segment's end
     */
    record ScanPage(List<Member> members, Optional<String> next) {}
}
