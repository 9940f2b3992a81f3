package io.memberday.member;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A member's kept purchases: those of the declared horizon before the latest one each by each,
 * older ones as count, sum and first time only, so that a member's item stays small. The cut is
 * measured from the latest purchase and not from today: these are a function of the orders alone
 * (P6).
 *
 * @param recent by time, oldest first
 * @param olderCount how many are older than the horizon
 * @param olderMinor what they sum to, minor units
 * @param olderFirst when the first of them was paid
 */
public record Purchases(
        List<Purchase> recent, int olderCount, long olderMinor, Optional<Instant> olderFirst) {
    public static final Purchases NONE = new Purchases(List.of(), 0, 0, Optional.empty());

    public Purchases {
        recent = List.copyOf(recent);
    }

    /** Purchases from all that are kept. */
    public static Purchases of(Collection<Purchase> kept, Duration horizon) {
        return NONE.plus(kept, horizon);
    }

    public int count() {
        return recent.size() + olderCount;
    }

    /** The sum in minor units of the store's currency. */
    public long minor() {
        return olderMinor + recent.stream().mapToLong(Purchase::minor).sum();
    }

    /** What an order came to on average, rounded down to minor units; 0 without purchases. */
    public long averageMinor() {
        return count() == 0 ? 0 : minor() / count();
    }

    /**
     * What the goods of an order came to on average, without the postage that is known, rounded
     * down to minor units; 0 without purchases.
     */
    public long averageGoodsMinor() {
        return count() == 0
                ? 0
                : (olderMinor + recent.stream().mapToLong(Purchase::goodsMinor).sum()) / count();
    }

    /** What was taken off the list prices of the recent purchases, minor units. */
    public long discountMinor() {
        return recent.stream().mapToLong(bought -> bought.basket().discountMinor()).sum();
    }

    /** What the goods of the recent purchases would have cost without discounts, minor units. */
    public long listMinor() {
        return discountMinor() + recent.stream().mapToLong(Purchase::goodsMinor).sum();
    }

    /** The discount in whole percent of the list prices, rounded down; 0 if none is known. */
    public int averageDiscountPercent() {
        long list = listMinor();
        return list == 0 ? 0 : (int) (discountMinor() * 100 / list);
    }

    public Optional<Instant> first() {
        return olderFirst.or(() -> recent.stream().findFirst().map(Purchase::paidAt));
    }

    public Optional<Instant> last() {
        return recent.isEmpty() ? Optional.empty() : Optional.of(recent.getLast().paidAt());
    }

    /**
     * The hour of a zone's day, 0 to 23, in which most of the recent ones were paid, of equals the
     * earliest; nothing without any.
     */
    public Optional<Integer> favouriteHour(ZoneId zone) {
        int[] hours = new int[24];
        int favourite = 0;
        for (Purchase purchase : recent) {
            hours[purchase.paidAt().atZone(zone).getHour()]++;
        }
        for (int hour = 1; hour < hours.length; hour++) {
            if (hours[hour] > hours[favourite]) {
                favourite = hour;
            }
        }
        return hours[favourite] == 0 ? Optional.empty() : Optional.of(favourite);
    }

    /** Whether an order's purchase stands here each by each. */
    public boolean lists(String order) {
        return recent.stream().anyMatch(purchase -> purchase.order().equals(order));
    }

    /** These with more purchases; what falls out of the horizon is summed up. */
    public Purchases plus(Collection<Purchase> more, Duration horizon) {
        TreeSet<Purchase> all = new TreeSet<>(recent);
        all.addAll(more);
        if (all.isEmpty()) {
            return this;
        }
        Instant cut = all.last().paidAt().minus(horizon);
        int count = olderCount;
        long minor = olderMinor;
        Optional<Instant> first = olderFirst;
        List<Purchase> kept = new ArrayList<>();
        for (Purchase purchase : all) {
            if (purchase.paidAt().isAfter(cut)) {
                kept.add(purchase);
            } else {
                count++;
                minor += purchase.minor();
                Instant paidAt = purchase.paidAt();
                first = first.filter(known -> known.isBefore(paidAt)).or(() -> Optional.of(paidAt));
            }
        }
        return new Purchases(kept, count, minor, first);
    }

    /**
     * These after one order's purchase changed.
     *
     * @param before what the order was here; empty if it was no kept purchase
     * @param after what it is now
     * @return empty if these cannot tell, because the purchase that goes is summed up, or because
     *     with the latest purchase gone the horizon reaches back to some that are: then compute
     *     them anew from all kept purchases
     */
    public Optional<Purchases> replace(
            Optional<Purchase> before, Optional<Purchase> after, Duration horizon) {
        if (before.isEmpty()) {
            return Optional.of(plus(after.stream().toList(), horizon));
        }
        if (!recent.contains(before.get())) {
            return Optional.empty();
        }
        List<Purchase> rest = new ArrayList<>(recent);
        rest.remove(before.get());
        Purchases replaced =
                new Purchases(rest, olderCount, olderMinor, olderFirst)
                        .plus(after.stream().toList(), horizon);
        boolean reachesBack =
                olderCount > 0
                        && replaced.last().filter(last -> !last.isBefore(last().get())).isEmpty();
        return reachesBack ? Optional.empty() : Optional.of(replaced);
    }

    /** What two members bought, together. */
    public Purchases join(Purchases other, Duration horizon) {
        Optional<Instant> first =
                olderFirst
                        .filter(
                                mine ->
                                        other.olderFirst
                                                .filter(theirs -> theirs.isBefore(mine))
                                                .isEmpty())
                        .or(other::olderFirst);
        return new Purchases(
                        recent, olderCount + other.olderCount, olderMinor + other.olderMinor, first)
                .plus(other.recent, horizon);
    }
}
