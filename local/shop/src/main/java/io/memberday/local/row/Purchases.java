package io.memberday.local.row;

import io.memberday.local.storefront.Webhook;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The purchases that can be replayed: what storefront and carrier tell on which day. */
final class Purchases {
    private static final String CITY = "上海市";
    private static final int SIGNS = 3;

    private static final Map<String, Consumer<Purchases>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("kept", Purchases::kept);
        KINDS.put("repurchased", Purchases::repurchased);
        KINDS.put("gift", Purchases::gift);
        KINDS.put("bad-review", Purchases::badReview);
        KINDS.put("silent", Purchases::silent);
        KINDS.put("unpaid", Purchases::unpaid);
        KINDS.put("refunded", Purchases::refunded);
    }

    private final LocalDate first;
    private final ZoneId zone;
    private final List<Event> events = new ArrayList<>();
    private Role buyer = Role.of("buyer").with("city", CITY).with("name", "林小雨").alsoByEmail();
    private Trade order = Trade.of(buyer, "a", "299.00").about("QJ-4001", "床品");

    /**
     * Something that the shop hears.
     *
     * @param at when, and as of when
     * @param what in words
     * @param told by the storefront or the carrier
     */
    record Event(Instant at, String what, Function<Instant, Webhook> told) {}

    private Purchases(LocalDate first, ZoneId zone) {
        this.first = first;
        this.zone = zone;
    }

    /** The kinds of purchases. */
    static List<String> kinds() {
        return List.copyOf(KINDS.keySet());
    }

    /** A purchase of a kind that begins on a day. */
    static Purchases of(String kind, LocalDate first, ZoneId zone) {
        Purchases purchase = new Purchases(first, zone);
        KINDS.get(kind).accept(purchase);
        purchase.events.sort(Comparator.comparing(Event::at));
        return purchase;
    }

    Role buyer() {
        return buyer;
    }

    /** What happens on a day, in its sequence. */
    List<Event> events(LocalDate date) {
        return events.stream()
                .filter(event -> event.at().atZone(zone).toLocalDate().equals(date))
                .toList();
    }

    private void kept() {
        pays();
        arrives();
        on(8, "10:00", "confirms the receipt", order::confirmed);
        on(11, "20:00", "reviews with five stars", at -> order.reviewed(at, 5));
    }

    private void repurchased() {
        kept();
        Trade second = Trade.of(buyer, "b", "199.00").about("CL-1201", "家居服");
        on(20, "13:00", "buys again for 199.00", second::paid);
        on(20, "17:00", "it is shipped", second::shipped);
        on(22, "11:00", "it is signed for", at -> second.scanned("signed", at, CITY));
    }

    private void gift() {
        buyer =
                Role.of("buyer of gifts")
                        .with("city", CITY)
                        .with("name", "林小雨")
                        .tagged("2026-11-01", "gift-buyer", true, "operator:anna");
        order = Trade.of(buyer, "a", "299.00").about("LH-5001", "礼盒");
        pays();
        arrives();
    }

    private void badReview() {
        pays();
        arrives();
        on(5, "21:00", "reviews with two stars", at -> order.reviewed(at, 2));
    }

    private void silent() {
        pays();
        on(1, "08:00", "the parcel is in 南京市", at -> order.scanned("in_transit", at, "南京市"));
    }

    private void unpaid() {
        on(0, "10:20", "orders for 299.00", order::placed);
        on(SIGNS, "10:20", "the shop closes the order", order::closed);
    }

    private void refunded() {
        pays();
        arrives();
        on(6, "15:00", "gets it all back", at -> order.refunded(at, "299.00"));
    }

    private void pays() {
        on(0, "10:20", "orders for 299.00", order::placed);
        on(0, "12:05", "pays", order::paid);
        on(0, "15:00", "it is shipped", order::shipped);
    }

    private void arrives() {
        on(1, "08:00", "the parcel is in 南京市", at -> order.scanned("in_transit", at, "南京市"));
        on(2, "09:00", "it is in 苏州市", at -> order.scanned("in_transit", at, "苏州市"));
        on(SIGNS, "09:00", "it reaches 上海市", at -> order.scanned("arrived", at, CITY));
        on(SIGNS, "16:00", "it is signed for", at -> order.scanned("signed", at, CITY));
    }

    private void on(int day, String time, String what, Function<Instant, Webhook> told) {
        Instant at = first.plusDays(day).atTime(LocalTime.parse(time)).atZone(zone).toInstant();
        events.add(new Event(at, what, told));
    }
}
