package io.memberday.feedback;

import java.time.Instant;
import java.util.Locale;

/**
 * What the provider reported of a message after it had accepted it. One message has at most one of
 * each kind.
 *
 * @param messageId the provider's
 * @param kind what happened
 * @param lasting for a bounce: whether the address is dead, not only away or full
 * @param at when, as the provider says
 */
public record Feedback(String messageId, Kind kind, boolean lasting, Instant at) {

    /** What became of an accepted message. */
    public enum Kind {
        DELIVERED,
        BOUNCED,
        COMPLAINED;

        /** The name in rows. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads {@link #key}. */
        public static Kind of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }
}
