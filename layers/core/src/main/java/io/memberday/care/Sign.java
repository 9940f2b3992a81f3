package io.memberday.care;

import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.order.Order;
import io.memberday.order.Refund;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelStatus;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What may have led to a case (R51), without personal data.
 *
 * @param code what it is
 * @param about an order, a parcel or a run
 * @param at when
 */
public record Sign(Code code, String about, Instant at) {
    /** How long ago something may be and still count. */
    public static final Duration RECENT = Duration.ofDays(45);

    /** So many marketing messages within {@link #MANY_WITHIN} are many. */
    static final int MANY = 4;

    static final Duration MANY_WITHIN = Duration.ofDays(30);

    /** What a sign says. */
    public enum Code {
        /** A parcel is in trouble and has not arrived. */
        PARCEL_TROUBLE("parcel-trouble"),
        /** Money went back. */
        REFUNDED("refunded"),
        /** Many marketing messages in 30 days; {@code about} names the last one's run. */
        MANY_MESSAGES("many-messages"),
        /** A marketing message within a day; {@code about} names its run. */
        MESSAGE_JUST_NOW("message-just-now"),
        /** The last purchase is not long ago: it may be that it disappoints. */
        BOUGHT_RECENTLY("bought-recently"),
        /** An order waits for its payment. */
        UNPAID("unpaid");

        private final String key;

        Code(String key) {
            this.key = key;
        }

        /** As it stands in rows and answers. */
        public String key() {
            return key;
        }
    }

    /** {@code parcel-trouble sf:SF1 2026-05-08T02:00:00Z}. */
    @Override
    public String toString() {
        return code.key() + " " + about + " " + at;
    }

    /** What a member's row tells by itself, the weightiest first. */
    public static List<Sign> of(Member member, Instant now) {
        return of(member, List.of(), List.of(), now);
    }

    /**
     * All that is known, the weightiest first and of equals the latest.
     *
     * @param orders of the member
     * @param parcels of these orders
     */
    public static List<Sign> of(
            Member member, Collection<Order> orders, Collection<Parcel> parcels, Instant now) {
        List<Sign> signs = new ArrayList<>();
        for (Parcel parcel : parcels) {
            if (parcel.at(ParcelStatus.SIGNED).isEmpty()) {
                parcel.at(ParcelStatus.EXCEPTION)
                        .or(() -> parcel.at(ParcelStatus.RETURNED))
                        .map(at -> new Sign(Code.PARCEL_TROUBLE, parcel.key().toString(), at))
                        .ifPresent(signs::add);
            }
        }
        for (Order order : orders) {
            for (Refund refund : order.refunds().values()) {
                signs.add(new Sign(Code.REFUNDED, order.key().toString(), refund.at()));
            }
        }
        messages(member, now, signs);
        if (!member.purchases().recent().isEmpty()) {
            Purchase last = member.purchases().recent().getLast();
            signs.add(new Sign(Code.BOUGHT_RECENTLY, last.order(), last.paidAt()));
        }
        member.openOrders()
                .forEach((order, since) -> signs.add(new Sign(Code.UNPAID, order, since)));
        signs.removeIf(sign -> sign.at().isBefore(now.minus(RECENT)));
        signs.sort(
                Comparator.comparing(Sign::code)
                        .thenComparing(Sign::at, Comparator.reverseOrder())
                        .thenComparing(Sign::about));
        return List.copyOf(signs);
    }

    private static void messages(Member member, Instant now, List<Sign> signs) {
        List<Sign> sent =
                member.claims().entrySet().stream()
                        .filter(claim -> claim.getValue().at().isAfter(now.minus(MANY_WITHIN)))
                        .sorted(Comparator.comparing(claim -> claim.getValue().at()))
                        .map(
                                claim ->
                                        new Sign(
                                                Code.MANY_MESSAGES,
                                                run(claim.getKey()),
                                                claim.getValue().at()))
                        .toList();
        if (sent.isEmpty()) {
            return;
        }
        Sign last = sent.getLast();
        if (sent.size() >= MANY) {
            signs.add(last);
        }
        if (last.at().isAfter(now.minus(Duration.ofDays(1)))) {
            signs.add(new Sign(Code.MESSAGE_JUST_NOW, last.about(), last.at()));
        }
    }

    /** A second claim of a merged member has the nonce behind the run. */
    private static String run(String claim) {
        return claim.split("/", 2)[0];
    }
}
