package io.memberday.member;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a person, each field with the time at which it was said. Fields join one by one:
 * the later wins, equal times by value, so that the sequence of events does not matter (P1).
 */
public record Profile(Map<Field, Stated> fields) {

    /** A natural attribute (R7). */
    public enum Field {
        NAME,
        /** E.164. */
        PHONE,
        /** Lower case. */
        EMAIL,
        /** BCP 47, such as {@code zh} or {@code en-GB}. */
        LANGUAGE,
        /** {@code female}, {@code male} or {@code other}. */
        GENDER,
        /** ISO 8601 date, or {@code --MM-DD} without a year. */
        BIRTHDAY,
        /** ISO 3166-1 alpha-2. */
        COUNTRY,
        /** Province or state. */
        REGION,
        CITY,
        ADDRESS,
        /** IANA, such as {@code Europe/Vienna}. */
        TIMEZONE;

        /** The name in rows, JSON and segments: {@code name}, {@code birthday}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads {@link #key}. */
        public static Field of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * @param value the field's value
     * @param at when it was said, whole seconds
     */
    public record Stated(String value, Instant at) {
        private static final Comparator<Stated> LATER =
                Comparator.comparing(Stated::at).thenComparing(Stated::value);

        public Stated {
            at = Instant.ofEpochSecond(at.getEpochSecond());
        }

        /** The later statement; of two at one time the greater value. */
        public Stated join(Stated other) {
            return LATER.compare(this, other) >= 0 ? this : other;
        }
    }

    public static final Profile EMPTY = new Profile(Map.of());

    public Profile {
        fields = fields.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(fields));
    }

    /** The field's value, or nothing where it is not known. */
    public Optional<String> get(Field field) {
        return Optional.ofNullable(fields.get(field)).map(Stated::value);
    }

    /** The address of a channel: a phone in E.164, an email address in lower case. */
    public Optional<String> address(Channel channel) {
        return get(channel == Channel.SMS ? Field.PHONE : Field.EMAIL);
    }

    /** Where the member's clock is known: as was said, or as the country has only one. */
    public Optional<ZoneId> zone() {
        return get(Field.TIMEZONE)
                .map(ZoneId::of)
                .or(() -> get(Field.COUNTRY).flatMap(CountryZones::of));
    }

    /** Whether the date is the member's {@link Birthday}; not if that is not known. */
    public boolean birthdayOn(LocalDate date) {
        return get(Field.BIRTHDAY)
                .flatMap(Birthday::of)
                .filter(birthday -> birthday.daysFrom(date) == 0)
                .isPresent();
    }

    /** This with one field said at a time. */
    public Profile with(Field field, String value, Instant at) {
        return join(new Profile(Map.of(field, new Stated(value, at))));
    }

    /** Field by field the later statement. */
    public Profile join(Profile other) {
        Map<Field, Stated> joined = new EnumMap<>(Field.class);
        joined.putAll(fields);
        other.fields.forEach((field, stated) -> joined.merge(field, stated, Stated::join));
        return new Profile(joined);
    }
}
