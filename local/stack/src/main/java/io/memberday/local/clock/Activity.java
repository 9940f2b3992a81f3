package io.memberday.local.clock;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Whether anything is still going on. Parts report each change here, so that nobody needs to sleep
 * to wait for one.
 */
public final class Activity {
    /** Something that can be at work. */
    @FunctionalInterface
    public interface Part {
        /** What it is doing, for people; empty when it is idle. */
        String doing();
    }

    private final List<Part> parts = new CopyOnWriteArrayList<>();

    // No monitor: virtual threads that come out of Object.wait can hold every carrier while the one
    // that has the monitor next waits for a carrier.
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private long changes;

    /** Counts a part in. */
    public void watch(Part part) {
        parts.add(part);
    }

    /** Says that a part began, ended or was given something. */
    public void changed() {
        lock.lock();
        try {
            changes++;
            change.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many changes there were so far: equal twice, nothing happened between. */
    public long changes() {
        lock.lock();
        try {
            return changes;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a change after a known one, or for so long.
     *
     * @param known what {@link #changes} said
     */
    public void awaitChange(long known, Duration longest) throws InterruptedException {
        long left = longest.toNanos();
        lock.lockInterruptibly();
        try {
            while (changes == known && left > 0) {
                left = change.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until every part is idle at one and the same time.
     *
     * @throws IllegalStateException if that takes longer than the deadline; it says who is at work
     */
    public void awaitQuiet(Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        while (true) {
            long before = changes();
            String doing = doing();
            // Work may pass from a part not yet asked to one already asked: then this counts on.
            if (doing.isEmpty() && changes() == before) {
                return;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException(
                        "still at work after " + deadline + ": " + (doing.isEmpty() ? "-" : doing));
            }
            try {
                awaitChange(before, Duration.ofNanos(left));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + doing, e);
            }
        }
    }

    private String doing() {
        return parts.stream()
                .map(Part::doing)
                .filter(doing -> !doing.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
