package io.memberday.ingest;

import io.memberday.ingest.IngestStore.Conflict;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Tries again where another event was quicker, after growing pauses.
 *
 * @param pause waits between tries
 * @param jitter spreads the pauses
 */
public record Settling(Consumer<Duration> pause, RandomGenerator jitter) {
    private static final int MOST_TRIES = 8;
    private static final int PAUSE_MILLIS = 20;

    /** Reads, decides and writes. */
    @FunctionalInterface
    public interface Attempt {
        /** Whether anything was written. */
        boolean run() throws Conflict;
    }

    /**
     * @return whether anything was written
     * @throws Unsettled if other events were quicker on every try; nothing is written then
     */
    public boolean settle(Attempt attempt) {
        for (int tries = 1; ; tries++) {
            try {
                return attempt.run();
            } catch (Conflict conflict) {
                if (tries == MOST_TRIES) {
                    throw new Unsettled(conflict);
                }
                pause.accept(Duration.ofMillis(jitter.nextInt(PAUSE_MILLIS << tries)));
            }
        }
    }
}
