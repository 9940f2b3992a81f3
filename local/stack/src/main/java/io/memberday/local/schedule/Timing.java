package io.memberday.local.schedule;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a schedule is due.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html">Schedule
 *     types</a>
 */
@FunctionalInterface
public interface Timing {
    /** The first time it is due after another; empty if never again. */
    Optional<Instant> next(Instant after);

    /**
     * Reads {@code rate(…)}, {@code cron(…)} or {@code at(…)}.
     *
     * @param zone whose time cron and at are in
     * @throws IllegalArgumentException if AWS would refuse it
     */
    static Timing of(String expression, ZoneId zone) {
        Matcher kind = Pattern.compile("(rate|cron|at)\\((.*)\\)").matcher(expression.strip());
        if (!kind.matches()) {
            throw new IllegalArgumentException("not a schedule: " + expression);
        }
        return switch (kind.group(1)) {
            case "rate" -> rate(kind.group(2));
            case "at" -> at(kind.group(2), zone);
            default -> Cron.of(kind.group(2), zone);
        };
    }

    private static Timing rate(String text) {
        Matcher rate = Pattern.compile("([1-9]\\d*) (minute|hour|day)s?").matcher(text.strip());
        if (!rate.matches()) {
            throw new IllegalArgumentException("not a rate: " + text);
        }
        long count = Long.parseLong(rate.group(1));
        long seconds =
                switch (rate.group(2).toLowerCase(Locale.ROOT)) {
                    case "minute" -> Duration.ofMinutes(count).toSeconds();
                    case "hour" -> Duration.ofHours(count).toSeconds();
                    default -> Duration.ofDays(count).toSeconds();
                };
        // AWS counts from the schedule's making; here from the epoch, so that runs are alike.
        return after ->
                Optional.of(
                        Instant.ofEpochSecond(
                                (Math.floorDiv(after.getEpochSecond(), seconds) + 1) * seconds));
    }

    private static Timing at(String text, ZoneId zone) {
        try {
            Instant once = LocalDateTime.parse(text.strip()).atZone(zone).toInstant();
            return after -> Optional.of(once).filter(time -> time.isAfter(after));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a date and time: " + text, e);
        }
    }
}
