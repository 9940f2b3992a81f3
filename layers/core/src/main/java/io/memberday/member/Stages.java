package io.memberday.member;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Recency stages 活跃/沉睡/预流失/流失 (R5), by whole days since the last kept purchase. Always computed,
 * never stored.
 *
 * @param active up to so many days
 * @param dormant up to so many days
 * @param preChurn up to so many days; later is churned
 */
public record Stages(int active, int dormant, int preChurn) {

    /** {@code active}, {@code dormant}, {@code pre-churn}, {@code churned}, or {@code none}. */
    public String of(Optional<Instant> lastPurchase, Instant now) {
        if (lastPurchase.isEmpty()) {
            return "none";
        }
        long days = Duration.between(lastPurchase.get(), now).toDays();
        if (days <= active) {
            return "active";
        }
        if (days <= dormant) {
            return "dormant";
        }
        return days <= preChurn ? "pre-churn" : "churned";
    }
}
