package io.memberday.playbook;

import io.memberday.order.Order;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A coupon of {@code benefits.yaml} that campaigns and touchpoints may issue, each time under a
 * code of its own (R26, R27). It is worth the same for everybody, or what somebody paid above some
 * prices.
 *
 * @param id names it
 * @param minor what it takes off, minor units; 0 if that follows from orders
 * @param overMinor from which order on it holds; 0 for every order
 * @param downTo prices by product, minor units: it is worth what was paid above them; empty if it
 *     is worth the same for everybody
 * @param validFor how long after it was issued, to the end of that day
 * @param once whether a member gets one of the kind and never another: who issues it again tells of
 *     the same while it holds, and nothing once it is over
 */
public record Coupon(
        String id,
        long minor,
        long overMinor,
        Map<String, Long> downTo,
        Duration validFor,
        boolean once) {

    public Coupon {
        downTo = Map.copyOf(downTo);
    }

    /** One for each run or order that issues it. */
    public Coupon(
            String id, long minor, long overMinor, Map<String, Long> downTo, Duration validFor) {
        this(id, minor, overMinor, downTo, validFor, false);
    }

    /** Whether it is worth what somebody paid above some prices. */
    public boolean isDifference() {
        return !downTo.isEmpty();
    }

    /** What it is worth to the buyer of orders, minor units; never more than they kept of them. */
    public long worth(List<Order> orders) {
        return isDifference() ? orders.stream().mapToLong(this::difference).sum() : minor;
    }

    private long difference(Order order) {
        long above =
                order.facts().stream()
                        .flatMap(facts -> facts.lines().stream())
                        .filter(line -> downTo.containsKey(line.product()))
                        .mapToLong(
                                line -> line.minor() - downTo.get(line.product()) * line.quantity())
                        .filter(difference -> difference > 0)
                        .sum();
        return Math.min(above, order.totalMinor() - order.refundedMinor());
    }
}
