package io.memberday.calendar;

import io.memberday.campaign.RunPlan;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;

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

    CampaignCalendar(List<Campaign> campaigns, ZoneId zone) {
        this.campaigns = campaigns;
        this.zone = zone;
    }

    /** What is to be sent at a moment, the earliest first, of equal ones the most valuable. */
    public List<RunPlan> due(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, zone);
        return campaigns.stream()
                .flatMap(
                        campaign ->
                                // A window may be open since a day before.
                                plans(
                                        campaign,
                                        today.minusDays(campaign.window().toDays() + 1),
                                        today.plusDays(1)))
                .filter(plan -> !now.isBefore(plan.at()) && now.isBefore(plan.until()))
                .sorted(
                        Comparator.comparing(RunPlan::at)
                                .thenComparing(plan -> -plan.campaign().value())
                                .thenComparing(RunPlan::id))
                .toList();
    }

    /** When the next run after a moment is due; nothing if none is within a year. */
    public Optional<Instant> next(Instant after) {
        LocalDate today = LocalDate.ofInstant(after, zone);
        return today.datesUntil(today.plusDays(DAYS_AHEAD))
                .flatMap(
                        date ->
                                campaigns.stream()
                                        .flatMap(
                                                campaign -> plans(campaign, date, date.plusDays(1)))
                                        .map(RunPlan::at)
                                        .filter(at -> at.isAfter(after))
                                        .min(Comparator.naturalOrder())
                                        .stream())
                .findFirst();
    }

    /** All runs of a campaign from a date until before another, by date. */
    Stream<RunPlan> plans(Campaign campaign, LocalDate from, LocalDate until) {
        return from.datesUntil(until)
                .filter(date -> RunPlan.held(campaign, date))
                .map(date -> RunPlan.of(campaign, date, zone));
    }
}
