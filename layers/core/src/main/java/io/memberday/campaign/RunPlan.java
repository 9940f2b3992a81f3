package io.memberday.campaign;

import io.memberday.json.BadInput;
import io.memberday.money.Money;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Offer;
import io.memberday.playbook.Schedule;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * What follows for a campaign from a date alone (R30): its run's id, time and offer. Two schedules
 * that hold on one date make one run, with the richer offer.
 *
 * @param campaign as it is now
 * @param date in the store's zone
 * @param at when the run is due: of several schedules of the date the earliest
 * @param until when its window has passed
 * @param offer the richest of the date
 */
public record RunPlan(
        Campaign campaign, LocalDate date, Instant at, Instant until, Optional<Offer> offer) {
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
        Instant at = moment(date, time, zone);
        return new RunPlan(campaign, date, at, at.plus(campaign.window()), offer);
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
