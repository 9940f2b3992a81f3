package io.memberday.local.row;

import io.memberday.json.Json;
import io.memberday.local.storefront.Webhook;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A person in a row's story, by the part they play in it: what a storefront tells of them, and how
 * a reader is told the same. Phones and addresses are made up from a number.
 */
final class Role {
    private static final LocalTime NOON = LocalTime.NOON;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    /** Before any order of any story. */
    private static final String LONG_AGO = "2023-01-01T12:00:00+08:00";

    private final String name;
    private final Map<String, Object> profile = new LinkedHashMap<>();
    private final Map<String, Boolean> consents = new LinkedHashMap<>();
    private final List<Order> orders = new ArrayList<>();
    private final List<Signal> signals = new ArrayList<>();
    private final List<String> described = new ArrayList<>();
    private String registered = LONG_AGO;
    private boolean phone = true;
    private boolean email;
    private int number;

    private record Order(String key, Instant at, boolean paid, Map<String, String> details) {}

    private record Signal(String event, Instant at, Map<String, Object> buyer) {}

    private Role(String name) {
        this.name = name;
        profile.put("language", "zh");
        profile.put("country", "CN");
        consents.put("sms", true);
    }

    /** Somebody with a phone, who agreed to marketing by SMS. */
    static Role of(String name) {
        return new Role(name);
    }

    /** Somebody of the core: bought often and dear until May 2026. */
    static Role core(String name) {
        Role core = new Role(name);
        for (int month = 1; month <= 6; month++) {
            core.bought("2026-0%d-01T1%d:00".formatted(Math.min(month, 5), month), "900.00");
        }
        return core;
    }

    /**
     * Has paid an order.
     *
     * @param when a date or a time in the store's zone
     * @param amount in major units
     * @param details pairs of name and value: {@code category}, {@code product}, {@code discount},
     *     {@code postage}, {@code refund}, {@code parcel}
     */
    Role bought(String when, String amount, String... details) {
        return order(when, amount, true, details);
    }

    /** Is known since a day, and has bought nothing. */
    Role registered(String when) {
        described.add("registered on " + when);
        registered = time(when).toString();
        return this;
    }

    /** Has placed an order and not paid it. */
    Role ordered(String when, String amount) {
        return order(when, amount, false);
    }

    /** Pays the order placed last. */
    Role pays() {
        Order last = orders.removeLast();
        orders.add(new Order(last.key, last.at, true, last.details));
        return this;
    }

    /** Something of the profile, as the canonical webhook names it. */
    Role with(String field, String value) {
        profile.put(field, value);
        described.add(field + " " + value);
        return this;
    }

    /** Something that the shop's trade knows. */
    Role having(String attribute, Object value) {
        profile.put("attributes", Map.of(attribute, value));
        described.add(attribute + " " + value);
        return this;
    }

    /** Has an email address too, and agreed to marketing there. */
    Role alsoByEmail() {
        email = true;
        consents.put("email", true);
        described.add("has an email address");
        return this;
    }

    /** Has an email address instead of a phone. */
    Role byEmailOnly() {
        phone = false;
        email = true;
        consents.clear();
        consents.put("email", true);
        described.add("has an email address and no phone");
        return this;
    }

    /** Is known by a social account alone. */
    Role unbound() {
        phone = false;
        consents.clear();
        described.add("has neither phone nor email address");
        return this;
    }

    /** Said no to marketing by SMS. */
    Role refusing() {
        consents.put("sms", false);
        described.add("said no to marketing");
        return this;
    }

    /** Never said anything of marketing. */
    Role silent() {
        consents.clear();
        described.add("was never asked about marketing");
        return this;
    }

    /** Was at the shop, without buying. */
    Role seen(String when) {
        described.add("logged in on " + when);
        signals.add(new Signal("member.active", time(when), Map.of()));
        return this;
    }

    /** Did something at the shop without buying: browsed, favourited, carted, asked, checked-in. */
    Role did(String act, String when) {
        described.add(act + " on " + when);
        signals.add(new Signal("member." + act, time(when), Map.of()));
        return this;
    }

    /**
     * Was given a tag, or had it taken away.
     *
     * @param by who says so, such as {@code operator:anna}
     */
    Role tagged(String when, String tag, boolean set, String by) {
        described.add("%s %s by %s on %s".formatted(set ? "tagged" : "untagged", tag, by, when));
        signals.add(
                new Signal(
                        "member.updated",
                        time(when),
                        Map.of("tags", List.of(Map.of("name", tag, "set", set, "by", by)))));
        return this;
    }

    /** Another event of theirs, as the storefront tells it. */
    Webhook told(Map<String, Object> event) {
        return webhook(event, Map.of());
    }

    /** Who plays it. */
    int number() {
        return number;
    }

    /** The part. */
    String name() {
        return name;
    }

    /** Who plays it from now on; from then it has addresses. */
    void played(int by) {
        number = by;
    }

    /** The phone. */
    String phone() {
        return "+86139%08d".formatted(number);
    }

    /** Where messages come to. */
    List<String> addresses() {
        List<String> addresses = new ArrayList<>();
        if (phone) {
            addresses.add(phone());
        }
        if (email) {
            addresses.add("person%d@example.com".formatted(number));
        }
        return addresses;
    }

    /** By which the system finds the member. */
    String identity() {
        if (phone) {
            return "phone:" + phone();
        }
        return email ? "email:" + addresses().getFirst() : "memberday:main:account-" + number;
    }

    /** What is known of them, in words. */
    String described() {
        List<String> words = new ArrayList<>(described);
        for (Order order : orders) {
            Map<String, String> details = new LinkedHashMap<>(order.details);
            words.add(
                    "%s %s on %s%s"
                            .formatted(
                                    order.paid ? "bought" : "ordered, unpaid,",
                                    details.remove("total"),
                                    details.remove("when"),
                                    details.isEmpty() ? "" : " " + details));
        }
        return words.isEmpty() ? "registered, bought nothing" : String.join(", ", words);
    }

    /** What the storefront tells of them. */
    List<Webhook> told(String currency) {
        List<Webhook> told = new ArrayList<>();
        if (orders.isEmpty()) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("event", "member.updated");
            body.put("at", registered);
            told.add(webhook(body, Map.of()));
        }
        orders.forEach(order -> told.add(told(order, currency)));
        for (Signal signal : signals) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("event", signal.event);
            body.put("at", signal.at.toString());
            told.add(webhook(body, signal.buyer));
        }
        return told;
    }

    private Role order(String when, String amount, boolean paid, String... pairs) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("total", amount);
        details.put("when", when);
        for (int i = 0; i < pairs.length; i += 2) {
            details.put(pairs[i], pairs[i + 1]);
        }
        orders.add(new Order("o" + orders.size(), time(when), paid, details));
        return this;
    }

    private static Instant time(String when) {
        LocalDateTime at =
                when.indexOf('T') < 0
                        ? LocalDate.parse(when).atTime(NOON)
                        : LocalDateTime.parse(when);
        return at.atZone(ZONE).toInstant();
    }

    private Webhook told(Order order, String currency) {
        Map<String, String> details = order.details;
        String total = String.valueOf(details.get("total"));
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("product", details.getOrDefault("product", "CL-1001"));
        line.put("category", details.getOrDefault("category", "毛巾"));
        line.put("quantity", 1);
        line.put("amount", total);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("number", "%d-%s".formatted(number, order.key));
        body.put("version", 1 + steps(order));
        body.put("currency", currency);
        body.put("total", total);
        for (String part : List.of("discount", "postage")) {
            if (details.containsKey(part)) {
                body.put(part, details.get(part));
            }
        }
        body.put("createdAt", order.at.toString());
        if (order.paid) {
            body.put("paidAt", order.at.toString());
        }
        body.put("lines", List.of(line));
        if (details.containsKey("parcel")) {
            body.put("shippedAt", order.at.plusSeconds(1).toString());
            body.put(
                    "parcels",
                    List.of(
                            Map.of(
                                    "carrier",
                                    "sf",
                                    "number",
                                    String.valueOf(details.get("parcel")))));
        }
        if (details.containsKey("refund")) {
            body.put(
                    "refunds",
                    List.of(
                            Map.of(
                                    "id", "r-" + order.key,
                                    "amount", String.valueOf(details.get("refund")),
                                    "at", order.at.toString())));
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", event(order));
        event.put("at", order.at.toString());
        event.put("order", body);
        return webhook(event, Map.of());
    }

    private static String event(Order order) {
        if (order.details.containsKey("refund")) {
            return "order.refunded";
        }
        if (order.details.containsKey("parcel")) {
            return "order.shipped";
        }
        return order.paid ? "order.paid" : "order.created";
    }

    private static int steps(Order order) {
        return (order.paid ? 1 : 0)
                + (order.details.containsKey("parcel") ? 1 : 0)
                + (order.details.containsKey("refund") ? 1 : 0);
    }

    private Webhook webhook(Map<String, Object> event, Map<String, Object> more) {
        Map<String, Object> buyer = new LinkedHashMap<>(profile);
        buyer.putAll(more);
        buyer.put("account", "account-" + number);
        if (phone) {
            buyer.put("phone", phone());
        }
        if (email) {
            buyer.put("email", addresses().getLast());
        }
        List<Map<String, Object>> said = new ArrayList<>();
        consents.forEach(
                (channel, granted) ->
                        said.add(
                                Map.of(
                                        "channel", channel,
                                        "kind", "marketing",
                                        "granted", granted,
                                        "at", LONG_AGO)));
        buyer.put("consents", said);
        Map<String, Object> body = new LinkedHashMap<>(event);
        body.put("shop", "main");
        body.put("buyer", buyer);
        return new Webhook(number, "memberday", "/webhooks/memberday", Map.of(), Json.write(body));
    }
}
