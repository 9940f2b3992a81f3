package io.memberday.order;

import java.time.Instant;
import java.util.Comparator;

/**
 * What the shop answered to a review, in its own words: they may speak of the buyer, so they are
 * shown to agents and nowhere else (P8).
 *
 * @param text one line, {@value #LONGEST} characters at most
 * @param at when, whole seconds
 */
public record Reply(String text, Instant at) {
    /** Most characters that are kept. */
    public static final int LONGEST = 500;

    private static final Comparator<Reply> LATER =
            Comparator.comparing(Reply::at).thenComparing(Reply::text);

    public Reply {
        at = Instant.ofEpochSecond(at.getEpochSecond());
    }

    /** The later of two: the shop has thought again. */
    public Reply join(Reply other) {
        return LATER.compare(this, other) >= 0 ? this : other;
    }

    /** Without the words. */
    @Override
    public String toString() {
        return "Reply[at=" + at + "]";
    }
}
