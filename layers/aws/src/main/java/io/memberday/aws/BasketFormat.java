package io.memberday.aws;

import io.memberday.member.Basket;

import java.util.List;

/** A basket as one text: discount, postage, categories, products; nothing if it is not known. */
final class BasketFormat {
    /** Between the parts; no id or category holds a control sign. */
    static final String PART = "\t";

    /** Between the categories, and between the products. */
    private static final String GOODS = "\n";

    private BasketFormat() {}

    static String text(Basket basket) {
        return basket.equals(Basket.UNKNOWN)
                ? ""
                : String.join(
                        PART,
                        String.valueOf(basket.discountMinor()),
                        String.valueOf(basket.postageMinor()),
                        String.join(GOODS, basket.categories()),
                        String.join(GOODS, basket.products()));
    }

    static Basket basket(String text) {
        if (text.isEmpty()) {
            return Basket.UNKNOWN;
        }
        String[] parts = text.split(PART, -1);
        return new Basket(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                goods(parts[2]),
                goods(parts[3]));
    }

    private static List<String> goods(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(GOODS));
    }
}
