package io.memberday.result;

import java.time.Instant;
import java.time.LocalDate;
import java.util.function.Consumer;

/** Orders by the day on which they were paid. */
@FunctionalInterface
public interface PaidOrders {

    /**
     * @param key {@code source:shop:number}
     * @param memberId as the order knows it; the member may have been merged since
     * @param paidAt whole seconds
     * @param keptMinor what was paid less what was refunded, minor units; 0 if refunded in full
     */
    record PaidOrder(String key, String memberId, Instant paidAt, long keptMinor) {}

    /** Hands over each order paid on a day of the store's zone, in no order. */
    void on(LocalDate day, Consumer<PaidOrder> each);
}
