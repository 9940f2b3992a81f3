package io.memberday.local.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One schedule of the template.
 *
 * @param onDue is told the time for which it was due
 */
public record Schedule(String name, Timing timing, Consumer<Instant> onDue) {
    /** What comes more often is not walked through one by one when the clock moves far. */
    private static final Duration FREQUENT = Duration.ofHours(1);

    /** What comes so often is there to look for rows that are due. */
    private static final Duration INCESSANT = Duration.ofMinutes(1);

    /** Whether it comes more than hourly at a time. */
    boolean isFrequent(Instant at) {
        return beat(at).filter(beat -> beat.compareTo(FREQUENT) < 0).isPresent();
    }

    /** Whether it comes every minute at a time. */
    boolean isIncessant(Instant at) {
        return beat(at).filter(beat -> beat.compareTo(INCESSANT) <= 0).isPresent();
    }

    private Optional<Duration> beat(Instant at) {
        Optional<Instant> first = timing.next(at);
        return first.flatMap(timing::next).map(second -> Duration.between(first.get(), second));
    }
}
