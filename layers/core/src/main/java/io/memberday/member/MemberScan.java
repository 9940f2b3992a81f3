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
     * @param filter who is handed back: others may be, too
     */
    ScanPage page(int segment, int of, Optional<String> after, int limit, MemberFilter filter);

    /** Reads a segment on, everybody in it. */
    default ScanPage page(int segment, int of, Optional<String> after, int limit) {
        return page(segment, of, after, limit, MemberFilter.EVERYBODY);
    }

    /** About how many members there are: the count may be hours old. */
    long about();

    /**
     * @param members merged ones included
     * @param next where to go on; empty at the segment's end
     * @param filtered how many were read and not handed back, as the filter says no to them
     */
    record ScanPage(List<Member> members, Optional<String> next, int filtered) {
        /** A page of which nobody was filtered out. */
        public ScanPage(List<Member> members, Optional<String> next) {
            this(members, next, 0);
        }
    }
}
