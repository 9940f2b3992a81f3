package io.memberday.event;

import java.util.ArrayList;
import java.util.List;

/** A bus that keeps what was put on it. */
public final class InMemoryEventBus implements EventBus {
    private final List<BusEvent> events = new ArrayList<>();

    @Override
    public synchronized void put(List<BusEvent> more) {
        events.addAll(more);
    }

    /** All events so far. */
    public synchronized List<BusEvent> events() {
        return List.copyOf(events);
    }

    /** All events so far, which are then gone: a queue's consumer took them. */
    public synchronized List<BusEvent> take() {
        List<BusEvent> taken = List.copyOf(events);
        events.clear();
        return taken;
    }
}
