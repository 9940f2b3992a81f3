package io.memberday.local.row;

import io.memberday.json.Json;
import io.memberday.local.storefront.Webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One order of somebody and its parcel, told step by step as it happens: by the storefront the
 * order as it then is, by the carrier each scan.
 */
final class Trade {
    private static final String CARRIER = "sf";

    private final Role buyer;
    private final String key;
    private final String total;
    private final Map<String, String> times = new LinkedHashMap<>();
    private final List<Map<String, Object>> refunds = new ArrayList<>();
    private String product = "CL-1001";
    private String category = "毛巾";
    private Optional<String> parcel = Optional.empty();
    private int version;

    private Trade(Role buyer, String key, String total) {
        this.buyer = buyer;
        this.key = key;
        this.total = total;
    }

    /**
     * An order that nobody knows of yet.
     *
     * @param key tells a buyer's orders apart
     * @param total in major units
     */
    static Trade of(Role buyer, String key, String total) {
        return new Trade(buyer, key, total);
    }

    /** Of another article. */
    Trade about(String otherProduct, String otherCategory) {
        product = otherProduct;
        category = otherCategory;
        return this;
    }

    /** Whose it is. */
    Role buyer() {
        return buyer;
    }

    /** As rows name the order. */
    String order() {
        return "memberday:main:" + number();
    }

    Webhook placed(Instant at) {
        times.put("createdAt", at.toString());
        return told("order.created", at);
    }

    Webhook paid(Instant at) {
        times.putIfAbsent("createdAt", at.toString());
        times.put("paidAt", at.toString());
        return told("order.paid", at);
    }

    /** Handed to the carrier. */
    Webhook shipped(Instant at) {
        times.put("shippedAt", at.toString());
        parcel = Optional.of(tracking());
        return told("order.shipped", at);
    }

    Webhook signed(Instant at) {
        times.put("signedAt", at.toString());
        return told("order.signed", at);
    }

    Webhook confirmed(Instant at) {
        times.put("confirmedAt", at.toString());
        return told("order.confirmed", at);
    }

    /** Cancelled, or closed as nobody paid. */
    Webhook closed(Instant at) {
        times.put("closedAt", at.toString());
        return told("order.closed", at);
    }

    Webhook refunded(Instant at, String amount) {
        refunds.add(Map.of("id", "r-" + refunds.size(), "amount", amount, "at", at.toString()));
        return told("order.refunded", at);
    }

    /** The buyer says what they think of it. */
    Webhook reviewed(Instant at, int stars) {
        return told(at, review(stars));
    }

    /**
     * The shop answers a review.
     *
     * @param reviewed when the review was written
     */
    Webhook replied(Instant reviewed, int stars, Instant at, String text) {
        Map<String, Object> review = review(stars);
        review.put("reply", Map.of("text", text, "at", at.toString()));
        return told(reviewed, review);
    }

    private Map<String, Object> review(int stars) {
        Map<String, Object> review = new LinkedHashMap<>();
        review.put("id", "v-" + number());
        review.put("order", number());
        review.put("stars", stars);
        return review;
    }

    private Webhook told(Instant at, Map<String, Object> review) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "order.reviewed");
        event.put("at", at.toString());
        event.put("review", review);
        return buyer.told(event);
    }

    /** Somebody scans the code that lay in the parcel: it says the order, and nobody's name. */
    Webhook codeScanned(Instant at) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "order.scanned");
        event.put("at", at.toString());
        event.put("shop", "main");
        event.put("scan", Map.of("order", number()));
        return new Webhook(
                buyer.number(), "memberday", "/webhooks/memberday", Map.of(), Json.write(event));
    }

    /** The carrier tells of the parcel. */
    Webhook scanned(String status, Instant at, String city) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("carrier", CARRIER);
        body.put("number", tracking());
        body.put("status", status);
        body.put("at", at.toString());
        body.put("city", city);
        return new Webhook(
                buyer.number(), "memberday", "/logistics/memberday", Map.of(), Json.write(body));
    }

    private String number() {
        return "%d-%s".formatted(buyer.number(), key);
    }

    /** The parcel's number. */
    String tracking() {
        return "SF%d%s".formatted(buyer.number(), key.toUpperCase(Locale.ROOT));
    }

    private Webhook told(String name, Instant at) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("product", product);
        line.put("category", category);
        line.put("quantity", 1);
        line.put("amount", total);
        Map<String, Object> order = new LinkedHashMap<>(times);
        order.put("number", number());
        order.put("version", ++version);
        order.put("currency", "CNY");
        order.put("total", total);
        order.put("lines", List.of(line));
        parcel.ifPresent(
                tracking ->
                        order.put(
                                "parcels",
                                List.of(Map.of("carrier", CARRIER, "number", tracking))));
        if (!refunds.isEmpty()) {
            order.put("refunds", List.copyOf(refunds));
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", name);
        event.put("at", at.toString());
        event.put("order", order);
        return buyer.told(event);
    }
}
