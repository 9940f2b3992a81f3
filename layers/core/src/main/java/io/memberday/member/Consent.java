package io.memberday.member;

import java.time.Instant;
import java.util.Comparator;

/**
 * What a member said about one channel and kind, and when. Two statements join to the weightier: an
 * explicit one (the member's own opt-out or subscription) outweighs one implied by a checkout box,
 * then the later outweighs the earlier, then a refusal outweighs an agreement. The join is
 * commutative, associative and idempotent, so that events may come in any sequence (P1), and an
 * order placed after an opt-out with a pre-ticked box does not undo the opt-out.
 *
 * @param granted whether the member agreed
 * @param explicit whether the member said so on purpose, not by an order's checkout box
 * @param at when the member said so, whole seconds
 */
public record Consent(boolean granted, boolean explicit, Instant at) {
    private static final Comparator<Consent> WEIGHT =
            Comparator.comparing(Consent::explicit)
                    .thenComparing(Consent::at)
                    .thenComparing(consent -> !consent.granted);

    public Consent {
        at = Instant.ofEpochSecond(at.getEpochSecond());
    }

    /** The weightier of two statements. */
    public Consent join(Consent other) {
        return WEIGHT.compare(this, other) >= 0 ? this : other;
    }
}
