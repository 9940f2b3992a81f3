package io.memberday.member;

import java.time.Instant;
import java.util.Comparator;

/**
 * A kept purchase: an order that is paid and not refunded in full.
 *
 * @param order the order's key, {@code source:shop:number}
 * @param paidAt whole seconds
 * @param minor what was paid less what was refunded, in minor units of the store's currency
 */
public record Purchase(String order, Instant paidAt, long minor) implements Comparable<Purchase> {
    private static final Comparator<Purchase> BY_TIME =
            Comparator.comparing(Purchase::paidAt).thenComparing(Purchase::order);

    public Purchase {
        paidAt = Instant.ofEpochSecond(paidAt.getEpochSecond());
    }

    @Override
    public int compareTo(Purchase other) {
        return BY_TIME.compare(this, other);
    }
}
