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

    /** Whether it comes more than hourly at a time. */
    boolean isFrequent(Instant at) {
        Optional<Instant> first = timing.next(at);
        return first.flatMap(timing::next)
                .map(second -> Duration.between(first.get(), second).compareTo(FREQUENT) < 0)
                .orElse(false);
    }
}
