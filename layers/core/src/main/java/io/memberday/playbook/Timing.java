package io.memberday.playbook;

import io.memberday.member.Member;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * When a touch is due after its event: at once or after a time; at a time of day, or the member's
 * usual one; or so long before a cut-off. All counted from the event's own time (P1). What a time
 * of day or a cut-off sets off is spread ({@link Due#spread}); what follows its event at some
 * distance is spread as the events are, and goes at the second that is said.
 *
 * @param after how long after the event at the earliest; its whole days count as days of the
 *     calendar where there is a time of day
 * @param at the time of day; of {@code usual} the one for whom no purchase tells it
 * @param usual whether it is the hour at which the member mostly pays
 * @param local whether it is a time on the member's clock
 * @param before the cut-off, a time of the store's day: never due or valid after it
 * @param lead how long before the cut-off
 * @param days the store's days on which there is a cut-off or it is sent; empty for every day
 * @param within how long after the event and {@code after} such a day may be; else nothing is due
 */
public record Timing(
        Duration after,
        Optional<LocalTime> at,
        boolean usual,
        boolean local,
        Optional<LocalTime> before,
        Duration lead,
        List<Schedule> days,
        Duration within) {
    /** Where the playbook says nothing of it. */
    public static final Duration USUALLY_WITHIN = Duration.ofDays(30);

    /** Over so long after it what is due at a time of day is spread. */
    public static final Duration SPREAD = Duration.ofMinutes(5);

    private static final int OF_ITS_TIME = 4;

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** With the hour that the longest of them has more. */
    private static final Duration DAY = Duration.ofHours(25);

    /**
     * @param at when it may go
     * @param until the last moment at which it may
     */
    public record Due(Instant at, Instant until) {
        /**
         * This, for what the hand of a clock sets off: it would come up in one second for everybody
         * whom it is for. Later by up to {@link #SPREAD}, or a quarter of the time in which it may
         * go if that is less; by how much follows from the touch's name, so it is the same however
         * often and in whatever sequence it is planned (P1).
         *
         * @param touch its {@code ServiceTouch#id}
         */
        public Due spread(String touch) {
            long most =
                    Math.min(
                            SPREAD.toSeconds(),
                            Duration.between(at, until).toSeconds() / OF_ITS_TIME);
            if (most <= 0) {
                return this;
            }
            // Not the hash that deals touches to shards: each shard would have seconds of its own.
            CRC32 sum = new CRC32();
            sum.update(touch.getBytes(StandardCharsets.UTF_8));
            return new Due(at.plusSeconds(sum.getValue() % (most + 1)), until);
        }
    }

    public Timing {
        days = List.copyOf(days);
    }

    /** So long after the event, at whatever time of day. */
    public static Timing after(Duration after) {
        return new Timing(
                after,
                Optional.empty(),
                false,
                false,
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                USUALLY_WITHIN);
    }

    /**
     * When it may be due, whoever it is for: that is planned, as it follows from the event alone.
     * Then {@link #of} tells when it is.
     *
     * @param since the event's time
     * @param store the store's zone
     * @param validFor after it is due
     * @param touch its {@code ServiceTouch#id}
     * @return nothing if no day that counts is near enough
     */
    public Optional<Due> planned(Instant since, ZoneId store, Duration validFor, String touch) {
        if (!isOfMember()) {
            return on(since, store, at, validFor, touch);
        }
        // A time of day is less than a day from the event's own, on whichever clock.
        Instant base = since.plus(after.minusDays(after.toDays()));
        Instant about = since.plus(after);
        Instant earliest = about.minus(DAY);
        return Optional.of(
                new Due(earliest.isBefore(base) ? base : earliest, about.plus(DAY).plus(validFor)));
    }

    /** Whether it depends on the member when it is due. */
    public boolean isOfMember() {
        return usual || local;
    }

    /**
     * When it is due for a member.
     *
     * @param since the event's time
     * @param store the store's zone
     * @param validFor after it is due
     * @param touch its {@code ServiceTouch#id}
     */
    public Optional<Due> of(
            Instant since, Member member, ZoneId store, Duration validFor, String touch) {
        ZoneId zone = local ? member.profile().zone().orElse(store) : store;
        Optional<LocalTime> time =
                usual
                        ? member.purchases()
                                .favouriteHour(zone)
                                .map(hour -> LocalTime.of(hour, 0))
                                .or(() -> at)
                        : at;
        return on(since, zone, time, validFor, touch);
    }

    private Optional<Due> on(
            Instant since, ZoneId zone, Optional<LocalTime> time, Duration validFor, String touch) {
        if (time.isEmpty() && before.isEmpty()) {
            Instant due = since.plus(after);
            return Optional.of(new Due(due, due.plus(validFor)));
        }
        ZonedDateTime base = since.plus(after.minusDays(after.toDays())).atZone(zone);
        ZonedDateTime earliest = base.plusDays(after.toDays());
        LocalDate last = earliest.plus(within).toLocalDate();
        for (LocalDate day = earliest.toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
            LocalDate date = day;
            if (!days.isEmpty() && days.stream().noneMatch(one -> one.on(date))) {
                continue;
            }
            Optional<Due> due =
                    before.isPresent()
                            ? beforeCutOff(date.atTime(before.get()).atZone(zone), earliest, touch)
                            : Optional.of(date.atTime(time.get()).atZone(zone).toInstant())
                                    .filter(moment -> !moment.isBefore(base.toInstant()))
                                    .map(moment -> new Due(moment, moment.plus(validFor)))
                                    .map(each -> each.spread(touch));
            if (due.isPresent()) {
                return due;
            }
        }
        return Optional.empty();
    }

    /** Whose event is after the lead has begun is told at once: there is little time. */
    private Optional<Due> beforeCutOff(ZonedDateTime cutOff, ZonedDateTime earliest, String touch) {
        Instant until = cutOff.toInstant().minus(SECOND);
        Instant from = cutOff.toInstant().minus(lead);
        Instant at = earliest.toInstant();
        if (!at.isAfter(from)) {
            return Optional.of(new Due(from, until).spread(touch));
        }
        return at.isBefore(cutOff.toInstant()) ? Optional.of(new Due(at, until)) : Optional.empty();
    }
}
