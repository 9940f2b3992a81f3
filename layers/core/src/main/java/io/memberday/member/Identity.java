package io.memberday.member;

import java.util.Locale;

/**
 * One name for a person on one channel.
 *
 * @param key {@code phone:+8613…}, {@code email:…} in lower case, or {@code source:shop:account}
 */
public record Identity(String key) implements Comparable<Identity> {

    /** A phone in E.164. */
    public static Identity phone(String e164) {
        return new Identity("phone:" + e164);
    }

    public static Identity email(String address) {
        return new Identity("email:" + address.strip().toLowerCase(Locale.ROOT));
    }

    /** An account on a platform, such as {@code shopify:my-shop:115310627314723954}. */
    public static Identity account(String source, String shop, String account) {
        return new Identity(source + ":" + shop + ":" + account);
    }

    /** The identity that is a channel's address. */
    public static Identity of(Channel channel, String address) {
        return channel == Channel.SMS ? phone(address) : email(address);
    }

    @Override
    public int compareTo(Identity other) {
        return key.compareTo(other.key);
    }

    /** Identities are personal: they print without their value. */
    @Override
    public String toString() {
        return key.substring(0, key.indexOf(':') + 1) + "…";
    }
}
