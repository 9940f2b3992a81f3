package io.memberday.desk;

import io.memberday.json.Fields;
import io.memberday.member.Member;
import io.memberday.money.Money;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.Reply;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** A member's orders with their parcels, the newest first, page by page (R11). */
public final class OrderHistory {
    static final String NEXT = "next";

    private static final String ORDERS = "orders";
    private static final String STATE = "state";
    private static final String TIMES = "times";
    private static final String UNKNOWN = "unknown";
    private static final int USUAL = 20;
    private static final int MOST = 50;

    private final DeskStore store;
    private final String currency;

    /**
     * @param currency the store's
     */
    public OrderHistory(DeskStore store, String currency) {
        this.store = store;
        this.currency = currency;
    }

    /**
     * Some orders of a member.
     *
     * @param orders the newest first
     * @param parcels those of the orders that are known
     * @param next after which the following page begins; empty after the last
     */
    record Page(List<Order> orders, Map<ParcelKey, Parcel> parcels, Optional<Place> next) {}

    /**
     * Answers {@code {"limit": 20, "after": cursor}}, both as wanted: {@code orders} and, if there
     * are more, {@code next}, to be given as {@code after}.
     *
     * @throws io.memberday.json.BadInput if there is no such page
     */
    public Map<String, Object> answer(Member member, Fields request) {
        request.only(Set.of("limit", "after"));
        int limit = Math.toIntExact(request.optionalWhole("limit", 1, MOST).orElse((long) USUAL));
        return written(page(member, Place.of(request, "after"), limit));
    }

    Page page(Member member, Optional<Place> after, int limit) {
        SortedSet<Place> places = new TreeSet<>();
        MemberView.names(member)
                .forEach(name -> places.addAll(store.places(name, after, limit + 1)));
        // The member itself knows open orders at once, the index a moment later.
        member.openOrders().forEach((order, since) -> places.add(new Place(since, order)));
        List<Place> left =
                places.stream()
                        .filter(place -> after.filter(last -> last.compareTo(place) >= 0).isEmpty())
                        .limit(limit + 1L)
                        .toList();
        List<Place> shown = left.subList(0, Math.min(limit, left.size()));
        Map<String, Order> known = store.orders(shown.stream().map(Place::order).toList());
        List<Order> orders =
                shown.stream()
                        .map(place -> known.get(place.order()))
                        .filter(Objects::nonNull)
                        .toList();
        Set<ParcelKey> parcels = new TreeSet<>();
        orders.forEach(order -> parcels.addAll(parcels(order)));
        return new Page(
                orders,
                store.parcels(parcels),
                left.size() > limit ? Optional.of(shown.getLast()) : Optional.empty());
    }

    Map<String, Object> written(Page page) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                ORDERS,
                page.orders().stream().map(order -> written(order, page.parcels())).toList());
        page.next().ifPresent(place -> answer.put(NEXT, place.cursor()));
        return answer;
    }

    static List<ParcelKey> parcels(Order order) {
        return order.facts().map(OrderFacts::parcels).orElse(List.of());
    }

    private Map<String, Object> written(Order order, Map<ParcelKey, Parcel> parcels) {
        Map<String, Object> row = new LinkedHashMap<>();
        Map<String, Object> times = new LinkedHashMap<>();
        for (Milestone milestone : Milestone.values()) {
            order.at(milestone).ifPresent(at -> times.put(milestone.key(), at.toString()));
        }
        row.put("order", order.key().toString());
        row.put(STATE, times.isEmpty() ? UNKNOWN : List.copyOf(times.keySet()).getLast());
        row.put(TIMES, times);
        row.put("total", money(order.totalMinor()));
        if (order.refundedMinor() > 0) {
            row.put("refunded", money(order.refundedMinor()));
        }
        order.review()
                .ifPresent(
                        review ->
                                row.put(
                                        "review",
                                        MemberView.row(
                                                "id",
                                                review.id(),
                                                "stars",
                                                review.stars(),
                                                "at",
                                                review.at())));
        if (!order.replies().isEmpty()) {
            row.put("replies", replies(order));
        }
        row.put("lines", lines(order));
        row.put(
                "parcels",
                parcels(order).stream()
                        .map(key -> written(parcels.getOrDefault(key, Parcel.unseen(key))))
                        .toList());
        return row;
    }

    private static List<Map<String, Object>> replies(Order order) {
        return order.replies().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparing(Reply::at)))
                .map(
                        reply ->
                                MemberView.row(
                                        "review",
                                        reply.getKey(),
                                        "at",
                                        reply.getValue().at(),
                                        "text",
                                        reply.getValue().text()))
                .toList();
    }

    List<Map<String, Object>> lines(Order order) {
        return order.facts().map(OrderFacts::lines).orElse(List.of()).stream()
                .map(this::written)
                .toList();
    }

    private Map<String, Object> written(Line line) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("product", line.product());
        row.put("title", line.title());
        row.put("quantity", line.quantity());
        row.put("amount", money(line.minor()));
        return row;
    }

    private static Map<String, Object> written(Parcel parcel) {
        Map<String, Object> row = new LinkedHashMap<>();
        Map<String, Object> times = new LinkedHashMap<>();
        for (ParcelStatus status : ParcelStatus.values()) {
            parcel.at(status).ifPresent(at -> times.put(status.key(), at.toString()));
        }
        row.put("parcel", parcel.key().toString());
        row.put(STATE, parcel.stands().map(standing -> standing.status().key()).orElse(UNKNOWN));
        row.put(TIMES, times);
        parcel.lastScan()
                .ifPresent(
                        scan ->
                                row.put(
                                        "lastScan",
                                        MemberView.row("at", scan.at(), "city", scan.city())));
        return row;
    }

    private String money(long minor) {
        return new Money(minor, currency).toString();
    }
}
