package io.memberday.compiler;

import io.memberday.member.Kind;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.SendTimes;
import io.memberday.playbook.Store;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks campaigns against the store's hours, and against each other. */
final class CampaignChecks {
    /**
     * The days on which schedules are tried out: whole cycles of weeks, months and leap years, the
     * same at every build.
     */
    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    private static final LocalDate LAST = LocalDate.of(2036, 1, 1);

    private final Store store;

    CampaignChecks(Store store) {
        this.store = store;
    }

    void check(List<CampaignReader.Read> read) {
        for (int i = 0; i < read.size(); i++) {
            CampaignReader.Read one = read.get(i);
            alone(one.section(), one.campaign());
            for (CampaignReader.Read earlier : read.subList(0, i)) {
                clash(one.section(), one.campaign(), earlier.campaign());
            }
        }
    }

    /** Checks one that comes beside others, which have been checked. */
    void check(CampaignReader.Read one, List<Campaign> others) {
        alone(one.section(), one.campaign());
        others.forEach(other -> clash(one.section(), one.campaign(), other));
    }

    private void alone(Section section, Campaign campaign) {
        if (campaign.kind() == Kind.MARKETING) {
            campaign.schedules().forEach(schedule -> hours(section, campaign, schedule));
        }
        if (!campaign.optOut() && campaign.kind() == Kind.MARKETING) {
            section.warning(
                    "optOut",
                    "its SMS tell nobody how to refuse them: the law of most countries wants that");
        }
        if (!campaign.offers().isEmpty()) {
            dates(campaign)
                    .filter(date -> campaign.offer(date).isEmpty())
                    .findFirst()
                    .ifPresent(
                            date ->
                                    section.error(
                                            "offers",
                                            "none holds on "
                                                    + date
                                                    + ", a day of its schedule: add one, or one"
                                                    + " for all days"));
        }
    }

    private void hours(Section section, Campaign campaign, Schedule schedule) {
        hours(section, when(campaign), "window", schedule.at(), open(campaign, campaign.window()));
        for (SendTimes.Other other : campaign.times().others()) {
            hours(section, "sendAt", "sendAt", other.at(), open(campaign, other.window()));
        }
    }

    /** What falls into the quiet hours is dropped: then the window may end in them. */
    private static Duration open(Campaign campaign, Duration window) {
        return campaign.times().drops() ? Duration.ZERO : window;
    }

    private void hours(
            Section section, String begins, String lasts, LocalTime at, Duration window) {
        String quiet = "quiet from %s to %s".formatted(store.quietFrom(), store.quietTo());
        if (quiet(at)) {
            section.error(
                    begins,
                    "begins at %s, but the store is %s: begin outside".formatted(at, quiet));
            return;
        }
        LocalTime end = at.plus(window);
        if (quiet(end) && !end.equals(store.quietFrom())) {
            Duration most = Duration.between(at, store.quietFrom());
            section.error(
                    lasts,
                    "ends at %s, but the store is %s: %s fits"
                            .formatted(
                                    end,
                                    quiet,
                                    most.toString().substring(2).toLowerCase(Locale.ROOT)));
        }
    }

    private boolean quiet(LocalTime at) {
        LocalTime from = store.quietFrom();
        LocalTime to = store.quietTo();
        return from.isAfter(to)
                ? !at.isBefore(from) || at.isBefore(to)
                : !at.isBefore(from) && at.isBefore(to);
    }

    /** Both send at the same time: one member may be in both, and a day's cap lets one through. */
    private void clash(Section section, Campaign one, Campaign earlier) {
        if (one.kind() != Kind.MARKETING || earlier.kind() != Kind.MARKETING) {
            return;
        }
        boolean sameValue = one.value() == earlier.value();
        if (!sameValue && (one.everyDay() || earlier.everyDay())) {
            return;
        }
        Optional<LocalDate> day =
                dates(one).filter(date -> overlap(date, one, earlier)).findFirst();
        day.ifPresent(
                date ->
                        section.warning(
                                when(one),
                                sameValue
                                        ? "sends at the same time as %s on %s: give them different values, so that one wins a member"
                                                .formatted(earlier.key(), date)
                                        : "sends at the same time as %s on %s: %s wins a member by its value"
                                                .formatted(
                                                        earlier.key(),
                                                        date,
                                                        one.value() > earlier.value()
                                                                ? one.key()
                                                                : earlier.key())));
    }

    /** The field that says when: a wave shares its promotion's schedule. */
    private static String when(Campaign campaign) {
        return campaign.wave().isPresent() ? "at" : "schedule";
    }

    private static boolean overlap(LocalDate date, Campaign one, Campaign other) {
        Optional<Schedule> mine = one.schedule(date);
        Optional<Schedule> theirs = other.schedule(date);
        if (mine.isEmpty() || theirs.isEmpty()) {
            return false;
        }
        LocalDateTime from = date.atTime(mine.get().at());
        LocalDateTime otherFrom = date.atTime(theirs.get().at());
        return from.isBefore(otherFrom.plus(other.window()))
                && otherFrom.isBefore(from.plus(one.window()));
    }

    private static Stream<LocalDate> dates(Campaign campaign) {
        return FIRST.datesUntil(LAST).filter(date -> campaign.schedule(date).isPresent());
    }
}
