package io.memberday.order;

import io.memberday.member.Basket;
import io.memberday.parcel.ParcelKey;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What one version of an order says as a whole.
 *
 * @param times of the milestones passed, whole seconds
 * @param totalMinor what the buyer pays in all, minor units of the store's currency
 * @param discountMinor what was taken off the list prices; no part of the total
 * @param postageMinor what the buyer pays for postage; a part of the total
 * @param lines sorted
 * @param parcels sorted, {@value #MOST_PARCELS} at most: all of them are linked in the order's own
 *     transaction, which has room for a hundred writes
 */
public record OrderFacts(
        Map<Milestone, Instant> times,
        long totalMinor,
        long discountMinor,
        long postageMinor,
        List<Line> lines,
        List<ParcelKey> parcels) {
    /** Most parcels of one order. */
    public static final int MOST_PARCELS = 16;

    private static final Comparator<Line> DEAREST =
            Comparator.comparingLong(Line::minor)
                    .reversed()
                    .thenComparing(Comparator.naturalOrder());

    private static final Comparator<List<Line>> FULLER =
            Comparator.<List<Line>>comparingInt(List::size).thenComparing(List::toString);

    public OrderFacts {
        times = Milestone.whole(times);
        lines = lines.stream().sorted().toList();
        parcels = first(parcels);
    }

    /** An order of which neither discount nor postage is known. */
    public OrderFacts(
            Map<Milestone, Instant> times,
            long totalMinor,
            List<Line> lines,
            List<ParcelKey> parcels) {
        this(times, totalMinor, 0, 0, lines, parcels);
    }

    /** What a member's purchase remembers of it. */
    Basket basket() {
        List<Line> dearest = lines.stream().sorted(DEAREST).toList();
        return new Basket(
                discountMinor,
                postageMinor,
                dearest.stream().map(Line::category).filter(name -> !name.isEmpty()).toList(),
                dearest.stream().map(Line::product).toList());
    }

    /** What two payloads of one version say together: no milestone and no parcel is forgotten. */
    OrderFacts join(OrderFacts other) {
        TreeSet<ParcelKey> united = new TreeSet<>(parcels);
        united.addAll(other.parcels);
        return new OrderFacts(
                earliest(times, other.times),
                Math.max(totalMinor, other.totalMinor),
                Math.max(discountMinor, other.discountMinor),
                Math.max(postageMinor, other.postageMinor),
                FULLER.compare(lines, other.lines) >= 0 ? lines : other.lines,
                first(united));
    }

    /** Milestone by milestone the earlier time. */
    static Map<Milestone, Instant> earliest(
            Map<Milestone, Instant> one, Map<Milestone, Instant> other) {
        Map<Milestone, Instant> joined = new EnumMap<>(Milestone.class);
        joined.putAll(one);
        other.forEach((k, at) -> joined.merge(k, at, (a, b) -> a.isBefore(b) ? a : b));
        return joined;
    }

    private static List<ParcelKey> first(Collection<ParcelKey> parcels) {
        return parcels.stream().distinct().sorted().limit(MOST_PARCELS).toList();
    }
}
