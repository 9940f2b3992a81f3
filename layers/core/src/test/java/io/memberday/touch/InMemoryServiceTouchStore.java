package io.memberday.touch;

import io.memberday.fault.Guard;
import io.memberday.fault.Guards;
import io.memberday.ingest.OrderRow;
import io.memberday.member.Member;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.touch.ServiceTouch.Owner;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Service touches as the sender sees them, in memory, with the orders that they are about. */
public final class InMemoryServiceTouchStore implements ServiceTouchStore {
    private final InMemoryServiceTouches touches;
    private final InMemoryClaimStore members;
    private final Map<OrderKey, OrderRow> orders;
    private final Guards guards;

    public InMemoryServiceTouchStore(InMemoryServiceTouches touches, InMemoryClaimStore members) {
        this(touches, members, new HashMap<>(), Guards.intact());
    }

    /**
     * @param orders that other stores may look at, too
     */
    public InMemoryServiceTouchStore(
            InMemoryServiceTouches touches,
            InMemoryClaimStore members,
            Map<OrderKey, OrderRow> orders,
            Guards guards) {
        this.touches = touches;
        this.members = members;
        this.orders = orders;
        this.guards = guards;
    }

    /** Writes an order with a new version. */
    public synchronized void put(Order order) {
        long version = order(order.key().toString()).map(About::version).orElse(0L);
        orders.put(order.key(), new OrderRow(order, version + 1, Optional.empty(), 0, 0));
    }

    @Override
    public synchronized Optional<ServiceTouch> find(String touchpoint, String subject) {
        return touches.find(ServiceTouch.id(touchpoint, subject));
    }

    @Override
    public synchronized Optional<About> order(String key) {
        return Optional.ofNullable(orders.get(OrderKey.of(key)))
                .map(row -> new About(row.order(), row.version()));
    }

    @Override
    public synchronized boolean claim(
            ServiceTouch read, ServiceTouch claimed, Member member, About about) {
        boolean holds =
                guards.hold(
                                Guard.TOUCH_MEMBER,
                                members.member(member.id())
                                        .filter(now -> now.version() == member.version())
                                        .isPresent())
                        && guards.hold(
                                Guard.TOUCH_ORDER,
                                order(about.order().key().toString())
                                        .filter(now -> now.version() == about.version())
                                        .isPresent());
        return holds && replace(read, claimed);
    }

    @Override
    public synchronized boolean replace(ServiceTouch read, ServiceTouch next) {
        boolean free = touches.find(read.id()).filter(now -> isAs(now, read)).isPresent();
        boolean may = guards.hold(Guard.TOUCH_FREE, free);
        if (may) {
            touches.put(next);
        }
        return may;
    }

    private static boolean isAs(ServiceTouch now, ServiceTouch read) {
        return now.state() == read.state()
                && now.claim().map(Owner::nonce).equals(read.claim().map(Owner::nonce));
    }
}
