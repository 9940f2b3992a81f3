package io.memberday.simulation;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Coupon;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Ending;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.segment.Segment;
import io.memberday.segment.Segments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * What the shop says along a purchase; in every third world with promotions, in every fourth with
 * coupons and with care for silent parcels and reviews.
 */
final class Purchase {
    static final String THANKS = "thanks";
    static final String OFFER = "thanks-offer";
    static final String GIFT = "second-purchase-gift";
    static final String ON_ITS_WAY = "on-its-way";

    static final String REMEMBER = "remember";
    static final String SILENT = "silent-parcel";
    static final String REVIEW_CARE = "review-care";
    static final String WELCOMES = "welcome";
    static final String WELCOMES_AGAIN = "welcome-again";
    static final String SIGNED = "order-signed";
    static final String SCANNED = "order-scanned";
    static final String REVIEW_THANKS = "review-thanks";
    static final String REVIEW_GIFT = "review-gift";
    static final Duration REVIEW_CARE_AFTER = Duration.ofMinutes(5);

    /** On days on which the shop cares; on others it varies. */
    static final Duration ON_ITS_WAY_AFTER = Duration.ofMinutes(6);

    /** Who gets it at once and is reminded of it hears the same code twice. */
    static final Coupon COUPON = new Coupon("next-time", 2_000, 0, Map.of(), Duration.ofDays(30));

    /** Each member gets it once, and is reminded of it. */
    static final Coupon WELCOME =
            new Coupon("welcome", 1_000, 0, Map.of(), Duration.ofDays(30), true);

    /** After the last of an order's parcels that was signed for. */
    static final Duration SIGNED_AFTER = Duration.ofMinutes(4);

    private static final Duration VALID = Duration.ofHours(30);

    /** {@code order.stars >= 4}. */
    private static final Segment GOOD =
            Segments.read(
                    Map.of(
                            "source",
                            "order.stars >= 4",
                            "expr",
                            Map.of(">=", List.of(Map.of("orderField", "order.stars"), 4))));

    private Purchase() {}

    /**
     * @param cares whether the shop cares for silent parcels and reviews, and issues coupons
     */
    static List<Touchpoint> touchpoints(Random random, boolean cares) {
        Optional<Coupon> coupon = Optional.of(COUPON).filter(_ -> cares);
        List<Touchpoint> touchpoints =
                new ArrayList<>(
                        List.of(
                                SamplePlaybook.paymentReminder(),
                                SamplePlaybook.touchpoint(
                                        "dispatch-notice",
                                        Trigger.PARCEL_SHIPPED,
                                        Duration.ofMinutes(1),
                                        VALID,
                                        0)));
        boolean promotes = random.nextInt(3) == 0;
        if (promotes) {
            touchpoints.add(
                    touchpoint(THANKS, Kind.SERVICE, Trigger.ORDER_PAID, 1, Set.of(), coupon));
            touchpoints.add(
                    touchpoint(
                            OFFER,
                            Kind.MARKETING,
                            Trigger.ORDER_PAID,
                            random.nextInt(30),
                            Set.of(Ending.REFUNDED),
                            coupon));
            touchpoints.add(
                    touchpoint(
                            GIFT,
                            Kind.MARKETING,
                            Trigger.FIRST_PURCHASE,
                            random.nextInt(30),
                            Set.of(Ending.REPURCHASED),
                            Optional.empty()));
        }
        if (promotes || cares) {
            int minutes = cares ? (int) ON_ITS_WAY_AFTER.toMinutes() : random.nextInt(20);
            touchpoints.add(
                    touchpoint(
                            ON_ITS_WAY,
                            Kind.SERVICE,
                            Trigger.PARCEL_SHIPPED,
                            minutes,
                            Set.of(Ending.SIGNED),
                            Optional.empty()));
        }
        if (promotes && cares) {
            touchpoints.add(couponed(WELCOMES, 2 + random.nextInt(3), Optional.of(WELCOME)));
            touchpoints.add(couponed(WELCOMES_AGAIN, 5 + random.nextInt(30), Optional.empty()));
        }
        if (cares) {
            touchpoints.add(remember(random));
            touchpoints.add(
                    touchpoint(
                            SIGNED,
                            Kind.SERVICE,
                            Trigger.ORDER_SIGNED,
                            (int) SIGNED_AFTER.toMinutes(),
                            Set.of(),
                            Optional.empty()));
            touchpoints.add(
                    touchpoint(
                            SCANNED,
                            Kind.SERVICE,
                            Trigger.ORDER_SCANNED,
                            1,
                            Set.of(),
                            Optional.empty()));
            touchpoints.add(calling(SILENT, Trigger.PARCEL_SILENT, Duration.ZERO, "silent"));
            touchpoints.add(
                    calling(REVIEW_CARE, Trigger.ORDER_REVIEWED, REVIEW_CARE_AFTER, "review"));
            touchpoints.add(
                    touchpoint(
                            REVIEW_GIFT,
                            Kind.SERVICE,
                            Trigger.PARCEL_SIGNED,
                            1 + random.nextInt(20),
                            Set.of(Ending.REVIEWED),
                            Optional.empty()));
        }
        return touchpoints;
    }

    /** To all who bought long ago, nearly in one second: they race for the month's money. */
    private static Touchpoint remember(Random random) {
        int sinceThen = Math.toIntExact(Duration.between(Story.PAST, Shop.TEN).toMinutes());
        return touchpoint(
                REMEMBER,
                Kind.MARKETING,
                Trigger.ORDER_CONFIRMED,
                sinceThen - 5 - random.nextInt(8),
                Set.of(),
                Optional.empty());
    }

    /** Thanks for a good review; for a person otherwise. */
    private static Touchpoint calling(String id, Trigger on, Duration after, String kind) {
        List<Branch> branches = new ArrayList<>();
        if (on == Trigger.ORDER_REVIEWED) {
            branches.add(
                    new Branch(
                            Optional.of(GOOD),
                            List.of(new Send(Channel.SMS, REVIEW_THANKS)),
                            Optional.empty()));
        }
        branches.add(new Branch(Optional.empty(), List.of(), Optional.of(kind)));
        return new Touchpoint(
                id, Kind.SERVICE, on, Timing.after(after), VALID, 0, Terms.NONE, branches);
    }

    /** Issues the coupon of which each member gets one, or reminds of it. */
    private static Touchpoint couponed(String id, int minutes, Optional<Coupon> issues) {
        return new Touchpoint(
                id,
                Kind.SERVICE,
                Trigger.ORDER_PAID,
                Timing.after(Duration.ofMinutes(minutes)),
                VALID,
                0,
                Terms.NONE,
                List.of(Branch.sending(List.of(new Send(Channel.SMS, id)))),
                issues,
                issues.isPresent() ? Optional.empty() : Optional.of(WELCOME));
    }

    private static Touchpoint touchpoint(
            String id,
            Kind kind,
            Trigger on,
            int minutes,
            Set<Ending> endsWhen,
            Optional<Coupon> issues) {
        return new Touchpoint(
                id,
                kind,
                on,
                Timing.after(Duration.ofMinutes(minutes)),
                VALID,
                0,
                new Terms(Optional.empty(), Optional.empty(), endsWhen, Terms.DAY),
                List.of(Branch.sending(List.of(new Send(Channel.SMS, id)))),
                issues,
                Optional.empty());
    }
}
