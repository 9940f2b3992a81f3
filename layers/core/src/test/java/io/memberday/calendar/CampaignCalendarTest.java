package io.memberday.calendar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.RunPlan;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Schedule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** When runs are due, by schedules of every kind, in zones that change their clocks. */
final class CampaignCalendarTest {

    @ParameterizedTest
    @CsvSource({
        // The 8th at 10:00 in Shanghai, for ten hours.
        "2026-06-08T01:59:59Z, false",
        "2026-06-08T02:00:00Z, true",
        "2026-06-08T03:00:00Z, true", // an hour late
        "2026-06-08T11:59:59Z, true",
        "2026-06-08T12:00:00Z, false",
        "2026-06-11T02:00:00Z, false", // days late
    })
    void shouldFindARunAsLongAsItsWindowIsOpen(Instant now, boolean due) {
        List<String> found =
                calendar("Asia/Shanghai", SamplePlaybook.memberDay()).due(now).stream()
                        .map(RunPlan::id)
                        .toList();
        assertEquals(due ? List.of("member-day@2026-06-08") : List.of(), found);
    }

    @Test
    void shouldFindAWindowThatOpenedDaysAgo() {
        // Given: two days and a half from Monday noon
        Campaign campaign =
                campaign(
                        "long",
                        Duration.ofHours(60),
                        new Schedule.Weekly(DayOfWeek.MONDAY, LocalTime.NOON));
        CampaignCalendar calendar = calendar("Asia/Shanghai", campaign);

        // Then
        assertEquals(
                List.of("long@2026-06-01"),
                ids(calendar.due(Instant.parse("2026-06-03T15:59:59Z"))));
        assertEquals(List.of(), ids(calendar.due(Instant.parse("2026-06-03T16:00:00Z"))));
    }

    @Test
    void shouldNameTheEarliestFirstAndThenTheMostValuable() {
        Schedule noon = new Schedule.Daily(LocalTime.NOON);
        Campaign plain = campaign("plain", Duration.ofHours(3), noon);
        Campaign early =
                campaign("early", Duration.ofHours(9), new Schedule.Daily(LocalTime.of(9, 0)));
        CampaignCalendar calendar = calendar("UTC", plain, valued(plain, "rich", 99), early);
        assertEquals(
                List.of("early@2026-06-01", "rich@2026-06-01", "plain@2026-06-01"),
                ids(calendar.due(Instant.parse("2026-06-01T12:00:00Z"))));
    }

    @Test
    void shouldSayWhenTheNextRunIsDue() {
        CampaignCalendar calendar = calendar("Asia/Shanghai", SamplePlaybook.memberDay());
        Instant friday = Instant.parse("2026-06-05T02:00:00Z");
        Instant eighth = Instant.parse("2026-06-08T02:00:00Z");
        assertEquals(Optional.of(friday), calendar.next(friday.minusSeconds(1)));
        assertEquals(Optional.of(eighth), calendar.next(friday));
        assertEquals(Optional.empty(), calendar("UTC").next(friday));
    }

    @Test
    void shouldTellTheRunsOfWavesApart() {
        Schedule promotion = new Schedule.Yearly(MonthDay.of(11, 11), LocalTime.of(12, 15));
        List<Campaign> waves =
                List.of(
                        wave("recall", new Schedule.Before(promotion, 8)),
                        wave("eve", new Schedule.Before(promotion, 1)));
        CampaignCalendar calendar = calendar("Asia/Shanghai", waves.toArray(Campaign[]::new));
        assertEquals(
                List.of("double-eleven@2026-11-03#recall"),
                ids(calendar.due(Instant.parse("2026-11-03T04:15:00Z"))));
        assertEquals(
                List.of("double-eleven@2026-11-10#eve"),
                ids(calendar.due(Instant.parse("2026-11-10T04:30:00Z"))));
        assertEquals(List.of(), ids(calendar.due(Instant.parse("2026-11-11T04:30:00Z"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "America/New_York",
                "Europe/London",
                "Asia/Shanghai",
                "America/Nuuk", // skips the hour before midnight
                "America/Santiago", // skips the hour after midnight
                "Australia/Lord_Howe", // by half an hour
            })
    void shouldGiveEveryScheduleOneInstantInEachOfItsLocalDays(String zoneId) {
        // Given
        long seed = 20260508;
        SplittableRandom random = new SplittableRandom(seed);
        ZoneId zone = ZoneId.of(zoneId);
        LocalDate first = LocalDate.of(2026, 1, 1);
        LocalDate end = LocalDate.of(2036, 1, 1);
        for (int i = 0; i < 60; i++) {
            Schedule schedule =
                    random(random, LocalTime.of(0, 0).plusMinutes(15L * random.nextInt(96)));
            Campaign campaign = campaign("any", Duration.ofHours(1), schedule);
            String about = "seed " + seed + ", " + zoneId + ", " + schedule;

            // When
            List<RunPlan> plans = calendar(zoneId, campaign).plans(campaign, first, end).toList();

            // Then
            Set<LocalDate> days = new TreeSet<>();
            Instant before = Instant.MIN;
            for (RunPlan plan : plans) {
                assertTrue(days.add(plan.date()), about);
                assertEquals(plan.date(), LocalDate.ofInstant(plan.at(), zone), about);
                assertTrue(plan.at().isAfter(before), about);
                before = plan.at();
            }
            assertEquals(first.datesUntil(end).filter(schedule::on).count(), days.size(), about);
            assertFalse(plans.isEmpty(), about);
        }
    }

    @Test
    void shouldPlanEachRunOnceForWakesEveryQuarterHourOfAYearOfClockChanges() {
        // Given: half past one and half past two, which New York has twice and not at all
        CampaignCalendar calendar =
                calendar(
                        "America/New_York",
                        campaign(
                                "twice",
                                Duration.ofMinutes(30),
                                new Schedule.Daily(LocalTime.of(1, 30))),
                        campaign(
                                "skipped",
                                Duration.ofMinutes(30),
                                new Schedule.Daily(LocalTime.of(2, 30))));

        // When
        List<String> wakes = new ArrayList<>();
        Instant end = Instant.parse("2027-01-01T05:00:00Z");
        for (Instant now = Instant.parse("2026-01-01T05:00:00Z");
                now.isBefore(end);
                now = now.plus(Duration.ofMinutes(15))) {
            wakes.addAll(ids(calendar.due(now)));
        }

        // Then: each is seen by the two wakes of its window and by no later one
        assertEquals(2 * 2 * 365, wakes.size());
        assertEquals(2 * 365, new TreeSet<>(wakes).size());
    }

    private static Schedule random(SplittableRandom random, LocalTime at) {
        Schedule yearly =
                new Schedule.Yearly(
                        MonthDay.of(1 + random.nextInt(12), 1 + random.nextInt(28)), at);
        return switch (random.nextInt(9)) {
            case 0 -> new Schedule.Daily(at);
            case 1 -> new Schedule.Weekly(DayOfWeek.of(1 + random.nextInt(7)), at);
            case 2, 3 -> new Schedule.Monthly(1 + random.nextInt(31), at);
            case 4 -> yearly;
            case 5 -> new Schedule.Yearly(MonthDay.of(2, 29), at);
            case 6 -> new Schedule.Before(yearly, random.nextInt(61));
            case 7 -> new Schedule.Birthday(random.nextInt(61), at);
            default ->
                    new Schedule.Festival(
                            "any",
                            List.of(LocalDate.of(2027, 3, 28), LocalDate.of(2030, 10, 27)),
                            at);
        };
    }

    private static CampaignCalendar calendar(String zone, Campaign... campaigns) {
        return new CampaignCalendar(List.of(campaigns), ZoneId.of(zone));
    }

    private static Campaign campaign(String id, Duration window, Schedule schedule) {
        return campaign(id, Optional.empty(), 1, window, schedule);
    }

    private static Campaign wave(String wave, Schedule schedule) {
        return campaign("double-eleven", Optional.of(wave), 1, Duration.ofHours(2), schedule);
    }

    private static Campaign valued(Campaign like, String id, int value) {
        return campaign(id, Optional.empty(), value, like.window(), like.schedules().getFirst());
    }

    private static Campaign campaign(
            String id, Optional<String> wave, int value, Duration window, Schedule schedule) {
        Campaign like = SamplePlaybook.memberDay();
        return CampaignDraft.like(like)
                .id(id)
                .wave(wave)
                .value(value)
                .on(schedule)
                .window(window)
                .holdoutPercent(0)
                .offers(List.of())
                .done();
    }

    private static List<String> ids(List<RunPlan> plans) {
        return plans.stream().map(RunPlan::id).toList();
    }
}
