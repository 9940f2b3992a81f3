package io.memberday.member;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tiers of a shop, lowest first (R4). A member is on the highest rung whose amount and count
 * the kept purchases of the window reach; refunds count back because a refunded purchase is not
 * kept.
 *
 * @param window measured back from now
 * @param tiers lowest first; the first asks for nothing
 * @param valuableMinor who has spent this within the window is valuable to the shop (R51), minor
 *     units; none if only members of a core tier are
 */
public record TierLadder(Duration window, List<Tier> tiers, Optional<Long> valuableMinor) {
    public TierLadder {
        tiers = List.copyOf(tiers);
    }

    /** A ladder by which only members of a core tier are valuable. */
    public TierLadder(Duration window, List<Tier> tiers) {
        this(window, tiers, Optional.empty());
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

    /** Whether somebody should look where such a member is about to be lost (R51). */
    public boolean valuable(Purchases purchases, Instant now) {
        Standing standing = standing(purchases, now);
        return of(standing).core()
                || valuableMinor.filter(least -> standing.minor() >= least).isPresent();
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
