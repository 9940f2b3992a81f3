package io.memberday.send;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What was looked up holds for a second: a stop is seen so soon, and messages of the same second do
 * not each pay for the look. Not for sharing between threads.
 */
final class LookedUp<T> {
    private static final Duration HOLDS = Duration.ofSeconds(1);

    private final Supplier<T> look;
    private T seen;
    private Instant at;

    /**
     * @param seen at the first look
     * @param at when that was
     * @param look for the next ones
     */
    LookedUp(T seen, Instant at, Supplier<T> look) {
        this.seen = seen;
        this.at = at;
        this.look = look;
    }

    /** Looks anew where a second has passed, or the clock was set back. */
    T at(Instant now) {
        if (now.isBefore(at) || !now.isBefore(at.plus(HOLDS))) {
            seen = look.get();
            at = now;
        }
        return seen;
    }
}
