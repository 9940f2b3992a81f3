package io.memberday.simulation;

import io.memberday.MovableClock;

import java.io.Serial;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Time and turns of one world. Invocations run one at a time, each on a thread of its own, and hand
 * over only at port calls; whose turn comes next is drawn from the seed, so that every interleaving
 * of calls can come and a failing one comes again. Time passes with the steps, and leaps when
 * nobody has anything to do.
 */
final class Stage {
    private static final int MOST_STEP_MILLIS = 120;
    private static final int MOST_SLOW_MILLIS = 15_000;
    private static final int MOST_SKEW_MILLIS = 1_500;

    private final Random random;
    private final MovableClock clock;
    private final Trace trace;
    private final List<Invocation> awake = new ArrayList<>();
    private final PriorityQueue<Invocation> asleep =
            new PriorityQueue<>((a, b) -> earlier(a.wakeAt, a.number, b.wakeAt, b.number));
    private final PriorityQueue<Cue> agenda =
            new PriorityQueue<>((a, b) -> earlier(a.at(), a.number(), b.at(), b.number()));
    private final Semaphore back = new Semaphore(0);
    private Invocation current;
    private Weather weather = Weather.CALM;
    private int numbers;
    private Duration jumped = Duration.ZERO;

    private record Cue(Instant at, int number, Runnable happens) {}

    /** Thrown where an invocation's process dies. */
    static final class Killed extends Error {
        @Serial private static final long serialVersionUID = 1;

        Killed() {
            super("killed", null, false, false);
        }
    }

    private static final class Invocation {
        private final Semaphore turn = new Semaphore(0);
        private final String name;
        private final int number;
        private final Instant end;
        private final Duration skew;
        private final Consumer<Throwable> after;
        private Thread thread;
        private Instant wakeAt;
        private boolean ended;
        private Throwable failure;

        Invocation(String name, int number, Instant end, Duration skew, Consumer<Throwable> after) {
            this.name = name;
            this.number = number;
            this.end = end;
            this.skew = skew;
            this.after = after;
        }
    }

    Stage(Random random, MovableClock clock, Trace trace) {
        this.random = random;
        this.clock = clock;
        this.trace = trace;
    }

    private static int earlier(Instant a, int number, Instant b, int other) {
        int byTime = a.compareTo(b);
        return byTime == 0 ? Integer.compare(number, other) : byTime;
    }

    void weather(Weather next) {
        weather = next;
    }

    Instant now() {
        return clock.instant();
    }

    /** The clock as the invocation's machine shows it: none shows quite the same. */
    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return current == null ? now() : now().plus(current.skew);
            }

            @Override
            public ZoneId getZone() {
                return clock.getZone();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return clock.withZone(zone);
            }
        };
    }

    /** Lets something happen at a time, between any two steps. */
    void at(Instant time, Runnable happens) {
        agenda.add(new Cue(time, numbers++, happens));
    }

    /** Lets something happen so much later. */
    void after(Duration time, Runnable happens) {
        at(now().plus(time), happens);
    }

    /** Puts all clocks forward or back. */
    void jump(Duration by) {
        trace.add("clock", "jumps by " + by);
        clock.advance(by);
        jumped = jumped.plus(by);
    }

    /** The time that has passed, whatever clocks were put to. */
    Duration elapsed() {
        return Duration.between(Story.BEGINS, now()).minus(jumped);
    }

    /**
     * Starts an invocation.
     *
     * @param life after which it is killed
     * @param after told how it ended: by nothing, a failure or {@link Killed}
     */
    void start(String name, Duration life, Runnable work, Consumer<Throwable> after) {
        Duration skew = Duration.ofMillis(random.nextInt(2 * MOST_SKEW_MILLIS) - MOST_SKEW_MILLIS);
        Invocation invocation =
                new Invocation(name + " " + numbers, numbers++, now().plus(life), skew, after);
        invocation.thread =
                Thread.ofVirtual()
                        .unstarted(
                                () -> {
                                    try {
                                        work.run();
                                    } catch (Throwable e) {
                                        // Kept for whoever asked for the invocation: kills are
                                        // Errors, too.
                                        invocation.failure = e;
                                    }
                                    invocation.ended = true;
                                    back.release();
                                });
        awake.add(invocation);
    }

    /** How long the invocation may still live. */
    Duration left() {
        return Duration.between(now(), current.end);
    }

    /** A moment at which the process may die and others may be quicker. */
    void step(String call) {
        Invocation me = current;
        if (me == null) {
            return;
        }
        trace.add(me.name, call);
        clock.advance(Duration.ofMillis(random.nextInt(MOST_STEP_MILLIS)));
        double dice = random.nextDouble();
        if (dice < weather.kill()) {
            trace.add(me.name, "dies");
            throw new Killed();
        }
        if (1 - dice < weather.slow()) {
            sleep(Duration.ofMillis(random.nextInt(MOST_SLOW_MILLIS)));
        } else if (isDue() || awake.size() > 1 && random.nextBoolean()) {
            handOver(me);
        }
        if (now().isAfter(me.end)) {
            trace.add(me.name, "is out of time");
            throw new Killed();
        }
    }

    /** The invocation waits, and others go on. */
    void sleep(Duration time) {
        Invocation me = current;
        if (me == null) {
            clock.advance(time);
            return;
        }
        me.wakeAt = now().plus(time);
        awake.remove(me);
        asleep.add(me);
        handOver(me);
        if (now().isAfter(me.end)) {
            trace.add(me.name, "is out of time, asleep");
            throw new Killed();
        }
    }

    private void handOver(Invocation me) {
        back.release();
        me.turn.acquireUninterruptibly();
    }

    private boolean isDue() {
        Instant now = now();
        return !agenda.isEmpty() && !agenda.peek().at().isAfter(now)
                || !asleep.isEmpty() && !asleep.peek().wakeAt.isAfter(now);
    }

    /** Goes on until nothing is left to happen, or nothing before a time. */
    void play(Instant until) {
        while (true) {
            begin();
            if (awake.isEmpty()) {
                Instant next = next();
                if (next.isAfter(until)) {
                    return;
                }
                if (next.isAfter(now())) {
                    clock.set(next);
                }
            } else {
                resume(awake.get(random.nextInt(awake.size())));
            }
        }
    }

    private void begin() {
        while (!asleep.isEmpty() && !asleep.peek().wakeAt.isAfter(now())) {
            awake.add(asleep.poll());
        }
        while (!agenda.isEmpty() && !agenda.peek().at().isAfter(now())) {
            agenda.poll().happens().run();
        }
    }

    private Instant next() {
        Instant cue = agenda.isEmpty() ? Instant.MAX : agenda.peek().at();
        Instant wake = asleep.isEmpty() ? Instant.MAX : asleep.peek().wakeAt;
        return cue.isBefore(wake) ? cue : wake;
    }

    private void resume(Invocation next) {
        current = next;
        if (next.thread.getState() == Thread.State.NEW) {
            next.thread.start();
        } else {
            next.turn.release();
        }
        back.acquireUninterruptibly();
        current = null;
        if (next.ended) {
            awake.remove(next);
            if (next.failure != null) {
                trace.add(next.name, "failed: " + next.failure);
            }
            if (next.failure instanceof AssertionError broken) {
                throw broken;
            }
            next.after.accept(next.failure);
        }
    }
}
