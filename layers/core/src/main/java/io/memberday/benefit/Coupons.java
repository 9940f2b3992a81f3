package io.memberday.benefit;

import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.playbook.Coupon;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Issues coupons, of each kind one for each cause, under one code however often it is tried: what
 * was issued is looked up first, so that a key that was exchanged in between changes nothing, and
 * who issues at the same time makes the same code.
 */
public final class Coupons {
    private final CouponStore store;
    private final CouponCodes codes;
    private final ZoneId zone;

    /**
     * @param zone the store's: a coupon holds to the end of a day
     */
    public Coupons(CouponStore store, CouponCodes codes, ZoneId zone) {
        this.store = store;
        this.codes = codes;
        this.zone = zone;
    }

    /**
     * The coupon that is issued for a cause already, or would be; nothing is written.
     *
     * @param memberId under which it stands for ever, whoever the member is merged into
     * @param cause a run or an order
     * @param minor what it is worth
     * @param at from when it holds
     */
    public CouponIssued draft(
            String memberId, Coupon coupon, String cause, long minor, Instant at) {
        return store.of(memberId).stream()
                .filter(one -> one.coupon().equals(coupon.id()) && one.cause().equals(cause))
                .findFirst()
                .orElseGet(
                        () ->
                                new CouponIssued(
                                        memberId,
                                        at,
                                        codes.code(memberId, coupon.id(), cause),
                                        coupon.id(),
                                        cause,
                                        minor,
                                        coupon.overMinor(),
                                        until(coupon, at, zone)));
    }

    /** Issues a draft. */
    public void issue(CouponIssued draft) {
        store.put(draft);
    }

    /** The end of the last day of a coupon. */
    public static Instant until(Coupon coupon, Instant at, ZoneId zone) {
        LocalDate last = at.plus(coupon.validFor()).atZone(zone).toLocalDate();
        return last.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
