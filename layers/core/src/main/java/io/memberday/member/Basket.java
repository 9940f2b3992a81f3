package io.memberday.member;

import java.util.List;

/**
 * What a purchase consisted of, as far as segments and offers ask for it. A member carries it with
 * every single purchase, so it is small.
 *
 * @param discountMinor what was taken off the list price, minor units
 * @param postageMinor what the buyer paid for postage, a part of the order's total, minor units
 * @param categories of the goods, {@value #MOST} at most, sorted
 * @param products the shop's ids, {@value #MOST} at most, sorted
 */
public record Basket(
        long discountMinor, long postageMinor, List<String> categories, List<String> products) {
    /** So many of each are kept of one purchase: those of its dearest lines. */
    public static final int MOST = 5;

    /** Nothing is known of it. */
    public static final Basket UNKNOWN = new Basket(0, 0, List.of(), List.of());

    public Basket {
        categories = categories.stream().distinct().limit(MOST).sorted().toList();
        products = products.stream().distinct().limit(MOST).sorted().toList();
    }
}
