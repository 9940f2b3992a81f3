package io.memberday.member;

import java.time.Instant;
import java.util.Locale;

/** 客户分层: what a member is to the shop (R3). */
public enum Layer {
    /** Never a kept purchase. */
    POTENTIAL,
    /** One kept purchase. */
    NEW,
    /** Two or more, and not in a core tier. */
    REGULAR,
    /** In a tier that the playbook marks core. */
    VIP;

    /** The member's layer at a time. */
    public static Layer of(Purchases purchases, TierLadder ladder, Instant now) {
        if (purchases.count() == 0) {
            return POTENTIAL;
        }
        if (ladder.of(purchases, now).core()) {
            return VIP;
        }
        return purchases.count() == 1 ? NEW : REGULAR;
    }

    /** The name in segments and exports: {@code potential}, {@code vip}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
