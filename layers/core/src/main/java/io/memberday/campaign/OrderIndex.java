package io.memberday.campaign;

import io.memberday.order.Order;

import java.time.LocalDate;
import java.util.List;
import java.util.function.BiConsumer;

/** Paid orders, by the day of their payment and by their buyer. */
public interface OrderIndex {

    /**
     * Hands over each order that was paid on a day of the store's zone, in no order, with its
     * buyer's id: as the order knows it, the member may have been merged since. It hands over all
     * of them or fails.
     */
    void paidOn(LocalDate day, BiConsumer<String, Order> each);

    /** All orders that stand under a member's id. */
    List<Order> of(String memberId);
}
