package io.memberday.segment;

import io.memberday.member.MemberFilter.Stored;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Where the table of members keeps a field of an expression. */
final class StoredFacts {
    private static final Map<Fact, Stored> TEXTS =
            new EnumMap<>(
                    Map.of(
                            Fact.GENDER, Stored.GENDER,
                            Fact.LANGUAGE, Stored.LANGUAGE,
                            Fact.COUNTRY, Stored.COUNTRY,
                            Fact.REGION, Stored.REGION,
                            Fact.CITY, Stored.CITY,
                            Fact.BIRTHDAY, Stored.BIRTHDAY));
    private static final Map<Fact, Stored> TIMES =
            new EnumMap<>(
                    Map.of(
                            Fact.DAYS_SINCE_LAST_PURCHASE, Stored.LAST_PURCHASE,
                            Fact.DAYS_SINCE_FIRST_PURCHASE, Stored.FIRST_PURCHASE,
                            Fact.DAYS_SINCE_LOGIN, Stored.LAST_LOGIN,
                            Fact.DAYS_SINCE_BROWSE, Stored.LAST_BROWSE,
                            Fact.DAYS_SINCE_FAVOURITE, Stored.LAST_FAVOURITE,
                            Fact.DAYS_SINCE_CART, Stored.LAST_CART,
                            Fact.DAYS_SINCE_ASK, Stored.LAST_ASK,
                            Fact.DAYS_SINCE_CHECK_IN, Stored.LAST_CHECK_IN,
                            Fact.JOINED_DAYS_AGO, Stored.SINCE));
    private static final Map<Fact, Stored> OF_ACTS =
            new EnumMap<>(
                    Map.of(
                            Fact.FAVOURITE_PRODUCT, Stored.LAST_FAVOURITE,
                            Fact.FAVOURITE_CATEGORY, Stored.LAST_FAVOURITE,
                            Fact.CART_PRODUCT, Stored.LAST_CART,
                            Fact.CART_CATEGORY, Stored.LAST_CART,
                            Fact.ASK_PRODUCT, Stored.LAST_ASK,
                            Fact.ASK_CATEGORY, Stored.LAST_ASK));

    private StoredFacts() {}

    /** The attribute that is the text itself. */
    static Optional<Stored> text(Fact fact) {
        return Optional.ofNullable(TEXTS.get(fact));
    }

    /** The time since which the field counts the days. */
    static Optional<Stored> since(Fact fact) {
        return Optional.ofNullable(TIMES.get(fact));
    }

    /** The time of the act without which the text is empty. */
    static Optional<Stored> act(Fact fact) {
        return Optional.ofNullable(OF_ACTS.get(fact));
    }
}
