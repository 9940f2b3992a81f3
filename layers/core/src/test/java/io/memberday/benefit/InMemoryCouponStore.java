package io.memberday.benefit;

import io.memberday.ingest.Activity.CouponIssued;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Coupons in memory, by member and item. */
public final class InMemoryCouponStore implements CouponStore {
    private final Map<String, CouponIssued> rows = new LinkedHashMap<>();

    /** Coupons of a shop in Shanghai with codes of the key {@code key}. */
    public static Coupons coupons(CouponStore store) {
        return new Coupons(
                store, new CouponCodes(() -> List.of("key")), ZoneId.of("Asia/Shanghai"));
    }

    @Override
    public synchronized List<CouponIssued> of(String memberId) {
        return rows.values().stream().filter(row -> row.memberId().equals(memberId)).toList();
    }

    @Override
    public synchronized void put(CouponIssued coupon) {
        rows.putIfAbsent(coupon.memberId() + "|" + coupon.item(), coupon);
    }

    /** All that were issued. */
    public synchronized List<CouponIssued> all() {
        return List.copyOf(rows.values());
    }
}
