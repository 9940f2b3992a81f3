package io.memberday.simulation;

import io.memberday.fault.Guards;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Plays worlds side by side, as many as there are processors. */
final class Seeds {
    private static final int MOST_FAILURES = 5;

    private Seeds() {}

    /** A world in which a promise did not hold, or something broke. */
    record Failure(long seed, Throwable cause) {}

    /**
     * Plays worlds, and stops early where several fail.
     *
     * @param after looks at each world that came through
     */
    static List<Failure> play(long from, long count, Consumer<World> after) {
        AtomicLong next = new AtomicLong(from);
        AtomicInteger failed = new AtomicInteger();
        ConcurrentLinkedQueue<Failure> failures = new ConcurrentLinkedQueue<>();
        int players = Runtime.getRuntime().availableProcessors();
        CountDownLatch done = new CountDownLatch(players);
        for (int player = 0; player < players; player++) {
            // A world's invocations are virtual threads: its player had better be one, too.
            Thread.ofVirtual()
                    .start(
                            () -> {
                                long seed = next.getAndIncrement();
                                while (seed < from + count && failed.get() < MOST_FAILURES) {
                                    try {
                                        World world = new World(seed, Guards.intact(), false);
                                        world.play();
                                        after.accept(world);
                                    } catch (Throwable e) {
                                        // A promise missed is an Error; it fails this seed, not the
                                        // rest.
                                        failed.incrementAndGet();
                                        failures.add(new Failure(seed, e));
                                    }
                                    seed = next.getAndIncrement();
                                }
                                done.countDown();
                            });
        }
        try {
            done.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return failures.stream().toList();
    }
}
