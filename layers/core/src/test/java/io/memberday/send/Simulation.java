package io.memberday.send;

import io.memberday.MovableClock;

import java.io.Serial;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Runs several invocations as if at once: one step at a time, the next one's turn drawn from a
 * seed, so that every interleaving of port calls can come and a failing one comes again. Between
 * any two calls an invocation may be killed, before the call has its effect or after; its time may
 * run out; and a write may be repeated as the SDK does when an answer is lost.
 */
final class Simulation {
    /** Writes that carry a condition of their own and no token: the SDK sends them again as is. */
    private static final Set<String> RETRIED = Set.of("claim", "release", "record", "giveBack");

    private final Random random;
    private final MovableClock clock;
    private final List<Invocation> running = new ArrayList<>();
    private final Semaphore stepped = new Semaphore(0);
    private final ThreadLocal<Invocation> self = new ThreadLocal<>();
    private double killed;
    private double retried;

    /** Thrown where an invocation ends before its time. */
    static final class Killed extends Error {
        @Serial private static final long serialVersionUID = 1;
    }

    private static final class Invocation {
        private final Semaphore turn = new Semaphore(0);
        private final Instant end;
        private volatile boolean ended;
        private volatile Throwable failure;

        Invocation(Instant end) {
            this.end = end;
        }
    }

    Simulation(Random random, MovableClock clock) {
        this.random = random;
        this.clock = clock;
    }

    /** How likely each step is the last one, and each write is sent twice. */
    void faults(double kills, double retries) {
        killed = kills;
        retried = retries;
    }

    /** Starts an invocation that may live for so long; it waits for its turn. */
    void start(Duration life, Consumer<TimeLeft> work) {
        Invocation invocation = new Invocation(clock.instant().plus(life));
        running.add(invocation);
        Thread.ofVirtual()
                .start(
                        () -> {
                            self.set(invocation);
                            invocation.turn.acquireUninterruptibly();
                            try {
                                work.accept(
                                        () -> Duration.between(clock.instant(), invocation.end));
                            } catch (Killed e) {
                                // What it left behind is what the test is about.
                                invocation.failure = null;
                            } catch (Throwable e) {
                                // Thrown where the test waits, assertions included.
                                invocation.failure = e;
                            } finally {
                                invocation.ended = true;
                                stepped.release();
                            }
                        });
    }

    /**
     * Runs all that was started to its end.
     *
     * @param between happens after each step: what other functions do meanwhile
     */
    void run(Runnable between) {
        while (!running.isEmpty()) {
            Invocation next = running.get(random.nextInt(running.size()));
            next.turn.release();
            stepped.acquireUninterruptibly();
            if (next.ended) {
                running.remove(next);
                if (next.failure != null) {
                    throw new AssertionError("an invocation failed", next.failure);
                }
            }
            clock.advance(Duration.ofMillis(random.nextInt(400)));
            between.run();
        }
    }

    /** A port at whose calls others may come in between. */
    <T> T port(Class<T> port, T real) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (proxy, method, arguments) -> {
                            step();
                            try {
                                Object answer = method.invoke(real, arguments);
                                if (RETRIED.contains(method.getName())
                                        && random.nextDouble() < retried) {
                                    answer = method.invoke(real, arguments);
                                }
                                step();
                                return answer;
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    private void step() {
        Invocation invocation = self.get();
        if (invocation == null) {
            return;
        }
        stepped.release();
        invocation.turn.acquireUninterruptibly();
        if (!clock.instant().isBefore(invocation.end) || random.nextDouble() < killed) {
            throw new Killed();
        }
    }
}
