package io.memberday.calendar;

import io.memberday.campaign.RunPlan;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SendTimes;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the campaigns of a playbook are due (R32). A run is due from its time until its window has
 * passed: whoever looks an hour late still finds it, a week late finds nothing.
 */
public final class CampaignCalendar {
    private static final int DAYS_AHEAD = 366;

    private final List<Campaign> campaigns;
    private final ZoneId zone;

    public CampaignCalendar(Playbook playbook) {
        this(playbook.campaigns(), playbook.store().zone());
    }

    /** Of some campaigns only. */
    public CampaignCalendar(List<Campaign> campaigns, ZoneId zone) {
        this.campaigns = List.copyOf(campaigns);
        this.zone = zone;
    }

    /** What is to be sent at a moment, the earliest first, of equal ones the most valuable. */
    public List<RunPlan> due(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return campaigns.stream()
                .flatMap(
                        campaign ->
                                // A window may be open since days before, and somebody due
                                // days before the run's date.
                                plans(
                                        campaign,
                                        today.minusDays(longest(campaign).toDays() + 2),
                                        today.plusDays(earliest(campaign) + 2)))
                .filter(plan -> !now.isBefore(plan.opens()) && now.isBefore(plan.until()))
                .sorted(
                        Comparator.comparing(RunPlan::at)
                                .thenComparing(plan -> -plan.campaign().value())
                                .thenComparing(RunPlan::id))
                .toList();
    }

    private static Duration longest(Campaign campaign) {
        return campaign.times().others().stream()
                .map(SendTimes.Other::window)
                .reduce(campaign.window(), (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private static int earliest(Campaign campaign) {
        return campaign.times().others().stream()
                .mapToInt(SendTimes.Other::daysBefore)
                .max()
                .orElse(0);
    }

    /** When the next run after a moment is due; nothing if none is within a year. */
    public Optional<Instant> next(Instant after) {
        LocalDate today = LocalDate.ofInstant(after, zone);
        return campaigns.stream()
                .flatMap(
                        campaign ->
                                plans(campaign, today, today.plusDays(DAYS_AHEAD))
                                        .map(RunPlan::opens)
                                        .filter(opens -> opens.isAfter(after))
                                        .findFirst()
                                        .stream())
                .min(Comparator.naturalOrder());
    }

    /** All runs of a campaign from a date until before another, by date. */
    Stream<RunPlan> plans(Campaign campaign, LocalDate from, LocalDate until) {
        return from.datesUntil(until)
                .filter(date -> RunPlan.held(campaign, date))
                .map(date -> RunPlan.of(campaign, date, zone));
    }
}
