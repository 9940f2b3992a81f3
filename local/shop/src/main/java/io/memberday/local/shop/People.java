package io.memberday.local.shop;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;

import io.memberday.local.shop.Land.Name;
import io.memberday.local.shop.Person.Consent;
import io.memberday.local.shop.Person.Home;
import io.memberday.local.shop.Person.Outlets;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Makes simulated people, the same for the same seed. About 70 of 100 are Chinese. The shares below
 * are made up: they are what a shop of a marketplace and a site of its own might find.
 */
final class People {
    private static final int HUNDRED = 100;
    private static final int YEAR = 365;

    /** Of 100 people, how many have kept so many purchases at most: see {@link #appetite}. */
    private static final int[][] APPETITES = {
        {34, 0, 0}, {65, 1, 1}, {83, 2, 2}, {91, 3, 3}, {96, 4, 6}, {99, 7, 11}, {100, 12, 18}
    };

    /** After so many draws that are taken or invalid somebody has no phone. */
    private static final int DRAWS = 60;

    private final PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
    private final List<Land> lands = Land.all();
    private final Set<String> taken = new HashSet<>();
    private final long seed;
    private final Instant today;

    /**
     * @param today until when people have come to the shop
     */
    People(long seed, Instant today) {
        this.seed = seed;
        this.today = today;
    }

    /** The first so many people. */
    List<Person> first(int count) {
        List<Person> people = new ArrayList<>(count);
        for (int number = 0; number < count; number++) {
            people.add(person(number, new Random(seed * 1_000_003 + number)));
        }
        return people;
    }

    private Person person(int number, Random random) {
        random.nextLong(); // The first draws of neighbouring seeds are alike.
        Land land = land(random);
        boolean woman = random.nextInt(HUNDRED) < 72;
        Name family = any(land.family(), random);
        Name given = any(woman ? land.women() : land.men(), random);
        String name =
                land.familyFirst()
                        ? family.written() + given.written()
                        : given.written() + " " + family.written();
        Outlets outlets = outlets(land, random);
        boolean asksEmail = outlets != Outlets.MARKETPLACE;
        int appetite = appetite(random);
        Optional<String> phone = phone(land, random);
        boolean shy = random.nextInt(HUNDRED) < (land.chinese() ? 4 : 40);
        boolean masked =
                outlets == Outlets.MARKETPLACE && land.chinese() && random.nextInt(HUNDRED) < 9;
        boolean mails = random.nextInt(HUNDRED) < (asksEmail ? 96 : 22);
        return new Person(
                number,
                land,
                name,
                family.written(),
                given.written(),
                woman ? "female" : "male",
                phone.filter(known -> !shy || outlets == Outlets.BOTH),
                masked,
                Optional.of(email(land, family, given, number, random)).filter(known -> mails),
                home(land, random),
                birthday(random),
                outlets,
                consent(random, asksEmail ? 52 : 60),
                consent(random, asksEmail ? 63 : 45),
                today.minus(Duration.ofDays(20L + random.nextInt(YEAR * 2))),
                appetite);
    }

    private Land land(Random random) {
        int drawn = random.nextInt(HUNDRED);
        for (Land land : lands) {
            drawn -= land.share();
            if (drawn < 0) {
                return land;
            }
        }
        throw new IllegalStateException("the shares of lands.yaml are less than 100");
    }

    private static Outlets outlets(Land land, Random random) {
        int drawn = random.nextInt(HUNDRED);
        if (land.chinese()) {
            return drawn < 76 ? Outlets.MARKETPLACE : drawn < 86 ? Outlets.SITE : Outlets.BOTH;
        }
        return drawn < 82 ? Outlets.SITE : Outlets.BOTH;
    }

    /** Kept purchases in the last year: a third has none, a third has one, few have many. */
    private static int appetite(Random random) {
        int drawn = random.nextInt(HUNDRED);
        for (int[] row : APPETITES) {
            if (drawn < row[0]) {
                return row[1] + random.nextInt(row[2] - row[1] + 1);
            }
        }
        throw new IllegalStateException("the appetites end before 100");
    }

    /** A mobile number that libphonenumber holds for valid and nobody else of the shop has. */
    private Optional<String> phone(Land land, Random random) {
        for (int draw = 0; draw < DRAWS; draw++) {
            String phone = filled(any(land.phones(), random), '#', random);
            if (mobile(phone) && taken.add(phone)) {
                return Optional.of(phone);
            }
        }
        return Optional.empty();
    }

    private boolean mobile(String phone) {
        try {
            var number = phones.parse(phone, null);
            PhoneNumberType type = phones.getNumberType(number);
            return phones.isValidNumber(number)
                    && (type == PhoneNumberType.MOBILE
                            || type == PhoneNumberType.FIXED_LINE_OR_MOBILE);
        } catch (NumberParseException e) {
            throw new IllegalStateException("lands.yaml has a phone that is none", e);
        }
    }

    private static String filled(String pattern, char blank, Random random) {
        StringBuilder text = new StringBuilder();
        pattern.chars()
                .forEach(
                        c ->
                                text.append(
                                        c == blank ? (char) ('0' + random.nextInt(10)) : (char) c));
        return text.toString();
    }

    private static String email(Land land, Name family, Name given, int number, Random random) {
        String plain =
                (given.latin() + "." + family.latin())
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z.]", "");
        return plain + number + "@" + any(land.mail(), random);
    }

    private static Home home(Land land, Random random) {
        List<String> city = any(land.cities(), random);
        boolean school = !land.schools().isEmpty() && random.nextInt(HUNDRED) < 7;
        String pattern = any(school ? land.schools() : land.streets(), random);
        while (pattern.contains("{}")) {
            pattern = pattern.replaceFirst("\\{}", Integer.toString(1 + random.nextInt(180)));
        }
        String district = city.size() > 2 ? any(city.subList(2, city.size()), random) : "";
        return new Home(city.get(0), city.get(1), district + pattern);
    }

    private static Optional<LocalDate> birthday(Random random) {
        LocalDate born =
                LocalDate.of(1965 + random.nextInt(42), 1, 1).plusDays(random.nextInt(YEAR));
        return Optional.of(born).filter(known -> random.nextInt(HUNDRED) < 35);
    }

    private static Consent consent(Random random, int given) {
        int drawn = random.nextInt(HUNDRED);
        return drawn < given
                ? Consent.GIVEN
                : drawn < given + 12 ? Consent.REFUSED : Consent.UNKNOWN;
    }

    private static <T> T any(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}
