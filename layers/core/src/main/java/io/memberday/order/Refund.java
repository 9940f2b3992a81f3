package io.memberday.order;

import java.time.Instant;

/**
 * Money that went back to the buyer.
 *
 * @param minor minor units, at least 0
 * @param at when, whole seconds
 */
public record Refund(long minor, Instant at) {
    public Refund {
        at = Instant.ofEpochSecond(at.getEpochSecond());
    }

    /** Two reports of one refund: the larger amount, the earlier time. */
    public Refund join(Refund other) {
        return new Refund(Math.max(minor, other.minor), at.isBefore(other.at) ? at : other.at);
    }
}
