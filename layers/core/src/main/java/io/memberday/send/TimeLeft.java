package io.memberday.send;

import java.time.Duration;

/** How long the invocation may still live. */
@FunctionalInterface
public interface TimeLeft {
    /**
     * Kept for one more message with its waits and a slow provider, and for writing down what was
     * done: no message is begun with less.
     */
    Duration RESERVE = Duration.ofSeconds(30);

    /** What is left of it. */
    Duration left();

    /** Whether another message may be begun. */
    default boolean allowsAnother() {
        return left().compareTo(RESERVE) > 0;
    }
}
