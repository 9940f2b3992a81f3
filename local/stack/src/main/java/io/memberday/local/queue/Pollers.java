package io.memberday.local.queue;

import io.memberday.local.clock.Activity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Threads that work while there is work, and wait for news while there is none. */
final class Pollers implements AutoCloseable {
    /** How long to wait for news before a look anew, in real time. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final BooleanSupplier work;
    private final Supplier<Optional<Instant>> next;
    private final InstantSource clock;
    private final Activity activity;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean open = true;

    /**
     * @param work does one piece of work and says whether there was one
     * @param next when the next piece is due, by the clock
     */
    Pollers(
            BooleanSupplier work,
            Supplier<Optional<Instant>> next,
            InstantSource clock,
            Activity activity) {
        this.work = work;
        this.next = next;
        this.clock = clock;
        this.activity = activity;
    }

    void start(String name, int count) {
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().name(name + "-" + i).start(this::poll));
        }
    }

    /** Returns when the work that is under way is done. */
    @Override
    public void close() {
        open = false;
        activity.changed();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void poll() {
        while (open) {
            long known = activity.changes();
            if (!work.getAsBoolean()) {
                try {
                    activity.awaitChange(known, untilNext());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private Duration untilNext() {
        Instant now = clock.instant();
        return next.get()
                .map(at -> Duration.between(now, at).plusMillis(1))
                .filter(wait -> wait.isPositive() && wait.compareTo(LONGEST_WAIT) < 0)
                .orElse(LONGEST_WAIT);
    }
}
