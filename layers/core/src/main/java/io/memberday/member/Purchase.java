package io.memberday.member;

import java.time.Instant;
import java.util.Comparator;

/**
 * A kept purchase: an order that is paid and not refunded in full.
 *
 * @param order the order's key, {@code source:shop:number}
 * @param paidAt whole seconds
 * @param minor what was paid less what was refunded, in minor units of the store's currency
 * @param basket what was bought
 */
public record Purchase(String order, Instant paidAt, long minor, Basket basket)
        implements Comparable<Purchase> {
    private static final Comparator<Purchase> BY_TIME =
            Comparator.comparing(Purchase::paidAt).thenComparing(Purchase::order);

    public Purchase {
        paidAt = Instant.ofEpochSecond(paidAt.getEpochSecond());
    }

    /** A purchase of goods that are not known. */
    public Purchase(String order, Instant paidAt, long minor) {
        this(order, paidAt, minor, Basket.UNKNOWN);
    }

    /** What the goods cost after refunds, without postage; never below nothing. */
    public long goodsMinor() {
        return Math.max(0, minor - basket.postageMinor());
    }

    @Override
    public int compareTo(Purchase other) {
        return BY_TIME.compare(this, other);
    }
}
