package io.memberday.order;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What an order passes, each at a time. */
public enum Milestone {
    CREATED,
    PAID,
    SHIPPED,
    SIGNED,
    /** The buyer confirmed the receipt 确认收货. */
    CONFIRMED,
    /**
     * Closed or cancelled. An unpaid order then is open no more; a paid one stays a kept purchase
     * until its refunds say otherwise, as the shop still has the money.
     */
    CLOSED;

    /** The name in rows: {@code paid}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #key}. */
    public static Milestone of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }

    static <V> Map<Milestone, V> sorted(Map<Milestone, V> map) {
        return map.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(map));
    }
}
