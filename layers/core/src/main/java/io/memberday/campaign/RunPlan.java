package io.memberday.campaign;

import io.memberday.json.BadInput;
import io.memberday.money.Money;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Offer;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.SendTimes;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * What follows for a campaign from a date alone (R30): its run's id, time and offer. Two schedules
 * that hold on one date make one run, with the richer offer.
 *
 * @param campaign as it is now
 * @param date in the store's zone
 * @param at the run's time on the store's clock: of several schedules of the date the earliest
 * @param opens when the first of its members may be due, and so when it is planned: {@code at},
 *     unless some have another time
 * @param until when the last window has passed
 * @param offer the richest of the date
 */
public record RunPlan(
        Campaign campaign,
        LocalDate date,
        Instant at,
        Instant opens,
        Instant until,
        Optional<Offer> offer) {
    private static final ZoneId FIRST_ON_EARTH = ZoneOffset.ofHours(14);
    private static final ZoneId LAST_ON_EARTH = ZoneOffset.ofHours(-12);
    private static final int DAYS_AHEAD = 366;

    /**
     * Plans for a date.
     *
     * @throws BadInput if the campaign is not held on it; it names the next date
     */
    public static RunPlan of(Campaign campaign, LocalDate date, ZoneId zone) {
        Optional<Offer> offer = campaign.offer(date);
        LocalTime time =
                time(campaign, date)
                        .orElseThrow(() -> new BadInput("at", date, notHeld(campaign, date)));
        SendTimes times = campaign.times();
        ZoneId first = times.local() ? FIRST_ON_EARTH : zone;
        ZoneId last = times.local() ? LAST_ON_EARTH : zone;
        Instant opens = moment(date, time, first);
        Instant until = moment(date, time, last).plus(times.window());
        for (SendTimes.Other other : times.others()) {
            LocalDate day = date.minusDays(other.daysBefore());
            opens = earlier(opens, moment(day, other.at(), first));
            until = later(until, moment(day, other.at(), last).plus(other.window()));
        }
        return new RunPlan(campaign, date, moment(date, time, zone), opens, until, offer);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * The moment of a time of day on a date: always one, and always on that date. Of a local time
     * that comes twice it is the first; one that the clocks skip is as much later as they are put
     * forward, but never later than the date's last second (in Nuuk the hour before midnight is
     * skipped).
     */
    static Instant moment(LocalDate date, LocalTime time, ZoneId zone) {
        Instant moment = date.atTime(time).atZone(zone).toInstant();
        Instant last = date.plusDays(1).atStartOfDay(zone).toInstant().minusSeconds(1);
        return moment.isAfter(last) ? last : moment;
    }

    /** {@code campaign@local-date}, of a wave {@code campaign@local-date#wave}. */
    public String id() {
        return campaign.id() + "@" + date + campaign.wave().map(wave -> "#" + wave).orElse("");
    }

    /** The run as it begins. */
    public Run run(int slices) {
        return new Run(
                id(),
                campaign.id(),
                date,
                at,
                until,
                slices,
                Run.State.RUNNING,
                campaign.budget().map(Money::micros),
                0,
                0);
    }

    /** Whether a schedule of the campaign holds on a date, and an offer if it has any. */
    public static boolean held(Campaign campaign, LocalDate date) {
        return campaign.schedule(date).isPresent() && time(campaign, date).isPresent();
    }

    private static Optional<LocalTime> time(Campaign campaign, LocalDate date) {
        Optional<Offer> offer = campaign.offer(date);
        if (offer.isEmpty() && !campaign.offers().isEmpty()) {
            // A text that promises an offer must not go out without one.
            return Optional.empty();
        }
        return campaign.schedule(date).or(() -> offer.map(Offer::on)).map(Schedule::at);
    }

    private static String notHeld(Campaign campaign, LocalDate date) {
        return date.plusDays(1)
                .datesUntil(date.plusDays(DAYS_AHEAD))
                .filter(later -> time(campaign, later).isPresent())
                .findFirst()
                .map(
                        next ->
                                "campaign %s is not held on this date; give the next one, %s, or wait for it"
                                        .formatted(campaign.key(), next))
                .orElseGet(
                        () ->
                                "campaign %s is not held on this date nor within a year after it"
                                        .formatted(campaign.key()));
    }
}
