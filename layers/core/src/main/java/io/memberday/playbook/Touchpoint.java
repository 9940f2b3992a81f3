package io.memberday.playbook;

import io.memberday.member.Kind;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * "On this event, after this long, unless that, send this."
 *
 * @param id such as {@code payment-reminder}
 * @param kind nearly always service
 * @param on the event that triggers it
 * @param after how long after the event's own time it is due
 * @param validFor how long after it is due it may still go; later none is written or sent
 * @param leastMinor orders below this amount get none; 0 for no bound
 * @param send channel and template, the preferred first
 */
public record Touchpoint(
        String id,
        Kind kind,
        Trigger on,
        Duration after,
        Duration validFor,
        long leastMinor,
        List<Campaign.Send> send) {

    /** An event of an order or a parcel. */
    public enum Trigger {
        /** An order was placed and is unpaid; gone with the payment, closing or cancelling. */
        ORDER_UNPAID,
        PARCEL_SHIPPED,
        /** The parcel reached the recipient's city. */
        PARCEL_ARRIVED,
        PARCEL_SIGNED,
        PARCEL_EXCEPTION;

        /** The name in the playbook: {@code order-unpaid}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Reads {@link #key}. */
        public static Trigger of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public Touchpoint {
        send = List.copyOf(send);
    }
}
