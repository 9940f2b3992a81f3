package io.memberday.member;

import java.util.Locale;

/** A way to reach a member. */
public enum Channel {
    SMS,
    EMAIL;

    /** The name in rows, JSON and the playbook: {@code sms}, {@code email}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads {@link #key}. */
    public static Channel of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
