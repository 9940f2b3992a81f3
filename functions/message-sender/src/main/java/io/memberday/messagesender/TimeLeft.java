package io.memberday.messagesender;

import java.time.Duration;

/** How long the invocation may still live. */
@FunctionalInterface
interface TimeLeft {
    /**
     * Kept for one more message with its waits and a slow provider, and for writing down what was
     * done: no message is begun with less.
     */
    Duration RESERVE = Duration.ofSeconds(30);

    Duration left();

    /** Whether another message may be begun. */
    default boolean allowsAnother() {
        return left().compareTo(RESERVE) > 0;
    }
}
