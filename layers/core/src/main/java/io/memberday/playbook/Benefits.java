package io.memberday.playbook;

import java.util.Map;

/**
 * What members of each tier enjoy, as texts show it (R31): the template's {@code benefit}; and the
 * coupons that may be issued (R26, R27).
 *
 * @param texts by tier and language; a tier without benefits is not there
 * @param coupons by id
 */
public record Benefits(Map<String, Map<String, String>> texts, Map<String, Coupon> coupons) {
    public static final Benefits NONE = new Benefits(Map.of());

    public Benefits {
        texts = Map.copyOf(texts);
        coupons = Map.copyOf(coupons);
    }

    /** Of a shop that issues no coupons. */
    public Benefits(Map<String, Map<String, String>> texts) {
        this(texts, Map.of());
    }

    /** A tier's benefit in a language, in the store's where it has none; empty if it has none. */
    public String text(Store store, String tier, String language) {
        return store.inLanguage(texts.getOrDefault(tier, Map.of()), language).orElse("");
    }
}
