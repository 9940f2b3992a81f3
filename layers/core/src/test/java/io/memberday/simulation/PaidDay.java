package io.memberday.simulation;

import io.memberday.campaign.OrderIndex;
import io.memberday.fault.Guard;
import io.memberday.fault.Guards;
import io.memberday.ingest.InMemoryIngestStore;
import io.memberday.ingest.OrderRow;
import io.memberday.order.Milestone;
import io.memberday.order.Order;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;

/** The orders of a world's tables by the day of their payment, and by who paid. */
final class PaidDay implements OrderIndex {
    private final InMemoryIngestStore rows;
    private final Guards guards;
    private final ZoneId zone;

    PaidDay(InMemoryIngestStore rows, Guards guards, ZoneId zone) {
        this.rows = rows;
        this.guards = guards;
        this.zone = zone;
    }

    @Override
    public void paidOn(LocalDate day, BiConsumer<String, Order> each) {
        List<OrderRow> paid = new ArrayList<>(all(day));
        if (!paid.isEmpty() && guards.hold(Guard.ALL_PAID, false)) {
            paid.removeLast();
        }
        paid.forEach(row -> each.accept(row.memberId().orElseThrow(), row.order()));
    }

    /** All rows of a day, whatever the guards. */
    List<OrderRow> all(LocalDate day) {
        return rows.orders.values().stream()
                .filter(row -> row.memberId().isPresent())
                .filter(row -> paidOn(row.order(), day))
                .sorted(Comparator.comparing(row -> row.order().key()))
                .toList();
    }

    @Override
    public List<Order> of(String memberId) {
        return rows.orders.values().stream()
                .filter(row -> row.memberId().filter(memberId::equals).isPresent())
                .map(OrderRow::order)
                .sorted(Comparator.comparing(Order::key))
                .toList();
    }

    private boolean paidOn(Order order, LocalDate day) {
        return order.at(Milestone.PAID)
                .filter(at -> at.atZone(zone).toLocalDate().equals(day))
                .isPresent();
    }
}
