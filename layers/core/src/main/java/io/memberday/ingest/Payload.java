package io.memberday.ingest;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.money.Money;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Logistics;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the adapters of all sources ask of a payload's fields. */
final class Payload {
    /** A clock that is ahead by more than this is wrong. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    private static final Pattern AMOUNT = Pattern.compile("\\d{1,9}(\\.\\d{1,4})?");
    private static final Pattern KEY = Pattern.compile("[!-~]{1,100}");
    private static final Pattern SHOP = Pattern.compile("[A-Za-z0-9._-]{1,60}");

    private static final Pattern CARRIER = Pattern.compile("[a-z0-9_-]{1,40}");

    private Payload() {}

    /**
     * An amount that is not negative, written as text in major units.
     *
     * @throws BadInput if it is negative, too exact for the currency, or no amount
     */
    static long minor(Fields fields, String name, String currency) {
        return minor(fields, name, fields.text(name), currency);
    }

    /**
     * The same of an amount that is given less than 0, as a refund may be.
     *
     * @throws BadInput if it is too exact for the currency, or no amount
     */
    static long given(Fields fields, String name, String currency) {
        return minor(fields, name, fields.text(name).replaceFirst("^-", ""), currency);
    }

    private static long minor(Fields fields, String name, String written, String currency) {
        if (!AMOUNT.matcher(written).matches()) {
            throw fields.bad(
                    name,
                    "must be an amount of 0 or more with at most nine digits, such as 129.50");
        }
        try {
            return Money.ofDecimal(written, currency).minor();
        } catch (IllegalArgumentException _) {
            throw fields.bad(name, "has more decimals than " + currency);
        }
    }

    /**
     * @throws BadInput if the currency is not the store's: amounts of several currencies do not sum
     */
    static void currency(Fields fields, String name, String currency) {
        if (!fields.text(name).equals(currency)) {
            throw fields.bad(
                    name,
                    "must be "
                            + currency
                            + ", the store's currency; a shop of another currency needs a store of"
                            + " its own");
        }
    }

    /** A time that is not ahead of now. */
    static Optional<Instant> time(Fields fields, String name, Instant now) {
        return notAhead(fields, name, fields.optionalTime(name), now);
    }

    static Instant requiredTime(Fields fields, String name, Instant now) {
        return time(fields, name, now).orElseGet(() -> fields.time(name));
    }

    /**
     * A time that is written without its zone and is not ahead of now; what is not text is none.
     *
     * @param zone in which the sender writes it
     */
    static Optional<Instant> zoned(
            Fields fields, String name, DateTimeFormatter form, ZoneId zone, Instant now) {
        Optional<Instant> time =
                fields.raw(name)
                        .filter(written -> written instanceof String text && !text.isBlank())
                        .map(
                                written -> {
                                    try {
                                        return LocalDateTime.parse((String) written, form)
                                                .atZone(zone)
                                                .toInstant();
                                    } catch (DateTimeParseException _) {
                                        throw fields.bad(name, "must be a date and a time");
                                    }
                                });
        return notAhead(fields, name, time, now);
    }

    private static Optional<Instant> notAhead(
            Fields fields, String name, Optional<Instant> time, Instant now) {
        if (time.filter(at -> at.isAfter(now.plus(AHEAD))).isPresent()) {
            throw fields.bad(name, "lies in the future: check the sender's clock");
        }
        return time;
    }

    /** An id that becomes part of a row's key. */
    static String key(Fields fields, String name) {
        String id = fields.id(name);
        if (!KEY.matcher(id).matches()) {
            throw fields.bad(name, "must be 1 to 100 printable ASCII characters without spaces");
        }
        return id;
    }

    static String shop(Fields fields, String name) {
        String shop = fields.text(name);
        if (!SHOP.matcher(shop).matches()) {
            throw fields.bad(name, "must be 1 to 60 letters, digits, dots, dashes or underscores");
        }
        return shop;
    }

    /** An optional text of a given form. */
    static Optional<String> form(Fields fields, String name, Pattern form, String mend) {
        Optional<String> text = fields.optionalText(name);
        if (text.filter(value -> !form.matcher(value).matches()).isPresent()) {
            throw fields.bad(name, mend);
        }
        return text;
    }

    /**
     * @throws BadInput if the object has other fields: a misspelt one would be lost in silence
     */
    static void only(Fields fields, Set<String> known) {
        fields.only(known);
    }

    /** A list of objects, of so many at most. */
    static List<Fields> most(Fields fields, String name, int most) {
        List<Fields> objects = fields.objects(name);
        if (objects.size() > most) {
            throw fields.bad(name, "must have %d entries at most".formatted(most));
        }
        return objects;
    }

    /**
     * The objects of a list that is none of the platform's promises, such as a plugin's; what is no
     * object is passed over. PHP writes a list with gaps as an object.
     */
    static List<Fields> each(Fields fields, String name) {
        Collection<?> entries =
                switch (fields.raw(name).orElse(List.of())) {
                    case List<?> list -> list;
                    case Map<?, ?> gapped -> gapped.values();
                    default -> List.of();
                };
        List<Fields> objects = new ArrayList<>();
        for (Object entry : entries) {
            if (entry instanceof Map<?, ?> object) {
                objects.add(Fields.of(fields.pathOf(name), object));
            }
        }
        return objects;
    }

    /** What such an object says in text or in digits; empty if it says nothing. */
    static String written(Fields fields, String name) {
        return fields.raw(name)
                .filter(value -> value instanceof String || value instanceof Number)
                .map(value -> value.toString().strip())
                .orElse("");
    }

    /**
     * @throws BadInput naming the field, if a body is not what its topic promises
     */
    static void fits(boolean fits, Fields fields, String field, String topic) {
        if (!fits) {
            throw fields.bad(field, "does not fit the topic " + topic);
        }
    }

    /** Two texts with a blank between, as far as there are any. */
    static Optional<String> joined(Optional<String> one, Optional<String> other) {
        String both = (one.orElse("") + " " + other.orElse("")).strip();
        return Optional.of(both).filter(text -> !text.isEmpty());
    }

    /** A parcel's name, from {@code carrier} and {@code number}. */
    static ParcelKey parcel(Fields fields) {
        String mend = "must be 1 to 40 lower-case letters, digits, dashes or underscores";
        String carrier =
                form(fields, "carrier", CARRIER, mend)
                        .orElseThrow(() -> fields.bad("carrier", mend));
        return new ParcelKey(carrier, key(fields, "number"));
    }

    /**
     * A parcel's name as a platform writes it, under the name that the store has for the carrier.
     */
    static ParcelKey parcel(Fields fields, String carrier, String number, Logistics logistics) {
        String name = logistics.carrier(fields.text(carrier));
        if (!CARRIER.matcher(name).matches()) {
            throw fields.bad(
                    carrier, "must name a carrier in letters and digits, or in store.yaml");
        }
        String tidy = trackingNumber(fields.id(number));
        if (!KEY.matcher(tidy).matches()) {
            throw fields.bad(number, "must be 1 to 100 printable ASCII characters");
        }
        return new ParcelKey(name, tidy);
    }

    /**
     * A parcel's name as a storefront tells it beside much else: nothing if it cannot be one, which
     * must not cost the order.
     */
    static Optional<ParcelKey> told(String carrier, String number, Logistics logistics) {
        String name = logistics.carrier(carrier);
        String tidy = trackingNumber(number);
        return CARRIER.matcher(name).matches() && KEY.matcher(tidy).matches()
                ? Optional.of(new ParcelKey(name, tidy))
                : Optional.empty();
    }

    /** A tracking number as people and platforms write it, without what no number has. */
    static String trackingNumber(String written) {
        return written.replaceAll("[^!-~]", "");
    }

    /** One of an enum's constants, written in lower case. */
    static <E extends Enum<E>> E word(Fields fields, String name, Class<E> type) {
        return fields.word(name, type);
    }
}
