package io.memberday.touch;

import io.memberday.member.Member;
import io.memberday.order.Order;

import java.util.Optional;

/**
 * Service touches as the sender sees them, with the orders that they are about. Reads are strong.
 */
public interface ServiceTouchStore {

    /** A touch as it is now; nothing if it never was, or went with what made it pointless. */
    Optional<ServiceTouch> find(String touchpoint, String subject);

    /**
     * What a touch is about.
     *
     * @param version of the order's row
     */
    record About(Order order, long version) {}

    /** The order of this key, {@code source:shop:number}. */
    Optional<About> order(String key);

    /**
     * Claims a touch, in one transaction: it is in the state and by the claim that were read, and
     * member and order still are what the decision rested on (P4).
     *
     * @return false if any of it no longer holds: then nothing is changed
     */
    boolean claim(ServiceTouch read, ServiceTouch claimed, Member member, About about);

    /**
     * Writes how a touch goes on or how it ended.
     *
     * @return false if its state or claim is not the one that was read: then nothing is changed
     */
    boolean replace(ServiceTouch read, ServiceTouch next);
}
