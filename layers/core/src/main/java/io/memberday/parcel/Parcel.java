package io.memberday.parcel;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known of a parcel. States join in any sequence to the same state (P1).
 *
 * @param key names it
 * @param statuses each with the first time at which it was reached, whole seconds
 * @param lastScan the latest that the carrier told
 * @param orders whose goods it holds: {@code source:shop:number}
 */
public record Parcel(
        ParcelKey key,
        Map<ParcelStatus, Instant> statuses,
        Optional<Scan> lastScan,
        Set<String> orders) {

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

        Scan join(Scan other) {
            return LATER.compare(this, other) >= 0 ? this : other;
        }
    }

    public Parcel {
        Map<ParcelStatus, Instant> whole = new EnumMap<>(ParcelStatus.class);
        statuses.forEach((k, at) -> whole.put(k, Instant.ofEpochSecond(at.getEpochSecond())));
        statuses = Map.copyOf(whole);
        orders = Set.copyOf(orders);
    }

    /** A parcel of which only the number is known. */
    public static Parcel unseen(ParcelKey key) {
        return new Parcel(key, Map.of(), Optional.empty(), Set.of());
    }

    /** This, holding goods of an order too. */
    public Parcel of(String order) {
        return join(new Parcel(key, Map.of(), Optional.empty(), Set.of(order)));
    }

    /** Both together: commutative, associative and idempotent. */
    public Parcel join(Parcel other) {
        Map<ParcelStatus, Instant> first = new EnumMap<>(ParcelStatus.class);
        first.putAll(statuses);
        other.statuses.forEach((k, at) -> first.merge(k, at, (a, b) -> a.isBefore(b) ? a : b));
        Optional<Scan> scan =
                lastScan.isEmpty()
                        ? other.lastScan
                        : lastScan.map(mine -> other.lastScan.map(mine::join).orElse(mine));
        Set<String> united = new TreeSet<>(orders);
        united.addAll(other.orders);
        return new Parcel(key, first, scan, united);
    }

    /** When a status was first reached, if it was. */
    public Optional<Instant> at(ParcelStatus status) {
        return Optional.ofNullable(statuses.get(status));
    }
}
