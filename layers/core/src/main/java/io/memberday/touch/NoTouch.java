package io.memberday.touch;

import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Trigger;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Why there is no touch of a touchpoint about an order or one of its parcels (R69), from what is
 * known of them: its event was not, or stands no more, or had no time to be told of.
 *
 * @param reason for programs, the same as in a touch's row where that may have it
 * @param text for people
 */
public record NoTouch(String reason, String text) {
    private static final String NO_EVENT = "no-event";

    /**
     * @param parcel if the touchpoint is about parcels
     * @param parcels what is known of the order's parcels
     * @param member whose order it is, not merged
     */
    public static NoTouch of(
            TouchPlanner planner,
            Touchpoint touchpoint,
            Order order,
            Optional<ParcelKey> parcel,
            Map<ParcelKey, Parcel> parcels,
            Member member) {
        if (order.totalMinor() < touchpoint.leastMinor()) {
            return new NoTouch("amount", "The order's amount is below the touchpoint's least.");
        }
        Trigger on = touchpoint.on();
        Optional<Instant> since =
                on == Trigger.FIRST_PURCHASE
                        ? first(order, member).map(Purchase::paidAt)
                        : planner.since(on, order, parcel, parcels);
        if (since.isEmpty()) {
            Optional<Parcel> known = parcel.map(parcels::get);
            return switch (on) {
                case ORDER_UNPAID -> unpaid(order);
                case PARCEL_SILENT -> silent(order, known);
                case PARCEL_SHIPPED, PARCEL_ARRIVED, PARCEL_SIGNED, PARCEL_EXCEPTION ->
                        new NoTouch(NO_EVENT, lacking(on, order, known));
                default -> ofOrder(on, order, member);
            };
        }
        return planner.touch(touchpoint, order.key().toString(), member.id(), parcel, since.get())
                .map(
                        touch ->
                                new NoTouch(
                                        "late",
                                        "%s at %s. That was to be told of between %s and %s: word of it came later, or the playbook had no such touchpoint then."
                                                .formatted(
                                                        happened(on),
                                                        since.get(),
                                                        touch.dueAt(),
                                                        touch.validUntil())))
                .orElseGet(
                        () ->
                                new NoTouch(
                                        "no-time",
                                        "%s at %s, and none of the days and hours at which the touchpoint goes comes near enough after that."
                                                .formatted(happened(on), since.get())));
    }

    private static Optional<Purchase> first(Order order, Member member) {
        return TouchPlanner.first(member)
                .filter(first -> first.order().equals(order.key().toString()));
    }

    private static NoTouch unpaid(Order order) {
        for (Milestone passed : new Milestone[] {Milestone.PAID, Milestone.PLEDGED}) {
            Optional<Instant> at = order.at(passed);
            if (at.isPresent()) {
                return new NoTouch(
                        passed.key(),
                        passed == Milestone.PAID
                                ? "The order was paid at %s: there is nothing to remind of."
                                        .formatted(at.get())
                                : "The buyer had done what was asked at %s: nobody is reminded of money that is on its way."
                                        .formatted(at.get()));
            }
        }
        return off(order).orElseGet(() -> new NoTouch(NO_EVENT, "Nobody has told of the order."));
    }

    private static NoTouch ofOrder(Trigger on, Order order, Member member) {
        Optional<NoTouch> off = TouchPlanner.isOff(order) ? off(order) : Optional.empty();
        if (off.isPresent()) {
            return off.get();
        }
        if (on == Trigger.FIRST_PURCHASE && order.kept().isPresent()) {
            return new NoTouch(
                    "not-first",
                    TouchPlanner.first(member)
                            .map(
                                    first ->
                                            "The member's first purchase is another one: %s."
                                                    .formatted(first.order()))
                            .orElse("The member's first purchase is long ago."));
        }
        return new NoTouch(NO_EVENT, lacking(on, order, Optional.empty()));
    }

    private static Optional<NoTouch> off(Order order) {
        return order.at(Milestone.CLOSED)
                .map(
                        at ->
                                new NoTouch(
                                        "closed",
                                        "The order was closed or cancelled at %s.".formatted(at)))
                .or(
                        () ->
                                order.refundedAt()
                                        .map(
                                                at ->
                                                        new NoTouch(
                                                                "refunded",
                                                                "The order was refunded at %s."
                                                                        .formatted(at))));
    }

    /** A scan that comes in time takes away what was planned for when none comes. */
    private static NoTouch silent(Order order, Optional<Parcel> parcel) {
        return Silence.over(order, parcel)
                .map(
                        reason ->
                                new NoTouch(
                                        reason,
                                        "No case was opened: %s, and no scan is waited for any more."
                                                .formatted(over(reason, order, parcel))))
                .orElseGet(
                        () -> new NoTouch(NO_EVENT, lacking(Trigger.PARCEL_SILENT, order, parcel)));
    }

    private static String over(String reason, Order order, Optional<Parcel> parcel) {
        return switch (reason) {
            case "returned" -> "the parcel went back" + at(ParcelStatus.RETURNED, parcel);
            case "exception" ->
                    "the carrier reported trouble with the parcel%s, which has a case of its own"
                            .formatted(at(ParcelStatus.EXCEPTION, parcel));
            case "signed" -> "the parcel was signed for" + signed(order, parcel);
            default -> "the order was " + reason;
        };
    }

    private static String signed(Order order, Optional<Parcel> parcel) {
        String told = at(ParcelStatus.SIGNED, parcel);
        return told.isEmpty()
                ? order.at(Milestone.SIGNED)
                        .or(() -> order.at(Milestone.CONFIRMED))
                        .map(at -> " by what the shop told at " + at)
                        .orElse("")
                : told;
    }

    private static String at(ParcelStatus status, Optional<Parcel> parcel) {
        return parcel.flatMap(known -> known.at(status)).map(at -> " at " + at).orElse("");
    }

    private static String happened(Trigger on) {
        return switch (on) {
            case ORDER_UNPAID, ORDER_PLACED -> "The order was placed";
            case ORDER_PAID -> "The order was paid";
            case ORDER_CONFIRMED -> "The buyer confirmed the receipt";
            case ORDER_REVIEWED -> "The buyer reviewed the order";
            case ORDER_SIGNED -> "The last parcel so far was signed for";
            case ORDER_SCANNED -> "The code in the parcel was scanned";
            case FIRST_PURCHASE -> "The member's first purchase was paid";
            case PARCEL_SHIPPED -> "The parcel was shipped";
            case PARCEL_ARRIVED -> "The parcel reached its city";
            case PARCEL_SIGNED -> "The parcel was signed for";
            case PARCEL_EXCEPTION -> "The carrier reported trouble with the parcel";
            case PARCEL_SILENT -> "The parcel fell silent";
        };
    }

    private static String lacking(Trigger on, Order order, Optional<Parcel> parcel) {
        return switch (on) {
            case ORDER_UNPAID, ORDER_PLACED -> "Nobody has told when the order was placed.";
            case ORDER_PAID, FIRST_PURCHASE -> "The order is not paid.";
            case ORDER_CONFIRMED -> "The buyer has not confirmed the receipt.";
            case ORDER_REVIEWED -> "The buyer has not reviewed the order.";
            case ORDER_SIGNED -> "Nobody has told that the order or a parcel was signed for.";
            case ORDER_SCANNED ->
                    order.at(Milestone.SCANNED)
                            .map(
                                    at ->
                                            "The code in the parcel was scanned at %s, but the order is not paid."
                                                    .formatted(at))
                            .orElse("Nobody has scanned the code in the parcel.");
            case PARCEL_SHIPPED -> "Nobody has told that the parcel is on its way.";
            case PARCEL_ARRIVED -> "Nobody has told that the parcel has reached its city.";
            case PARCEL_SIGNED ->
                    parcel.filter(known -> known.statuses().containsKey(ParcelStatus.SIGNED))
                            .map(_ -> "The carrier has taken back that the parcel was signed for.")
                            .orElse("Nobody has told that the parcel was signed for.");
            case PARCEL_EXCEPTION -> "The carrier has reported no trouble with the parcel.";
            case PARCEL_SILENT ->
                    "Nobody has told that the parcel is on its way: no scan is waited for yet.";
        };
    }
}
