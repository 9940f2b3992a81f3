package io.memberday.touch;

import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.Parcel.Scan;
import io.memberday.parcel.Parcel.Standing;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Logistics.Silent;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a parcel falls silent: nobody scans it for longer than the store allows, by how far it came
 * (R22). A function of order and parcel as they are, so each scan puts it off.
 */
final class Silence {
    private Silence() {}

    /** Why no scan is waited for; nothing if one is. */
    static Optional<String> over(Order order, Optional<Parcel> parcel) {
        if (order.at(Milestone.CLOSED).isPresent()) {
            return Optional.of("closed");
        }
        if (TouchPlanner.isOff(order)) {
            return Optional.of("refunded");
        }
        if (isReached(ParcelStatus.RETURNED, parcel)) {
            return Optional.of("returned");
        }
        if (isReached(ParcelStatus.EXCEPTION, parcel)) {
            // A person sees to it already.
            return Optional.of("exception");
        }
        boolean signed =
                isReached(ParcelStatus.SIGNED, parcel)
                        || order.at(Milestone.SIGNED).isPresent()
                        || order.at(Milestone.CONFIRMED).isPresent();
        return signed ? Optional.of("signed") : Optional.empty();
    }

    private static boolean isReached(ParcelStatus status, Optional<Parcel> parcel) {
        return parcel.flatMap(known -> known.at(status)).isPresent();
    }

    /** When it falls silent if no scan comes; nothing if none is waited for. */
    static Optional<Instant> from(Silent allowed, Order order, Optional<Parcel> parcel) {
        if (over(order, parcel).isPresent()) {
            return Optional.empty();
        }
        return parcel.flatMap(Parcel::lastScan)
                .map(Scan::at)
                .or(() -> order.at(Milestone.SHIPPED))
                .map(last -> last.plus(allowed(allowed, parcel)));
    }

    /** A parcel whose scans tell no status is taken to be between cities. */
    private static Duration allowed(Silent allowed, Optional<Parcel> parcel) {
        if (parcel.flatMap(Parcel::lastScan).isEmpty()) {
            return allowed.shipped();
        }
        return switch (parcel.flatMap(Parcel::stands)
                .map(Standing::status)
                .orElse(ParcelStatus.IN_TRANSIT)) {
            case SHIPPED -> allowed.shipped();
            case ARRIVED -> allowed.arrived();
            default -> allowed.inTransit();
        };
    }
}
