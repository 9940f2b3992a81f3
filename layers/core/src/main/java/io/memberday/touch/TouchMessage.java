package io.memberday.touch;

import io.memberday.benefit.CouponText;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.message.MemberVariables;
import io.memberday.message.Worded;
import io.memberday.money.Money;
import io.memberday.order.Order;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Coupon;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;
import io.memberday.playbook.Touchpoint;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The message of a service touch, worded for its member. */
public final class TouchMessage {
    /** The order's number on its platform. */
    public static final String ORDER = "order";

    /** What the order costs in all. */
    public static final String AMOUNT = "amount";

    /** The parcel's carrier. */
    public static final String CARRIER = "carrier";

    /** The parcel's tracking number. */
    public static final String TRACKING = "tracking";

    /** The member's city. */
    public static final String CITY = "city";

    private final Playbook playbook;

    public TouchMessage(Playbook playbook) {
        this.playbook = playbook;
    }

    /**
     * Words a touch; nothing if there is no such template.
     *
     * @param own values of this message alone, such as its link
     */
    public Optional<Worded> worded(
            Touchpoint touchpoint,
            Send send,
            ServiceTouch touch,
            Order order,
            Member member,
            Instant now,
            Map<String, String> own) {
        return worded(touchpoint, send, touch, order, member, now, own, Optional.empty());
    }

    /**
     * The same with the coupon that it tells of.
     *
     * @param coupon if it is known; a sample stands for one that is not
     */
    public Optional<Worded> worded(
            Touchpoint touchpoint,
            Send send,
            ServiceTouch touch,
            Order order,
            Member member,
            Instant now,
            Map<String, String> own,
            Optional<CouponIssued> coupon) {
        Store store = playbook.store();
        String language = MemberVariables.language(member, store);
        return playbook.templates()
                .find(send.channel(), send.template(), language)
                .map(
                        template -> {
                            String spoken = template.language();
                            Map<String, String> values =
                                    variables(touch, order, member, spoken, now);
                            touchpoint
                                    .coupon()
                                    .map(terms -> coupon(terms, coupon, order, now, spoken))
                                    .ifPresent(values::putAll);
                            values.putAll(own);
                            return Worded.of(
                                    store,
                                    template,
                                    values,
                                    store.ending(touchpoint.kind(), spoken));
                        });
    }

    private Map<String, String> coupon(
            Coupon terms,
            Optional<CouponIssued> coupon,
            Order order,
            Instant now,
            String language) {
        Store store = playbook.store();
        return coupon.map(issued -> CouponText.of(issued, store, language))
                .orElseGet(
                        () ->
                                CouponText.sample(
                                        terms, terms.worth(List.of(order)), now, store, language));
    }

    private Map<String, String> variables(
            ServiceTouch touch, Order order, Member member, String language, Instant now) {
        Store store = playbook.store();
        Map<String, String> values =
                new LinkedHashMap<>(MemberVariables.of(member, store, playbook.ladder(), now));
        values.put(ORDER, order.key().number());
        values.put(AMOUNT, amount(new Money(order.totalMinor(), store.currency()), language));
        values.put(CITY, member.profile().get(Field.CITY).orElse(""));
        touch.parcel()
                .map(ParcelKey::of)
                .ifPresent(
                        parcel -> {
                            values.put(CARRIER, parcel.carrier().toUpperCase(Locale.ROOT));
                            values.put(TRACKING, parcel.number());
                        });
        return values;
    }

    /** An amount as a text in a language shows it. */
    public static String amount(Money money, String language) {
        return language.startsWith("zh") && money.currency().equals("CNY")
                ? money.decimal() + "元"
                : money.toString();
    }
}
