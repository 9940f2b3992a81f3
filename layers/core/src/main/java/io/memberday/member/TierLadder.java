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

    /** The member's tier at a time. */
    public Tier of(Purchases purchases, Instant now) {
        Instant from = now.minus(window);
        int count = 0;
        long minor = 0;
        for (Purchase purchase : purchases.recent()) {
            if (purchase.paidAt().isAfter(from)) {
                count++;
                minor += purchase.minor();
            }
        }
        Tier reached = tiers.getFirst();
        for (Tier tier : tiers) {
            if (minor >= tier.minor() && count >= tier.count()) {
                reached = tier;
            }
        }
        return reached;
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
