package io.memberday.touch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rows of service touches in memory. */
public final class InMemoryServiceTouches {
    private final Map<String, ServiceTouch> rows;

    public InMemoryServiceTouches() {
        this(new TreeMap<>());
    }

    /**
     * @param rows that other stores may look at, too
     */
    public InMemoryServiceTouches(Map<String, ServiceTouch> rows) {
        this.rows = rows;
    }

    public synchronized void put(ServiceTouch touch) {
        rows.put(touch.id(), touch);
    }

    public synchronized Optional<ServiceTouch> find(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    /** Replaces a row that still is what was read. */
    public synchronized boolean replace(ServiceTouch read, ServiceTouch next) {
        return rows.replace(read.id(), read, next);
    }

    /** Takes a row away, as a payment does. */
    public synchronized void remove(String id) {
        rows.remove(id);
    }

    public synchronized List<ServiceTouch> all() {
        return List.copyOf(rows.values());
    }
}
