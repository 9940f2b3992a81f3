package io.memberday.member;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The tiers of a shop, lowest first (R4). A member is on the highest rung whose amount and count
 * the kept purchases of the window reach; refunds count back because a refunded purchase is not
 * kept.
 *
 * @param window measured back from now
 * @param tiers lowest first; the first asks for nothing
 */
public record TierLadder(Duration window, List<Tier> tiers) {
    public TierLadder {
        tiers = List.copyOf(tiers);
    }

    /**
     * What of a member's purchases counts.
     *
     * @param count of kept purchases
     * @param minor their sum, minor units
     */
    public record Standing(int count, long minor) {}

    /** The member's tier at a time. */
    public Tier of(Purchases purchases, Instant now) {
        return of(between(purchases, now.minus(window), Instant.MAX));
    }

    /** The tier of whoever has bought so much. */
    public Tier of(Standing standing) {
        Tier reached = tiers.getFirst();
        for (Tier tier : tiers) {
            if (standing.minor() >= tier.minor() && standing.count() >= tier.count()) {
                reached = tier;
            }
        }
        return reached;
    }

    /** What counts at a time, which may have passed: of what was bought after it, nothing. */
    public Standing standing(Purchases purchases, Instant at) {
        return between(purchases, at.minus(window), at);
    }

    private static Standing between(Purchases purchases, Instant after, Instant until) {
        int count = 0;
        long minor = 0;
        for (Purchase purchase : purchases.recent()) {
            if (purchase.paidAt().isAfter(after) && !purchase.paidAt().isAfter(until)) {
                count++;
                minor += purchase.minor();
            }
        }
        return new Standing(count, minor);
    }

    /**
     * @throws IllegalArgumentException if there is no such tier
     */
    public Tier byId(String id) {
        return tiers.stream()
                .filter(tier -> tier.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tier " + id));
    }
}
