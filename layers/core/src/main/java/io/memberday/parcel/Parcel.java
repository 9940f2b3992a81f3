package io.memberday.parcel;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is known of a parcel. States join in any sequence to the same state (P1).
 *
 * @param key names it
 * @param statuses each with the first time at which it was reached, whole seconds
 * @param stands the latest status, which may take an earlier one back
 * @param lastScan the latest that the carrier told, whatever it said
 * @param orders whose goods it holds: {@code source:shop:number}; of more than {@value
 *     #MOST_ORDERS} the first by name
 */
public record Parcel(
        ParcelKey key,
        Map<ParcelStatus, Instant> statuses,
        Optional<Standing> stands,
        Optional<Scan> lastScan,
        Set<String> orders) {
    /**
     * Most orders of one parcel: their touches go in one transaction, which has room for a hundred
     * writes. More is no parcel but a number that somebody types where there is none, and a row
     * that grew with each would refuse its orders in the end.
     */
    public static final int MOST_ORDERS = 16;

    /**
     * @param at when, whole seconds
     * @param city where; empty if the carrier does not tell
     */
    public record Scan(Instant at, String city) {
        private static final Comparator<Scan> LATER =
                Comparator.comparing(Scan::at).thenComparing(Scan::city);

        public Scan {
            at = Instant.ofEpochSecond(at.getEpochSecond());
        }
    }

    /**
     * @param at when it was last told, whole seconds
     */
    public record Standing(ParcelStatus status, Instant at) {
        private static final Comparator<Standing> LATER =
                Comparator.comparing(Standing::at).thenComparing(Standing::status);

        public Standing {
            at = Instant.ofEpochSecond(at.getEpochSecond());
        }
    }

    public Parcel {
        Map<ParcelStatus, Instant> whole = new EnumMap<>(ParcelStatus.class);
        statuses.forEach((k, at) -> whole.put(k, Instant.ofEpochSecond(at.getEpochSecond())));
        statuses = Map.copyOf(whole);
        orders =
                orders.size() <= MOST_ORDERS
                        ? Set.copyOf(orders)
                        : orders.stream()
                                .sorted()
                                .limit(MOST_ORDERS)
                                .collect(Collectors.toUnmodifiableSet());
    }

    /** A parcel of which only the number is known. */
    public static Parcel unseen(ParcelKey key) {
        return new Parcel(key, Map.of(), Optional.empty(), Optional.empty(), Set.of());
    }

    /** A scan that says nothing of how the parcel fares, only that it moves. */
    public static Parcel scanned(ParcelKey key, Instant at, String city) {
        return new Parcel(
                key, Map.of(), Optional.empty(), Optional.of(new Scan(at, city)), Set.of());
    }

    /** A scan. */
    public static Parcel scanned(ParcelKey key, ParcelStatus status, Instant at, String city) {
        return new Parcel(
                key,
                status == ParcelStatus.RETURNED
                        ? Map.of(status, at, ParcelStatus.EXCEPTION, at)
                        : Map.of(status, at),
                Optional.of(new Standing(status, at)),
                Optional.of(new Scan(at, city)),
                Set.of());
    }

    /** This, holding goods of an order too. */
    public Parcel of(String order) {
        return join(new Parcel(key, Map.of(), Optional.empty(), Optional.empty(), Set.of(order)));
    }

    /** Both together: commutative, associative and idempotent. */
    public Parcel join(Parcel other) {
        Map<ParcelStatus, Instant> first = new EnumMap<>(ParcelStatus.class);
        first.putAll(statuses);
        other.statuses.forEach((k, at) -> first.merge(k, at, (a, b) -> a.isBefore(b) ? a : b));
        Set<String> united = new TreeSet<>(orders);
        united.addAll(other.orders);
        return new Parcel(
                key,
                first,
                later(stands, other.stands, Standing.LATER),
                later(lastScan, other.lastScan, Scan.LATER),
                united);
    }

    private static <T> Optional<T> later(Optional<T> one, Optional<T> other, Comparator<T> order) {
        return one.isEmpty() || other.filter(b -> order.compare(one.get(), b) < 0).isPresent()
                ? other
                : one;
    }

    /**
     * When a status was first reached, if it was and still holds: a signature does not where the
     * carrier tells later that the parcel is not delivered after all, or where it goes back, as
     * then it is not the customer who signs.
     */
    public Optional<Instant> at(ParcelStatus status) {
        return Optional.ofNullable(statuses.get(status))
                .filter(_ -> status != ParcelStatus.SIGNED || isDelivered());
    }

    private boolean isDelivered() {
        return !statuses.containsKey(ParcelStatus.RETURNED)
                && stands.filter(now -> now.status() != ParcelStatus.SIGNED).isEmpty();
    }
}
