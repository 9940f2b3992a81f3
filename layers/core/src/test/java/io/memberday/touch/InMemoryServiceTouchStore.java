package io.memberday.touch;

import io.memberday.member.Member;
import io.memberday.order.Order;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Service touches as the sender sees them, in memory, with the orders that they are about. */
public final class InMemoryServiceTouchStore implements ServiceTouchStore {
    private final InMemoryServiceTouches touches;
    private final InMemoryClaimStore members;
    private final Map<String, About> orders = new TreeMap<>();

    public InMemoryServiceTouchStore(InMemoryServiceTouches touches, InMemoryClaimStore members) {
        this.touches = touches;
        this.members = members;
    }

    /** Writes an order with a new version. */
    public synchronized void put(Order order) {
        String key = order.key().toString();
        long version = order(key).map(About::version).orElse(0L);
        orders.put(key, new About(order, version + 1));
    }

    @Override
    public synchronized Optional<ServiceTouch> find(String touchpoint, String subject) {
        return touches.find(ServiceTouch.id(touchpoint, subject));
    }

    @Override
    public synchronized Optional<About> order(String key) {
        return Optional.ofNullable(orders.get(key));
    }

    @Override
    public synchronized boolean claim(
            ServiceTouch read, ServiceTouch claimed, Member member, About about) {
        boolean holds =
                members.member(member.id())
                                .filter(now -> now.version() == member.version())
                                .isPresent()
                        && order(about.order().key().toString())
                                .filter(now -> now.version() == about.version())
                                .isPresent();
        return holds && replace(read, claimed);
    }

    @Override
    public synchronized boolean replace(ServiceTouch read, ServiceTouch next) {
        Optional<ServiceTouch> now =
                touches.find(read.id())
                        .filter(touch -> touch.state() == read.state())
                        .filter(touch -> Objects.equals(touch.claim(), read.claim()));
        return now.isPresent() && touches.replace(now.get(), next);
    }
}
