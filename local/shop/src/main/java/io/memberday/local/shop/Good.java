package io.memberday.local.shop;

import java.util.List;

/**
 * An article of the demo shop.
 *
 * @param id the shop's
 * @param zh title in Chinese
 * @param en title in English
 * @param category as segments name it
 * @param minor price in hundredths of the currency's unit
 * @param weight how often it is bought, against the others
 */
record Good(String id, String zh, String en, String category, long minor, int weight) {

    static List<Good> all() {
        return Land.resource("goods.yaml").stream()
                .map(
                        good ->
                                new Good(
                                        String.valueOf(good.get("id")),
                                        String.valueOf(good.get("zh")),
                                        String.valueOf(good.get("en")),
                                        String.valueOf(good.get("category")),
                                        Long.parseLong(String.valueOf(good.get("price"))),
                                        Integer.parseInt(String.valueOf(good.get("weight")))))
                .toList();
    }

    /** The title as a buyer of that land reads it. */
    String title(Land land) {
        return land.chinese() ? zh : en;
    }
}
