package io.memberday.ingest;

import io.memberday.order.Order;

import java.time.Instant;
import java.util.Optional;

/**
 * What a storefront tells, whatever platform it is.
 *
 * @param at when it was so, by the platform's clock
 * @param order the state that the event carries; absent if it is about a person alone
 * @param buyer the person
 */
public record OrderEvent(Instant at, Optional<Order> order, Buyer buyer) {
    public OrderEvent {
        at = Instant.ofEpochSecond(at.getEpochSecond());
    }
}
