package io.memberday.benefit;

import io.memberday.ingest.Activity.CouponIssued;

import java.util.List;

/** The coupons that were issued, with the rest of a member's activity. */
public interface CouponStore {

    /** Those under a member's own id; every one that was written before is seen. */
    List<CouponIssued> of(String memberId);

    /** Writes one, unless it is there: the same again changes nothing. */
    void put(CouponIssued coupon);
}
