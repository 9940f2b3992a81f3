package io.memberday.parcel;

import java.util.Locale;

/** What happens to a parcel. */
public enum ParcelStatus {
    SHIPPED,
    IN_TRANSIT,
    /** It reached the recipient's city (R20). */
    ARRIVED,
    SIGNED,
    /** Lost, damaged, refused, undeliverable (R22). */
    EXCEPTION;

    /** The name in rows and JSON: {@code in_transit}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #key}. */
    public static ParcelStatus of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
