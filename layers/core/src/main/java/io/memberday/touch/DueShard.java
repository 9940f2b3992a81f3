package io.memberday.touch;

import io.memberday.member.Kind;

/**
 * Under which key of the due index a row waits for the clock: spread over many, so that millions of
 * rows due in the same minute do not queue at one partition.
 */
public final class DueShard {
    /** So many keys per kind. The clock reads all of them each minute. */
    public static final int COUNT = 64;

    private DueShard() {}

    /** The key of a row: the same for the same row, always. */
    public static String of(Kind kind, String row) {
        int hash = row.hashCode();
        return key(kind, Math.floorMod(hash ^ (hash >>> 16), COUNT));
    }

    /** The key of a number from 0 to {@link #COUNT}, exclusive. */
    public static String key(Kind kind, int number) {
        return "%s#%02d".formatted(kind.key(), number);
    }
}
