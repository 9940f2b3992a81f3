package io.memberday.campaign;

import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.parcel.ParcelKey;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Paid orders in memory. */
public final class InMemoryOrderIndex implements OrderIndex {
    private final ZoneId zone;
    private final List<Map.Entry<String, Order>> rows = new ArrayList<>();

    public InMemoryOrderIndex(ZoneId zone) {
        this.zone = zone;
    }

    /** Adds an order under a member's id. */
    public InMemoryOrderIndex put(String memberId, Order order) {
        rows.add(Map.entry(memberId, order));
        return this;
    }

    @Override
    public void paidOn(LocalDate day, BiConsumer<String, Order> each) {
        rows.stream()
                .filter(row -> paidDay(row.getValue()).equals(day))
                .forEach(row -> each.accept(row.getKey(), row.getValue()));
    }

    @Override
    public List<Order> of(String memberId) {
        return rows.stream()
                .filter(row -> row.getKey().equals(memberId))
                .map(Map.Entry::getValue)
                .toList();
    }

    private LocalDate paidDay(Order order) {
        return order.at(Milestone.PAID).orElseThrow().atZone(zone).toLocalDate();
    }

    /** A paid order of two pieces of one product. */
    public static Order order(String number, Instant paid, long minor) {
        return order(number, Map.of(Milestone.CREATED, paid, Milestone.PAID, paid), minor, 0);
    }

    /** The same, passed on to a carrier. */
    public static Order shipped(Order order, Instant at) {
        Map<Milestone, Instant> times = new EnumMap<>(order.facts().orElseThrow().times());
        times.put(Milestone.SHIPPED, at);
        return order(order.key().number(), times, order.totalMinor(), 0);
    }

    /** The same, of which an amount was refunded. */
    public static Order refunded(Order order, long minor) {
        return order(
                order.key().number(),
                order.facts().orElseThrow().times(),
                order.totalMinor(),
                minor);
    }

    private static Order order(
            String number, Map<Milestone, Instant> times, long minor, long refunded) {
        return new Order(
                new OrderKey("memberday", "shop", number),
                1,
                Optional.of(
                        new OrderFacts(
                                times,
                                minor,
                                List.of(new Line("QJ-4001", "", 2, minor, "床品")),
                                List.of(new ParcelKey("sf", "SF" + number)))),
                Map.of(),
                refunded == 0
                        ? Map.of()
                        : Map.of("r", new Refund(refunded, times.get(Milestone.PAID))));
    }
}
