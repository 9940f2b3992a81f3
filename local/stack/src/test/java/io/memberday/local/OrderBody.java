package io.memberday.local;

import io.memberday.json.Json;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An order of tea for 129.50 CNY as it comes in our own format, placed and paid at one time. */
public final class OrderBody {
    private static final String PRICE = "129.50";

    private OrderBody() {}

    /**
     * An order that was paid.
     *
     * @param at with its zone's offset
     */
    public static String paid(String number, String at, Map<String, ?> buyer) {
        return body("order.paid", number, at, buyer, Map.of());
    }

    /** An order that was shipped at once, in parcels with the carrier {@code sf}. */
    static String shipped(String number, String at, Map<String, ?> buyer, List<String> parcels) {
        return body(
                "order.shipped",
                number,
                at,
                buyer,
                Map.of(
                        "shippedAt",
                        at,
                        "parcels",
                        parcels.stream()
                                .map(parcel -> Map.of("carrier", "sf", "number", parcel))
                                .toList()));
    }

    /** What a buyer says of marketing by a channel, as its webhook tells it. */
    public static List<Map<String, Object>> consents(String channel, boolean granted, String at) {
        return List.of(
                Map.of("channel", channel, "kind", "marketing", "granted", granted, "at", at));
    }

    private static String body(
            String event, String number, String at, Map<String, ?> buyer, Map<String, ?> more) {
        Map<String, Object> order = new HashMap<>(more);
        order.put("number", number);
        order.put("version", 2);
        order.put("currency", "CNY");
        order.put("total", PRICE);
        order.put("createdAt", at);
        order.put("paidAt", at);
        order.put(
                "lines",
                List.of(
                        Map.of(
                                "product",
                                "tea",
                                "title",
                                "春茶 250g",
                                "quantity",
                                1,
                                "amount",
                                PRICE)));
        return Json.write(
                Map.of("event", event, "at", at, "shop", "main", "order", order, "buyer", buyer));
    }
}
