package io.memberday.segment;

import io.memberday.segment.Expr.Type;

import java.util.Arrays;
import java.util.Optional;

/** A field of the member in an expression. */
enum Fact {
    KEPT_PURCHASES("keptPurchases", Type.WHOLE),
    SPENT("spent", Type.WHOLE),
    AVERAGE_ORDER("averageOrder", Type.WHOLE),
    AVERAGE_DISCOUNT("averageDiscount", Type.WHOLE),
    DAYS_SINCE_LAST_PURCHASE("daysSinceLastPurchase", Type.WHOLE),
    DAYS_SINCE_FIRST_PURCHASE("daysSinceFirstPurchase", Type.WHOLE),
    DAYS_BETWEEN_PURCHASES("daysBetweenPurchases", Type.WHOLE),
    FAVOURITE_HOUR("favouriteHour", Type.WHOLE),
    AGE("age", Type.WHOLE),
    DAYS_UNTIL_BIRTHDAY("daysUntilBirthday", Type.WHOLE),
    JOINED_DAYS_AGO("joinedDaysAgo", Type.WHOLE),
    DAYS_SINCE_LOGIN("daysSinceLogin", Type.WHOLE),
    DAYS_SINCE_BROWSE("daysSinceBrowse", Type.WHOLE),
    DAYS_SINCE_FAVOURITE("daysSinceFavourite", Type.WHOLE),
    DAYS_SINCE_CART("daysSinceCart", Type.WHOLE),
    DAYS_SINCE_ASK("daysSinceAsk", Type.WHOLE),
    DAYS_SINCE_CHECK_IN("daysSinceCheckIn", Type.WHOLE),
    POINTS("points", Type.WHOLE),
    OPEN_ORDERS("openOrders", Type.WHOLE),
    REFUNDED_ORDERS("refundedOrders", Type.WHOLE),
    TIER("tier", Type.TEXT),
    LAYER("layer", Type.TEXT),
    STAGE("stage", Type.TEXT),
    GENDER("gender", Type.TEXT),
    LANGUAGE("language", Type.TEXT),
    COUNTRY("country", Type.TEXT),
    REGION("region", Type.TEXT),
    CITY("city", Type.TEXT),
    BIRTHDAY("birthday", Type.TEXT),
    FAVOURITE_PRODUCT("lastFavouriteProduct", Type.TEXT),
    FAVOURITE_CATEGORY("lastFavouriteCategory", Type.TEXT),
    CART_PRODUCT("lastCartProduct", Type.TEXT),
    CART_CATEGORY("lastCartCategory", Type.TEXT),
    ASK_PRODUCT("lastAskProduct", Type.TEXT),
    ASK_CATEGORY("lastAskCategory", Type.TEXT),
    TAGS("tags", Type.TEXTS),
    BIRTHDAY_TODAY("birthdayToday", Type.TRUTH),
    BOUND("bound", Type.TRUTH);

    private final String key;
    private final Type type;

    Fact(String key, Type type) {
        this.key = key;
        this.type = type;
    }

    /** The name in expressions. */
    String key() {
        return key;
    }

    Type type() {
        return type;
    }

    static Optional<Fact> of(String key) {
        return Arrays.stream(values()).filter(fact -> fact.key.equals(key)).findFirst();
    }
}
