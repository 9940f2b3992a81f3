package io.memberday.segment;

import io.memberday.segment.Expr.Type;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A function in an expression, as CEL is told of it. */
enum Function {
    BOUGHT("bought", Type.TRUTH, Type.TEXT, Type.TEXT),
    BOUGHT_COUNT("boughtCount", Type.WHOLE, Type.TEXT, Type.TEXT),
    SPENT_BETWEEN("spentBetween", Type.WHOLE, Type.TEXT, Type.TEXT),
    FIRST_PURCHASE_ON("firstPurchaseOn", Type.TRUTH, Type.TEXT),
    FIRST_PURCHASE_BETWEEN("firstPurchaseBetween", Type.TRUTH, Type.TEXT, Type.TEXT),
    LAST_PURCHASE_ON("lastPurchaseOn", Type.TRUTH, Type.TEXT),
    LAST_PURCHASE_BETWEEN("lastPurchaseBetween", Type.TRUTH, Type.TEXT, Type.TEXT),
    BOUGHT_CATEGORY("boughtCategory", Type.TRUTH, Type.TEXT),
    BOUGHT_CATEGORY_BETWEEN("boughtCategoryBetween", Type.TRUTH, Type.TEXT, Type.TEXT, Type.TEXT),
    BOUGHT_PRODUCT("boughtProduct", Type.TRUTH, Type.TEXT),
    BOUGHT_PRODUCT_BETWEEN("boughtProductBetween", Type.TRUTH, Type.TEXT, Type.TEXT, Type.TEXT),
    ADDRESS_CONTAINS_ANY("addressContainsAny", Type.TRUTH, Type.TEXTS),
    REACHABLE("reachable", Type.TRUTH, Type.TEXT),
    CONSENT("consent", Type.TRUTH, Type.TEXT),
    REFUSED("refused", Type.TRUTH, Type.TEXT),
    BIRTHDAY_WITHIN("birthdayWithin", Type.TRUTH, Type.WHOLE),
    DAYS_SINCE_MARKETING("daysSinceMarketing", Type.WHOLE, Type.TEXT),
    MARKETING_SENT("marketingSent", Type.WHOLE, Type.TEXT, Type.WHOLE),
    GOT_CAMPAIGN("gotCampaign", Type.TRUTH, Type.TEXT),
    TAGGED_BY("taggedBy", Type.TRUTH, Type.TEXT, Type.TEXT),
    DAYS_SINCE_TAG("daysSinceTag", Type.WHOLE, Type.TEXT),
    ATTRIBUTE_TEXT("attributeText", Type.TEXT, Type.TEXT),
    ATTRIBUTE_NUMBER("attributeNumber", Type.WHOLE, Type.TEXT),
    ATTRIBUTE_TRUTH("attributeTruth", Type.TRUTH, Type.TEXT),
    HAS_ATTRIBUTE("hasAttribute", Type.TRUTH, Type.TEXT),
    PRICE_PAID("pricePaid", Type.WHOLE, Type.TEXT),
    SEGMENT("segment", Type.TRUTH, Type.TEXT),
    AMOUNT("amount", Type.WHOLE, Type.TEXT);

    private final String key;
    private final Type yields;
    private final List<Type> takes;

    Function(String key, Type yields, Type... takes) {
        this.key = key;
        this.yields = yields;
        this.takes = List.of(takes);
    }

    /** The name in expressions. */
    String key() {
        return key;
    }

    Type yields() {
        return yields;
    }

    List<Type> takes() {
        return takes;
    }

    /** Whether it is about an order, and so known in expressions over orders only. */
    boolean ofOrders() {
        return this == PRICE_PAID;
    }

    static Set<String> keys() {
        return Arrays.stream(values()).map(Function::key).collect(Collectors.toSet());
    }

    static Optional<Function> of(String key) {
        return Arrays.stream(values()).filter(function -> function.key.equals(key)).findFirst();
    }
}
