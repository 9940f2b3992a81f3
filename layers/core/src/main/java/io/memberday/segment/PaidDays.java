package io.memberday.segment;

import io.memberday.segment.Day.Span;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The days of payment whose orders an audience is made of, both ends included, in the store's zone.
 *
 * @param from {@code 2026-11-11}, {@code today} or {@code today-15d}: the run's day and days before
 *     it
 * @param to likewise; both are of the calendar, or both count back, so that there are always as
 *     many days
 */
public record PaidDays(String from, String to) {
    /** So many days are read at most: each is eight queries of the index. */
    public static final int MOST = 62;

    public PaidDays {
        String written = from + " to " + to;
        Span span =
                span(from, to)
                        .orElseThrow(() -> new IllegalArgumentException("no days: " + written));
        from = span.from().written();
        to = span.to().written();
    }

    /** Reads two days; nothing if they are none, run backwards, are of two sorts or too many. */
    public static Optional<PaidDays> of(String from, String to) {
        return span(from, to).map(_ -> new PaidDays(from, to));
    }

    private static Optional<Span> span(String from, String to) {
        return Day.of(from)
                .flatMap(first -> Day.of(to).map(last -> new Span(first, last)))
                .filter(span -> span.from().getClass() == span.to().getClass())
                .filter(span -> !span.backwards())
                .filter(span -> length(span) <= MOST);
    }

    private static long length(Span span) {
        return ChronoUnit.DAYS.between(
                        span.from().on(LocalDate.EPOCH), span.to().on(LocalDate.EPOCH))
                + 1;
    }

    /** The first day, seen from the run's. */
    public LocalDate first(LocalDate today) {
        return span(from, to).orElseThrow().from().on(today);
    }

    /** The last day, seen from the run's. */
    public LocalDate last(LocalDate today) {
        return span(from, to).orElseThrow().to().on(today);
    }

    /** The days, seen from the run's. */
    public Stream<LocalDate> days(LocalDate today) {
        return first(today).datesUntil(last(today).plusDays(1));
    }
}
