package io.memberday.parcel;

import java.util.Locale;

/**
 * What happens to a parcel. Of two that are told of the same second, the later one here says where
 * it stands.
 */
public enum ParcelStatus {
    SHIPPED,
    IN_TRANSIT,
    /** It reached the recipient's city (R20). */
    ARRIVED,
    /** Lost, damaged, refused, undeliverable (R22). */
    EXCEPTION,
    SIGNED,
    /** On its way back to the sender, or there again: an exception, after which nobody signs. */
    RETURNED;

    /** The name in rows and JSON: {@code in_transit}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #key}. */
    public static ParcelStatus of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
