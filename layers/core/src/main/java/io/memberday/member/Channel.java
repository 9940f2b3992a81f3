package io.memberday.member;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A way to reach a member. */
public enum Channel {
    SMS,
    EMAIL;

    /** The name in rows, JSON and the playbook: {@code sms}, {@code email}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that has a name, if any. */
    public static Optional<Channel> named(String key) {
        return Arrays.stream(values()).filter(channel -> channel.key().equals(key)).findFirst();
    }

    /** Reads {@link #key}. */
    public static Channel of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
