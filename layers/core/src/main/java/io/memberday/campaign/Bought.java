package io.memberday.campaign;

import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.money.Money;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.playbook.Coupon;
import io.memberday.touch.TouchMessage;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a member of an audience over orders is written to about, as it was when the run was planned
 * (P5): the newest of the orders that made them one of it, how many these are, and their sum.
 *
 * @param order {@code source:shop:number}
 * @param count how many orders
 * @param minor what was paid for them in all, minor units
 * @param worth of the coupon that the message issues about them, minor units; 0 if it issues none
 */
public record Bought(String order, int count, long minor, long worth) {
    /** How many orders there are, in a text. */
    public static final String ORDERS = "orders";

    /** The variables of a text about orders. */
    public static final Set<String> NAMES = Set.of(TouchMessage.ORDER, TouchMessage.AMOUNT, ORDERS);

    private static final String BETWEEN = "\t";
    private static final int WITHOUT_WORTH = 3;
    private static final long SAMPLE_WORTH = 4_000;

    /**
     * All of a member's orders together; there is one at least.
     *
     * @param issues the coupon that the campaign issues
     */
    static Bought of(List<Order> orders, Optional<Coupon> issues) {
        Order newest =
                orders.stream()
                        .max(
                                Comparator.comparing(
                                                (Order order) ->
                                                        order.at(Milestone.PAID).orElseThrow())
                                        .thenComparing(Order::key))
                        .orElseThrow();
        return new Bought(
                newest.key().toString(),
                orders.size(),
                orders.stream().mapToLong(Order::totalMinor).sum(),
                issues.map(coupon -> coupon.worth(orders)).orElse(0L));
    }

    /** A member's last purchase, to show a text with; of one without purchases it is made up. */
    public static Bought sample(Member member) {
        return member.purchases().recent().stream()
                .max(Comparator.comparing(Purchase::paidAt))
                .map(purchase -> new Bought(purchase.order(), 1, purchase.minor(), SAMPLE_WORTH))
                .orElse(new Bought("memberday:shop:2026111100421733", 1, 12_800, SAMPLE_WORTH));
    }

    /** Reads {@link #toString}. */
    public static Bought parse(String text) {
        String[] parts = text.split(BETWEEN);
        return new Bought(
                parts[0],
                Integer.parseInt(parts[1]),
                Long.parseLong(parts[2]),
                parts.length > WITHOUT_WORTH ? Long.parseLong(parts[WITHOUT_WORTH]) : 0);
    }

    /** As a batch's row keeps it. */
    @Override
    public String toString() {
        return order + BETWEEN + count + BETWEEN + minor + (worth == 0 ? "" : BETWEEN + worth);
    }

    /** As a text shows it. */
    public Map<String, String> variables(String currency, String language) {
        return Map.of(
                TouchMessage.ORDER,
                OrderKey.of(order).number(),
                TouchMessage.AMOUNT,
                TouchMessage.amount(new Money(minor, currency), language),
                ORDERS,
                Integer.toString(count));
    }
}
