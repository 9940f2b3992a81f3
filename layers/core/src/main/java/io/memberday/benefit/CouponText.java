package io.memberday.benefit;

import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.money.Money;
import io.memberday.playbook.Coupon;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A coupon as texts show it. */
public final class CouponText {
    /** Its code. */
    public static final String CODE = "code";

    /** What it takes off: a bare number, the text says of what. */
    public static final String WORTH = "worth";

    /** The last day on which it holds, such as {@code 6月8日} or {@code 8 June}. */
    public static final String UNTIL = "until";

    /** All of them. */
    public static final Set<String> NAMES = Set.of(CODE, WORTH, UNTIL);

    private static final DateTimeFormatter CHINESE =
            DateTimeFormatter.ofPattern("M月d日", Locale.ROOT);
    private static final DateTimeFormatter OTHER =
            DateTimeFormatter.ofPattern("d MMMM", Locale.ENGLISH);

    private CouponText() {}

    /** The variables of one that is issued. */
    public static Map<String, String> of(CouponIssued issued, Store store, String language) {
        return variables(issued.code(), issued.minor(), issued.until(), store, language);
    }

    /** The same of one that is not: as long, to count what a text costs. */
    public static Map<String, String> sample(
            Coupon coupon, long minor, Instant at, Store store, String language) {
        return variables(
                CouponCodes.SAMPLE,
                minor,
                Coupons.until(coupon, at, store.zone()),
                store,
                language);
    }

    private static Map<String, String> variables(
            String code, long minor, Instant until, Store store, String language) {
        LocalDate last = until.atZone(store.zone()).toLocalDate().minusDays(1);
        return Map.of(
                CODE,
                code,
                WORTH,
                new Money(minor, store.currency()).brief(),
                UNTIL,
                (language.startsWith("zh") ? CHINESE : OTHER).format(last));
    }
}
