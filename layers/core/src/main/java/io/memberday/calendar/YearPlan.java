package io.memberday.calendar;

import io.memberday.campaign.Run;
import io.memberday.campaign.RunPlan;
import io.memberday.member.Kind;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that a shop plans to send in a year (R32), with what gets into each other's way.
 *
 * @param store whose
 * @param year in the store's zone
 * @param entries each run by its time; those of campaigns that run every day are left out
 * @param everyDay campaigns that run every day, such as a birthday's
 * @param notHeld campaigns without a day in this year, such as a festival whose date is not known
 */
public record YearPlan(
        Store store,
        int year,
        List<Entry> entries,
        List<Campaign> everyDay,
        List<Campaign> notHeld) {

    /**
     * One run to be.
     *
     * @param plan when, which campaign, which offer
     * @param segment its name in the playbook, or the expression
     * @param last the latest run of the same campaign and wave that has cost something: a forecast
     * @param clashes with other marketing of the same hours, day or week; empty if there is none
     */
    public record Entry(RunPlan plan, String segment, Optional<Run> last, List<String> clashes) {}

    /**
     * Looks at a year.
     *
     * @param past runs of before, for the forecast
     */
    public static YearPlan of(Playbook playbook, int year, List<Run> past) {
        CampaignCalendar calendar = new CampaignCalendar(playbook);
        LocalDate first = LocalDate.of(year, 1, 1);
        List<RunPlan> plans = new ArrayList<>();
        List<Campaign> everyDay = new ArrayList<>();
        List<Campaign> notHeld = new ArrayList<>();
        for (Campaign campaign : playbook.campaigns()) {
            if (campaign.everyDay()) {
                everyDay.add(campaign);
                continue;
            }
            List<RunPlan> own = calendar.plans(campaign, first, first.plusYears(1)).toList();
            plans.addAll(own);
            if (own.isEmpty()) {
                notHeld.add(campaign);
            }
        }
        plans.sort(Comparator.comparing(RunPlan::at).thenComparing(RunPlan::id));
        Store.Caps caps = playbook.store().caps();
        return new YearPlan(
                playbook.store(),
                year,
                plans.stream()
                        .map(
                                plan ->
                                        new Entry(
                                                plan,
                                                segment(playbook, plan.campaign()),
                                                last(plan.campaign(), past),
                                                clashes(plan, plans, plans, caps)))
                        .toList(),
                everyDay,
                notHeld);
    }

    static String segment(Playbook playbook, Campaign campaign) {
        String source = campaign.segment().source();
        return playbook.segments().entrySet().stream()
                .filter(named -> named.getValue().source().equals(source))
                .map(Map.Entry::getKey)
                .sorted()
                .findFirst()
                .orElse(source);
    }

    private static Optional<Run> last(Campaign campaign, List<Run> past) {
        return past.stream()
                .filter(run -> run.campaignKey().equals(campaign.key()) && run.spentMicros() > 0)
                .max(Comparator.comparing(Run::at));
    }

    /**
     * What else is due when a run is, and who wins a member then; daily campaigns among them.
     *
     * @return empty if there is no such, or the run is no marketing
     */
    public static List<String> clashes(Playbook playbook, RunPlan plan) {
        CampaignCalendar calendar = new CampaignCalendar(playbook);
        List<RunPlan> around =
                playbook.campaigns().stream()
                        .flatMap(
                                campaign ->
                                        calendar.plans(
                                                campaign,
                                                plan.date().minusWeeks(1),
                                                plan.date().plusDays(8)))
                        .toList();
        return clashes(
                plan,
                around,
                around.stream().filter(other -> !other.campaign().everyDay()).toList(),
                playbook.store().caps());
    }

    /**
     * @param all that may be sent at the same time
     * @param counted those whose audience is not a few members a day: they fill the caps
     */
    private static List<String> clashes(
            RunPlan plan, List<RunPlan> all, List<RunPlan> counted, Store.Caps caps) {
        if (plan.campaign().kind() != Kind.MARKETING) {
            return List.of();
        }
        List<String> clashes = new ArrayList<>();
        others(plan, all)
                .filter(other -> overlap(plan, other))
                .forEach(
                        other ->
                                clashes.add(
                                        "sends at the same time as %s: %s"
                                                .formatted(
                                                        other.campaign().key(),
                                                        winner(plan, other))));
        List<String> sameDay =
                others(plan, counted)
                        .filter(other -> other.date().equals(plan.date()))
                        .map(other -> other.campaign().key())
                        .toList();
        if (caps.perDay() > 0 && sameDay.size() >= caps.perDay()) {
            clashes.add(
                    "on the day of %s: a member gets %d a day and channel"
                            .formatted(String.join(", ", sameDay), caps.perDay()));
        }
        long inWeek =
                1 + others(plan, counted).filter(other -> week(other).equals(week(plan))).count();
        if (caps.perWeek() > 0 && inWeek > caps.perWeek()) {
            clashes.add(
                    "one of %d in its week: a member gets %d a week and channel"
                            .formatted(inWeek, caps.perWeek()));
        }
        return List.copyOf(clashes);
    }

    private static Stream<RunPlan> others(RunPlan plan, List<RunPlan> all) {
        return all.stream()
                .filter(other -> !other.id().equals(plan.id()))
                .filter(other -> other.campaign().kind() == Kind.MARKETING);
    }

    private static boolean overlap(RunPlan one, RunPlan other) {
        return one.at().isBefore(other.until()) && other.at().isBefore(one.until());
    }

    private static String winner(RunPlan one, RunPlan other) {
        int difference = one.campaign().value() - other.campaign().value();
        return difference == 0
                ? "their values are equal"
                : (difference > 0 ? one : other).campaign().key() + " wins a member by its value";
    }

    /** Calendar weeks, as the cap counts them. */
    private static String week(RunPlan plan) {
        return plan.date().get(IsoFields.WEEK_BASED_YEAR)
                + "-"
                + plan.date().get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }
}
