package io.memberday.segment;

import java.util.List;
import java.util.Random;

/** Well-typed expressions in CEL, from a seed. They divide by zero and overflow now and then. */
public final class RandomExpressions {
    private static final List<String> TRUTHS =
            List.of(
                    "true",
                    "false",
                    "bound",
                    "bought(\"2026-04-01\", \"2026-05-08\")",
                    "bought(\"2026-05-08\", \"2026-05-08\")",
                    "firstPurchaseOn(\"2026-05-01\")",
                    "firstPurchaseBetween(\"2025-06-01\", \"2026-03-31\")",
                    "addressContainsAny([\"大学\", \"Street\"])",
                    "reachable(\"sms\")",
                    "reachable(\"email\")",
                    "consent(\"sms\")",
                    "consent(\"email\")",
                    "refused(\"sms\")",
                    "bought(\"today-30d\", \"today\")",
                    "bought(\"2026-01-01\", \"today-90d\")",
                    "boughtCategory(\"床品\")",
                    "boughtCategoryBetween(\"床品\", \"today-90d\", \"today\")",
                    "boughtProduct(\"sku 1\")",
                    "boughtProductBetween(\"sku 1\", \"2026-01-01\", \"today-90d\")",
                    "lastPurchaseOn(\"today\")",
                    "lastPurchaseBetween(\"today-200d\", \"2026-04-30\")",
                    "birthdayToday",
                    "birthdayWithin(10)",
                    "birthdayWithin(366)",
                    "gotCampaign(\"member-day\")",
                    "gotCampaign(\"member\")",
                    "attributeTruth(\"vip\")",
                    "hasAttribute(\"petAge\")",
                    "taggedBy(\"vip\", \"operator\")",
                    "taggedBy(\"学生\", \"rule:address\")");
    private static final List<String> NUMBERS =
            List.of("0", "1", "-1", "2", "7", "90", "180", "237", "1000000", "30001", "-90");
    private static final List<String> WHOLES =
            List.of(
                    "0",
                    "1",
                    "2",
                    "-1",
                    "90",
                    "9223372036854775807",
                    "-9223372036854775808",
                    "amount(\"300.00\")",
                    "keptPurchases",
                    "spent",
                    "averageOrder",
                    "averageDiscount",
                    "daysSinceLastPurchase",
                    "daysSinceFirstPurchase",
                    "joinedDaysAgo",
                    "daysSinceLogin",
                    "daysSinceBrowse",
                    "daysSinceFavourite",
                    "daysSinceCart",
                    "daysSinceAsk",
                    "daysSinceCheckIn",
                    "refundedOrders",
                    "daysBetweenPurchases",
                    "favouriteHour",
                    "age",
                    "daysUntilBirthday",
                    "boughtCount(\"today-300d\", \"today\")",
                    "boughtCount(\"2026-03-01\", \"2026-05-07\")",
                    "spentBetween(\"today-90d\", \"today\")",
                    "daysSinceMarketing(\"sms\")",
                    "daysSinceMarketing(\"email\")",
                    "marketingSent(\"sms\", 7)",
                    "daysSinceTag(\"vip\")",
                    "attributeNumber(\"petAge\")",
                    "attributeNumber(\"size\")",
                    "points",
                    "openOrders");
    private static final List<String> TEXTS =
            List.of(
                    "\"\"",
                    "\"上海\"",
                    "\"a😀\"",
                    "\"市\"",
                    "(gender + \"\")",
                    "language",
                    "country",
                    "region",
                    "city",
                    "birthday",
                    "lastFavouriteProduct",
                    "lastCartProduct",
                    "lastCartCategory",
                    "lastAskCategory",
                    "attributeText(\"size\")",
                    "attributeText(\"vip\")",
                    // Compared with any text these would be refused as no gender, tier, layer or
                    // stage.
                    "(tier + \"\")",
                    "(layer + \"\")",
                    "(stage + \"\")");
    private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");
    private final Random random;

    public RandomExpressions(Random random) {
        this.random = random;
    }

    public String truth(int depth) {
        if (depth == 0) {
            return one(TRUTHS);
        }
        int below = depth - 1;
        if (random.nextInt(3) == 0) {
            return plain();
        }
        return switch (random.nextInt(13)) {
            case 0, 1 -> "(%s && %s)".formatted(truth(below), truth(below));
            case 2, 3 -> "(%s || %s)".formatted(truth(below), truth(below));
            case 4 -> "!(%s)".formatted(truth(below));
            case 5, 6 -> "(%s %s %s)".formatted(whole(below), one(COMPARISONS), whole(below));
            case 7 -> text(below) + " " + one(COMPARISONS) + " " + text(below);
            case 8 -> "%s in [\"zh\", \"上海市\", \"\"]".formatted(text(below));
            case 9 -> "%s in [0, 1, 2, -1]".formatted(whole(below));
            case 10 -> "%s in tags".formatted(one(List.of("\"vip\"", "\"学生\"", text(below))));
            case 11 ->
                    "(%s).%s(%s)"
                            .formatted(
                                    text(below),
                                    one(List.of("contains", "startsWith", "endsWith")),
                                    text(below));
            default -> "(%s ? %s : %s)".formatted(truth(below), truth(below), truth(below));
        };
    }

    /** What a shop asks: one field, one constant. */
    private String plain() {
        String comparison = one(COMPARISONS);
        return switch (random.nextInt(8)) {
            case 0 -> "(%s %s %s)".formatted(one(NUMBERS), comparison, one(WHOLES));
            case 1 -> "(%s %s %s)".formatted(one(WHOLES), comparison, one(NUMBERS));
            case 2 -> "%s in [%s, 1, 365]".formatted(one(WHOLES), one(NUMBERS));
            case 3 ->
                    "(stage %s \"%s\")"
                            .formatted(
                                    comparison,
                                    one(List.of("active", "dormant", "pre-churn", "none")));
            case 4 -> "layer in [\"%s\", \"new\"]".formatted(one(List.of("vip", "potential")));
            case 5 -> "(tier %s \"gold\")".formatted(comparison);
            case 6 ->
                    "city.%s(\"%s\")"
                            .formatted(
                                    one(List.of("contains", "startsWith", "endsWith")),
                                    one(List.of("", "上海", "市", "L")));
            default ->
                    "(%s %s \"%s\")"
                            .formatted(
                                    one(
                                            List.of(
                                                    "city",
                                                    "region",
                                                    "language",
                                                    "country",
                                                    "lastCartProduct",
                                                    "lastAskCategory")),
                                    comparison,
                                    one(List.of("", "上海市", "zh", "en-GB", "CN", "sku1", "床品")));
        };
    }

    private String whole(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return one(WHOLES);
        }
        int below = depth - 1;
        return switch (random.nextInt(8)) {
            case 0 -> "-(%s)".formatted(whole(below));
            case 1 -> "(%s ? %s : %s)".formatted(truth(below), whole(below), whole(below));
            case 2 -> "size(%s)".formatted(text(below));
            case 3 -> "tags.size()";
            default ->
                    "(%s %s %s)"
                            .formatted(
                                    whole(below),
                                    one(List.of("+", "-", "*", "/", "%")),
                                    whole(below));
        };
    }

    private String text(int depth) {
        if (depth == 0 || random.nextInt(3) == 0) {
            return one(TEXTS);
        }
        int below = depth - 1;
        return random.nextBoolean()
                ? "(%s + %s)".formatted(text(below), text(below))
                : "(%s ? %s : %s)".formatted(truth(below), text(below), text(below));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
