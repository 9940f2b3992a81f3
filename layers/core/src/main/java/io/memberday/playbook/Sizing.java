package io.memberday.playbook;

import io.memberday.member.Purchases;

/**
 * How a coupon "so much off from so much" is sized for each member by the member's own value (R38):
 * the order it asks for by the average order, what it takes off by the average discount. All in
 * minor units, and rounded in the member's favour.
 */
public record Sizing(Threshold threshold, Reduction reduction) {
    private static final int HUNDRED = 100;

    /**
     * The least order: a share of the member's average order, rounded down to a whole number of
     * steps, then kept within the bounds.
     *
     * @param percent of the average order
     * @param leastMinor a whole number of steps
     * @param mostMinor a whole number of steps
     * @param stepMinor more than 0
     */
    public record Threshold(int percent, long leastMinor, long mostMinor, long stepMinor) {
        long of(Purchases purchases) {
            long share = Math.multiplyExact(purchases.averageMinor(), (long) percent) / HUNDRED;
            return Math.clamp(share / stepMinor * stepMinor, leastMinor, mostMinor);
        }
    }

    /**
     * What is taken off: of the threshold the share that discounts were of the list prices of the
     * member's recent purchases, times a factor, rounded up to hundredths of a percent, kept within
     * the bounds; the amount is rounded up to a whole number of steps. Who never got a discount, as
     * far as is known, gets the least.
     *
     * @param percent of the average discount
     * @param leastPercent of the threshold
     * @param mostPercent of the threshold
     * @param stepMinor more than 0
     */
    public record Reduction(int percent, int leastPercent, int mostPercent, long stepMinor) {
        long of(Purchases purchases, long thresholdMinor) {
            long list = Math.max(1, purchases.listMinor());
            long share =
                    Math.clamp(
                            Math.ceilDiv(purchases.discountMinor() * percent * HUNDRED, list),
                            (long) leastPercent * HUNDRED,
                            (long) mostPercent * HUNDRED);
            long exact = Math.ceilDiv(thresholdMinor * share, (long) HUNDRED * HUNDRED);
            return Math.ceilDiv(exact, stepMinor) * stepMinor;
        }
    }

    /** One member's coupon. */
    public record Sized(long thresholdMinor, long reductionMinor) {}

    /** The coupon of a member with these purchases. */
    public Sized of(Purchases purchases) {
        long from = threshold.of(purchases);
        return new Sized(from, reduction.of(purchases, from));
    }
}
