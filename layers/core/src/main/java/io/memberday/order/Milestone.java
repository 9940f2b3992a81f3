package io.memberday.order;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What an order passes, each at a time. */
public enum Milestone {
    CREATED,
    /**
     * The buyer has done what was asked of them, and the money comes later: by bank transfer or
     * cheque, on delivery, or when the shop takes what is held. No purchase yet, and nobody is
     * reminded of a payment that is on its way.
     */
    PLEDGED,
    PAID,
    SHIPPED,
    SIGNED,
    /** The buyer scanned the code that lay in the parcel, and so has it. */
    SCANNED,
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

    /** Times in whole seconds. */
    static Map<Milestone, Instant> whole(Map<Milestone, Instant> times) {
        Map<Milestone, Instant> whole = new EnumMap<>(Milestone.class);
        times.forEach((k, at) -> whole.put(k, Instant.ofEpochSecond(at.getEpochSecond())));
        return Map.copyOf(whole);
    }
}
