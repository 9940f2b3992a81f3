package io.memberday.touch;

import io.memberday.playbook.Store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * The store's local hours in which marketing waits (R53). The clock releases nothing in them and
 * the sender begins nothing in them.
 *
 * @param from the first quiet moment of a day
 * @param to the first that is not; before {@code from} if the quiet hours span midnight, equal to
 *     it if there are none
 * @param zone of both
 */
public record QuietHours(LocalTime from, LocalTime to, ZoneId zone) {

    public static QuietHours of(Store store) {
        return new QuietHours(store.quietFrom(), store.quietTo(), store.zone());
    }

    /** The same hours on another clock. */
    public QuietHours in(ZoneId other) {
        return new QuietHours(from, to, other);
    }

    /** Whether marketing waits at a moment. */
    public boolean at(Instant moment) {
        LocalTime time = moment.atZone(zone).toLocalTime();
        if (from.isBefore(to)) {
            return !time.isBefore(from) && time.isBefore(to);
        }
        return from.isAfter(to) && (!time.isBefore(from) || time.isBefore(to));
    }

    /** When marketing may go on: the moment itself if it may then. */
    public Instant over(Instant moment) {
        if (!at(moment)) {
            return moment;
        }
        ZonedDateTime local = moment.atZone(zone);
        ZonedDateTime end = local.toLocalDate().atTime(to).atZone(zone);
        return (end.isAfter(local) ? end : local.toLocalDate().plusDays(1).atTime(to).atZone(zone))
                .toInstant();
    }

    /** How much of the time between two moments is not quiet. */
    public Duration open(Instant begin, Instant end) {
        Duration open = Duration.ZERO;
        Instant moment = over(begin);
        while (moment.isBefore(end)) {
            Instant quiet = from.equals(to) ? end : nextQuiet(moment);
            Instant until = quiet.isBefore(end) ? quiet : end;
            open = open.plus(Duration.between(moment, until));
            moment = over(until);
        }
        return open;
    }

    /** When the next quiet hours after a moment begin; nothing if there are none. */
    public Optional<Instant> next(Instant moment) {
        return from.equals(to) ? Optional.empty() : Optional.of(nextQuiet(moment));
    }

    private Instant nextQuiet(Instant moment) {
        LocalDate day = moment.atZone(zone).toLocalDate();
        Instant today = day.atTime(from).atZone(zone).toInstant();
        return today.isAfter(moment)
                ? today
                : day.plusDays(1).atTime(from).atZone(zone).toInstant();
    }
}
