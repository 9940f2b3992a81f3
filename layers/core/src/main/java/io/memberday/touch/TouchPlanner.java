package io.memberday.touch;

import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Trigger;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which service touches an order's state calls for: a function of the state alone, so that what is
 * planned follows from what was called for before and what is now. Due times count from the events'
 * own times (P1).
 *
 * @param touchpoints of the playbook
 */
public record TouchPlanner(List<Touchpoint> touchpoints) {
    private static final Map<Trigger, ParcelStatus> STATUS =
            Map.of(
                    Trigger.PARCEL_SHIPPED, ParcelStatus.SHIPPED,
                    Trigger.PARCEL_ARRIVED, ParcelStatus.ARRIVED,
                    Trigger.PARCEL_SIGNED, ParcelStatus.SIGNED,
                    Trigger.PARCEL_EXCEPTION, ParcelStatus.EXCEPTION);

    public TouchPlanner {
        touchpoints = List.copyOf(touchpoints);
    }

    /**
     * The touches that an order calls for, by {@link ServiceTouch#id}.
     *
     * @param order as it is known
     * @param parcels what is known of the parcels that it lists; others are passed over
     * @param memberId whose order it is
     */
    public Map<String, ServiceTouch> calledFor(
            Order order, Map<ParcelKey, Parcel> parcels, String memberId) {
        Map<String, ServiceTouch> called = new TreeMap<>();
        for (Touchpoint touchpoint : touchpoints) {
            if (order.totalMinor() < touchpoint.leastMinor()) {
                continue;
            }
            if (touchpoint.on() == Trigger.ORDER_UNPAID) {
                order.openSince()
                        .map(since -> touch(touchpoint, order, memberId, Optional.empty(), since))
                        .ifPresent(touch -> called.put(touch.id(), touch));
                continue;
            }
            for (ParcelKey key : order.facts().map(OrderFacts::parcels).orElse(List.of())) {
                at(STATUS.get(touchpoint.on()), order, Optional.ofNullable(parcels.get(key)))
                        .map(at -> touch(touchpoint, order, memberId, Optional.of(key), at))
                        .ifPresent(touch -> called.put(touch.id(), touch));
            }
        }
        return called;
    }

    /** A shop without a carrier's feed tells of the dispatch by the order alone (R19). */
    private static Optional<Instant> at(ParcelStatus status, Order order, Optional<Parcel> parcel) {
        Optional<Instant> scanned = parcel.flatMap(known -> known.at(status));
        return status == ParcelStatus.SHIPPED
                ? scanned.or(() -> order.at(Milestone.SHIPPED))
                : scanned;
    }

    private static ServiceTouch touch(
            Touchpoint touchpoint,
            Order order,
            String memberId,
            Optional<ParcelKey> parcel,
            Instant from) {
        Instant dueAt = from.plus(touchpoint.after());
        return ServiceTouch.planned(
                touchpoint.id(),
                parcel.map(ParcelKey::toString).orElse(order.key().toString()),
                memberId,
                order.key().toString(),
                parcel.map(ParcelKey::toString),
                dueAt,
                dueAt.plus(touchpoint.validFor()));
    }
}
