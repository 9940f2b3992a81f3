package io.memberday.feedback;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * What the provider reported of a message after it had accepted it. One message has at most one of
 * each kind.
 *
 * @param messageId the provider's
 * @param kind what happened
 * @param lasting for a bounce: whether the address is dead, not only away or full
 * @param at when, as the provider says
 * @param reason for a bounce: why, in a word of ours; empty if the provider gives none that we know
 * @param bill what the provider takes for it, if it says so
 */
public record Feedback(
        String messageId,
        Kind kind,
        boolean lasting,
        Instant at,
        String reason,
        Optional<Bill> bill) {

    /** What became of an accepted message. */
    public enum Kind {
        DELIVERED,
        /** It came back, or never left: the recipient does not have it. */
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

    /**
     * A message's real price.
     *
     * @param parts billed
     * @param microDollars millionths of a US dollar, whatever the store's currency
     */
    public record Bill(int parts, long microDollars) {}

    /** A report that gives neither reason nor price. */
    public Feedback(String messageId, Kind kind, boolean lasting, Instant at) {
        this(messageId, kind, lasting, at, "", Optional.empty());
    }
}
