package io.memberday.touch;

import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.Review;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Logistics.Silent;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Trigger;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which service touches a state calls for: a function of the state alone, so that what is planned
 * follows from what was called for before and what is now. Due times count from the events' own
 * times (P1).
 *
 * @param touchpoints of the playbook
 * @param zone the store's
 * @param silent after how long without a scan a parcel is silent
 */
public record TouchPlanner(List<Touchpoint> touchpoints, ZoneId zone, Silent silent) {
    private static final Map<Trigger, ParcelStatus> STATUS =
            Map.of(
                    Trigger.PARCEL_SHIPPED, ParcelStatus.SHIPPED,
                    Trigger.PARCEL_ARRIVED, ParcelStatus.ARRIVED,
                    Trigger.PARCEL_SIGNED, ParcelStatus.SIGNED,
                    Trigger.PARCEL_EXCEPTION, ParcelStatus.EXCEPTION);

    public TouchPlanner {
        touchpoints = List.copyOf(touchpoints);
    }

    public static TouchPlanner of(Playbook playbook) {
        return new TouchPlanner(
                playbook.touchpoints(),
                playbook.store().zone(),
                playbook.store().logistics().silent());
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
        List<Optional<ParcelKey>> whole = List.of(Optional.empty());
        List<Optional<ParcelKey>> each =
                order.facts().map(OrderFacts::parcels).orElse(List.of()).stream()
                        .map(Optional::of)
                        .toList();
        for (Touchpoint touchpoint : touchpoints) {
            if (order.totalMinor() < touchpoint.leastMinor()) {
                continue;
            }
            String key = order.key().toString();
            for (Optional<ParcelKey> parcel : touchpoint.on().isOfParcel() ? each : whole) {
                since(touchpoint.on(), order, parcel, parcels)
                        .flatMap(at -> touch(touchpoint, key, memberId, parcel, at))
                        .ifPresent(touch -> called.put(touch.id(), touch));
            }
        }
        return called;
    }

    /** Whether what is said of an order rests on the signatures for all of its parcels. */
    public boolean asksAllSignatures() {
        return touchpoints.stream().anyMatch(one -> one.on() == Trigger.ORDER_SIGNED);
    }

    /**
     * The touches that a member's purchases call for, by {@link ServiceTouch#id}: those about the
     * first. Once it is so long ago that it is only summed up, it calls for nothing.
     */
    public Map<String, ServiceTouch> calledFor(Member member) {
        Map<String, ServiceTouch> called = new TreeMap<>();
        first(member)
                .ifPresent(
                        first ->
                                touchpoints.stream()
                                        .filter(one -> one.on() == Trigger.FIRST_PURCHASE)
                                        .flatMap(
                                                one ->
                                                        touch(
                                                                one,
                                                                first.order(),
                                                                member.id(),
                                                                Optional.empty(),
                                                                first.paidAt())
                                                                .stream())
                                        .forEach(touch -> called.put(touch.id(), touch)));
        return called;
    }

    /** The member's first kept purchase, while it is known each by each. */
    static Optional<Purchase> first(Member member) {
        return member.mergedInto().isPresent() || member.purchases().olderCount() > 0
                ? Optional.empty()
                : member.purchases().recent().stream().findFirst();
    }

    /**
     * When the event was that a touchpoint about an order, or about one of its parcels, follows;
     * nothing once they call for it no more.
     */
    Optional<Instant> since(
            Trigger trigger,
            Order order,
            Optional<ParcelKey> parcel,
            Map<ParcelKey, Parcel> parcels) {
        return trigger.isOfParcel()
                ? at(trigger, order, parcel.map(parcels::get))
                : since(trigger, order, parcels);
    }

    private static Optional<Instant> since(
            Trigger trigger, Order order, Map<ParcelKey, Parcel> parcels) {
        return switch (trigger) {
            case ORDER_UNPAID -> order.openSince();
            case ORDER_PLACED -> order.at(Milestone.CREATED).filter(_ -> !isOff(order));
            case ORDER_PAID -> order.at(Milestone.PAID).filter(_ -> !isOff(order));
            case ORDER_CONFIRMED -> order.at(Milestone.CONFIRMED).filter(_ -> !isOff(order));
            case ORDER_REVIEWED -> order.review().map(Review::at).filter(_ -> !isOff(order));
            case ORDER_SIGNED ->
                    signed(order, parcels)
                            .or(() -> order.at(Milestone.SIGNED))
                            .filter(_ -> !isOff(order));
            case ORDER_SCANNED ->
                    order.at(Milestone.SCANNED)
                            .filter(_ -> order.kept().isPresent() && !isOff(order));
            default -> Optional.empty();
        };
    }

    /** When the last of an order's parcels was signed for that were. */
    private static Optional<Instant> signed(Order order, Map<ParcelKey, Parcel> parcels) {
        return order.facts().map(OrderFacts::parcels).orElse(List.of()).stream()
                .filter(parcels::containsKey)
                .flatMap(parcel -> parcels.get(parcel).at(ParcelStatus.SIGNED).stream())
                .max(Comparator.naturalOrder());
    }

    /** Whether it was cancelled, or refunded in full. */
    static boolean isOff(Order order) {
        return order.at(Milestone.CLOSED).isPresent()
                || order.at(Milestone.PAID).isPresent() && order.kept().isEmpty();
    }

    /** A shop without a carrier's feed tells of the dispatch by the order alone (R19). */
    private Optional<Instant> at(Trigger trigger, Order order, Optional<Parcel> parcel) {
        if (trigger == Trigger.PARCEL_SILENT) {
            return Silence.from(silent, order, parcel);
        }
        ParcelStatus status = STATUS.get(trigger);
        Optional<Instant> scanned = parcel.flatMap(known -> known.at(status));
        return status == ParcelStatus.SHIPPED
                ? scanned.or(() -> order.at(Milestone.SHIPPED))
                : scanned;
    }

    /** As it is planned; nothing if no day that counts is near enough. */
    Optional<ServiceTouch> touch(
            Touchpoint touchpoint,
            String order,
            String memberId,
            Optional<ParcelKey> parcel,
            Instant since) {
        String subject = parcel.map(ParcelKey::toString).orElse(order);
        return touchpoint
                .timing()
                .planned(
                        since,
                        zone,
                        touchpoint.validFor(),
                        ServiceTouch.id(touchpoint.id(), subject))
                .map(
                        due ->
                                ServiceTouch.planned(
                                        touchpoint.kind(),
                                        touchpoint.id(),
                                        subject,
                                        memberId,
                                        order,
                                        parcel.map(ParcelKey::toString),
                                        since,
                                        due));
    }
}
