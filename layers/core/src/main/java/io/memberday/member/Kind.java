package io.memberday.member;

import java.util.Locale;

/**
 * Why a message is sent. Marketing needs consent and is never sent twice; service messages belong
 * to a purchase.
 */
public enum Kind {
    SERVICE,
    MARKETING;

    /** The name in rows, JSON and the playbook: {@code service}, {@code marketing}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #key}. */
    public static Kind of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
