package io.memberday.release;

import io.memberday.MovableClock;

import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The machine on which the clock ticks: its calls take time, and it may die at any of them. */
final class Machine implements SideBySide {
    /** Milliseconds that calls take within a region. */
    static final long QUERY = 8;

    static final long UPDATE = 6;
    static final long PUT = 15;

    private final MovableClock clock;
    private final int lanes;
    private final int slower;
    private long spent;
    private boolean aside;
    private int callsToLive = Integer.MAX_VALUE;

    /** Thrown where it dies. */
    static final class Died extends RuntimeException {
        @Serial private static final long serialVersionUID = 1;
    }

    /**
     * @param lanes calls at once
     * @param slower how many times as long as usual calls take
     */
    Machine(Instant now, int lanes, int slower) {
        clock = new MovableClock(now);
        this.lanes = lanes;
        this.slower = slower;
    }

    Clock clock() {
        return clock;
    }

    /** Waits for a time that has not passed yet. */
    void sleepUntil(Instant time) {
        if (time.isAfter(clock.instant())) {
            clock.set(time);
        }
    }

    /** Dies at a call from now on. */
    void diesAfter(int calls) {
        callsToLive = calls;
    }

    /** A call takes its time. */
    void takes(long millis) {
        if (aside) {
            spent += millis * slower;
        } else {
            clock.advance(Duration.ofMillis(millis * slower));
        }
    }

    void mayDie() {
        if (--callsToLive == 0) {
            throw new Died();
        }
    }

    @Override
    public <T> List<T> all(List<Supplier<T>> calls) {
        aside = true;
        spent = 0;
        try {
            List<T> answers = new ArrayList<>();
            calls.forEach(call -> answers.add(call.get()));
            return answers;
        } finally {
            aside = false;
            clock.advance(Duration.ofMillis(Math.ceilDiv(spent, lanes)));
        }
    }

    /** A port each of whose calls takes so long. */
    <T> T slow(Class<T> port, T real, long millis) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (proxy, method, arguments) -> {
                            takes(millis);
                            try {
                                return method.invoke(real, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }
}
