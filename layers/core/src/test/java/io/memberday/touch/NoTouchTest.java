package io.memberday.touch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.campaign.SampleMembers;
import io.memberday.member.Basket;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Logistics;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Trigger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why nothing was said of an order (R69), as an agent asks after each message in turn. */
class NoTouchTest {
    private static final Instant NOON = Instant.parse("2026-05-08T04:00:00Z");
    private static final ParcelKey PARCEL = new ParcelKey("sf", "SF1001");
    private static final TouchPlanner PLANNER =
            new TouchPlanner(List.of(), ZoneId.of("Asia/Shanghai"), Logistics.USUAL.silent());

    /** Of an order that is new, and of one each closed, paid, shipped and signed. */
    @ParameterizedTest
    @CsvSource({
        "ORDER_UNPAID,     late      closed    paid      paid      paid",
        "ORDER_PLACED,     late      closed    late      late      late",
        "ORDER_PAID,       no-event  closed    late      late      late",
        "ORDER_CONFIRMED,  no-event  closed    no-event  no-event  late",
        "ORDER_REVIEWED,   no-event  closed    no-event  no-event  no-event",
        "ORDER_SIGNED,     no-event  closed    no-event  no-event  late",
        "ORDER_SCANNED,    no-event  closed    no-event  no-event  no-event",
        "FIRST_PURCHASE,   no-event  closed    late      not-first not-first",
        "PARCEL_SHIPPED,   no-event  no-event  no-event  late      late",
        "PARCEL_ARRIVED,   no-event  no-event  no-event  no-event  no-event",
        "PARCEL_SIGNED,    no-event  no-event  no-event  no-event  late",
        "PARCEL_EXCEPTION, no-event  no-event  no-event  no-event  no-event",
        "PARCEL_SILENT,    no-event  closed    no-event  late      signed",
    })
    void shouldTellWhyNothingWasSaidOfAnOrderWhereverItStands(Trigger on, String reasons) {
        // Given
        Touchpoint touchpoint = touchpoint(on);
        Parcel shipped = Parcel.scanned(PARCEL, ParcelStatus.SHIPPED, NOON, "");
        Parcel signed = Parcel.scanned(PARCEL, ParcelStatus.SIGNED, NOON, "");

        // When
        List<NoTouch> why =
                List.of(
                        why(touchpoint, order("1", Milestone.CREATED), Parcel.unseen(PARCEL)),
                        why(
                                touchpoint,
                                order("2", Milestone.CREATED, Milestone.CLOSED),
                                Parcel.unseen(PARCEL)),
                        why(
                                touchpoint,
                                order("3", Milestone.CREATED, Milestone.PAID),
                                Parcel.unseen(PARCEL)),
                        why(touchpoint, order("4", Milestone.CREATED, Milestone.PAID), shipped),
                        why(
                                touchpoint,
                                order(
                                        "5",
                                        Milestone.CREATED,
                                        Milestone.PAID,
                                        Milestone.SHIPPED,
                                        Milestone.CONFIRMED),
                                signed));

        // Then
        assertEquals(List.of(reasons.split(" +")), why.stream().map(NoTouch::reason).toList());
    }

    @Test
    void shouldTellWhenAnOrderWouldHaveBeenToldOf() {
        assertEquals(
                "The order was placed at 2026-05-08T04:00:00Z. That was to be told of between"
                    + " 2026-05-08T05:00:00Z and 2026-05-08T17:00:00Z: word of it came later, or"
                    + " the playbook had no such touchpoint then.",
                why(
                                touchpoint(Trigger.ORDER_UNPAID),
                                order("1", Milestone.CREATED),
                                Parcel.unseen(PARCEL))
                        .text());
    }

    @Test
    void shouldTellThatNoDayOfTheTouchpointIsNear() {
        Touchpoint unpaid = touchpoint(Trigger.ORDER_UNPAID);
        LocalTime eight = LocalTime.of(20, 0);
        Timing onTheDayOfSingles =
                new Timing(
                        Duration.ZERO,
                        Optional.of(eight),
                        false,
                        false,
                        Optional.empty(),
                        Duration.ZERO,
                        List.of(new Schedule.Yearly(MonthDay.of(11, 11), eight)),
                        Duration.ofDays(3));
        Touchpoint offerEnds =
                new Touchpoint(
                        "offer-ends",
                        unpaid.kind(),
                        unpaid.on(),
                        onTheDayOfSingles,
                        unpaid.validFor(),
                        0,
                        unpaid.terms(),
                        unpaid.branches());

        assertEquals(
                "no-time",
                why(offerEnds, order("1", Milestone.CREATED), Parcel.unseen(PARCEL)).reason());
    }

    /** Of the member whose first purchase is order 3. */
    private static NoTouch why(Touchpoint touchpoint, Order order, Parcel parcel) {
        Purchase first = new Purchase("memberday:main:3", NOON, 120_00, Basket.UNKNOWN);
        Member member =
                SampleMembers.addressed("m1")
                        .change()
                        .purchases(Purchases.of(List.of(first), Duration.ofDays(400)))
                        .done();
        return NoTouch.of(
                PLANNER,
                touchpoint,
                order,
                Optional.of(PARCEL).filter(_ -> touchpoint.on().isOfParcel()),
                Map.of(PARCEL, parcel),
                member);
    }

    private static Touchpoint touchpoint(Trigger on) {
        return SamplePlaybook.touchpoint(
                on.key(), on, Duration.ofHours(1), Duration.ofHours(12), 0);
    }

    private static Order order(String number, Milestone... passed) {
        Map<Milestone, Instant> times =
                Stream.of(passed).collect(Collectors.toMap(one -> one, _ -> NOON));
        return new Order(
                new OrderKey("memberday", "main", number),
                1,
                Optional.of(new OrderFacts(times, 120_00, List.of(), List.of(PARCEL))),
                Map.of(),
                Map.of());
    }
}
