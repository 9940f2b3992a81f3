package io.memberday.compiler;

import io.memberday.benefit.CouponText;
import io.memberday.campaign.Bought;
import io.memberday.campaign.OwnFigures;
import io.memberday.campaign.RunMessage;
import io.memberday.message.MemberVariables;
import io.memberday.money.Money;
import io.memberday.playbook.Coupon;
import io.memberday.playbook.Offer;
import io.memberday.playbook.Store;
import io.memberday.touch.TouchMessage;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The variables of templates, where each may be used, and what they typically hold. */
final class Variables {
    /** In campaigns and touchpoints alike. */
    static final Set<String> MEMBER = MemberVariables.NAMES;

    /** In campaigns only. */
    static final Set<String> CAMPAIGN =
            union(
                    Set.of(RunMessage.OFFER, RunMessage.BENEFIT, RunMessage.UNSUBSCRIBE),
                    OwnFigures.NAMES);

    /** In touchpoints only: what they are about. */
    static final Set<String> SERVICE =
            Set.of(
                    TouchMessage.ORDER,
                    TouchMessage.AMOUNT,
                    TouchMessage.CARRIER,
                    TouchMessage.TRACKING,
                    TouchMessage.CITY);

    /** Where a coupon is issued only. */
    static final Set<String> COUPON = CouponText.NAMES;

    /** In campaigns over orders only; some of them in touchpoints, too. */
    static final Set<String> ORDERS = Bought.NAMES;

    static final Set<String> ALL =
            union(union(union(MEMBER, CAMPAIGN), union(SERVICE, ORDERS)), COUPON);

    private static final int HUNDRED = 100;
    private static final long LARGE_DIFFERENCE = 12_850;

    /** A day whose name is long. */
    private static final Instant LATE = Instant.parse("2026-11-11T04:00:00Z");

    private Variables() {}

    /** Those of the names that are not among others. */
    static Set<String> without(Set<String> names, Set<String> others) {
        Set<String> rest = new TreeSet<>(names);
        rest.removeAll(others);
        return rest;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> names = new TreeSet<>(one);
        names.addAll(other);
        return Collections.unmodifiableSet(names);
    }

    /** The longest values that an offer's own figures have. */
    static Map<String, String> longest(Offer offer, Store store) {
        Map<String, String> values = new HashMap<>();
        offer.sizing()
                .ifPresent(
                        sizing -> {
                            long most = sizing.threshold().mostMinor();
                            long off = most / HUNDRED * sizing.reduction().mostPercent();
                            values.put(OwnFigures.THRESHOLD, brief(most, store));
                            values.put(OwnFigures.REDUCTION, brief(off, store));
                        });
        offer.freeShipping()
                .ifPresent(
                        free ->
                                values.put(
                                        OwnFigures.FREE_SHIPPING, brief(free.overMinor(), store)));
        return values;
    }

    /** What a coupon's code, worth and last day look like. */
    static Map<String, String> sample(Coupon coupon, Store store, String language) {
        long minor = coupon.isDifference() ? LARGE_DIFFERENCE : coupon.minor();
        return CouponText.sample(coupon, minor, LATE, store, language);
    }

    private static String brief(long minor, Store store) {
        return new Money(minor, store.currency()).brief();
    }

    /** Values as long as most members' are, to count parts with. */
    static Map<String, String> typical(String language, String store, String tier) {
        boolean chinese = language.startsWith("zh");
        Map<String, String> values = new HashMap<>();
        values.put(MemberVariables.NAME, chinese ? "欧阳小明" : "Alexandra");
        values.put(MemberVariables.TIER, tier);
        values.put(MemberVariables.POINTS, "12800");
        values.put(MemberVariables.STORE, store);
        values.put(OwnFigures.AVERAGE_ORDER, "1288");
        values.put(OwnFigures.AVERAGE_DISCOUNT, "12%");
        values.put(RunMessage.UNSUBSCRIBE, "https://shop.example/unsubscribe/" + "x".repeat(60));
        values.put(TouchMessage.ORDER, "2026111100421733");
        values.put(TouchMessage.AMOUNT, chinese ? "1288.00元" : "1288.00 CNY");
        values.put(Bought.ORDERS, "2");
        values.put(TouchMessage.CARRIER, chinese ? "顺丰速运" : "SF Express");
        values.put(TouchMessage.TRACKING, "SF1390000000421");
        values.put(TouchMessage.CITY, chinese ? "乌鲁木齐市" : "Birmingham");
        return values;
    }
}
