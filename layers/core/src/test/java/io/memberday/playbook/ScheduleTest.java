package io.memberday.playbook;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;

/** On which days of a few years the schedules hold. */
final class ScheduleTest {
    private static final LocalTime TEN = SamplePlaybook.TEN;

    @Test
    void shouldTakeAShorterMonthsLastDay() {
        assertEquals(
                dates("2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"),
                days(new Schedule.Monthly(31, TEN), "2027-01-01", "2027-05-01"));
        assertEquals(
                dates("2028-01-30", "2028-02-29", "2028-03-30"),
                days(new Schedule.Monthly(30, TEN), "2028-01-01", "2028-04-01"));
        assertEquals(
                dates("2027-02-08", "2027-03-08"),
                days(new Schedule.Monthly(8, TEN), "2027-02-01", "2027-04-01"));
    }

    @Test
    void shouldKnowThatTheEndOfAMonthIsAFriday() {
        assertEquals(
                dates("2027-04-30", "2027-12-31"),
                days(
                        new Schedule.Coincident(DayOfWeek.FRIDAY, 31, TEN),
                        "2027-01-01",
                        "2028-01-01"));
    }

    @Test
    void shouldHoldOnTheTwentyEighthInYearsWithoutALeapDay() {
        assertEquals(
                dates("2027-02-28", "2028-02-29", "2029-02-28", "2030-02-28"),
                days(new Schedule.Yearly(MonthDay.of(2, 29), TEN), "2027-01-01", "2031-01-01"));
        assertEquals(
                dates("2026-08-19", "2027-08-19"),
                days(new Schedule.Yearly(MonthDay.of(8, 19), TEN), "2026-01-01", "2028-01-01"));
    }

    @Test
    void shouldHoldOnAFestivalInThoseYearsOnlyWhoseDateIsKnown() {
        Schedule.Festival spring =
                new Schedule.Festival("spring-festival", dates("2026-02-17", "2027-02-06"), TEN);
        assertEquals(spring.dates(), days(spring, "2025-01-01", "2030-01-01"));
    }

    @Test
    void shouldCountBackOverTheEndOfMonthsAndYears() {
        Schedule newYear = new Schedule.Yearly(MonthDay.of(1, 1), TEN);
        assertEquals(
                dates("2026-12-25", "2027-12-25"),
                days(new Schedule.Before(newYear, 7), "2026-01-02", "2028-01-01"));
        // The day after the leap day, and after the 28th.
        Schedule march = new Schedule.Yearly(MonthDay.of(3, 1), TEN);
        assertEquals(
                dates("2027-02-28", "2028-02-29"),
                days(new Schedule.Before(march, 1), "2027-01-01", "2029-01-01"));
        assertEquals(TEN, new Schedule.Before(march, 1).at());
    }

    @Test
    void shouldHoldEveryDay() {
        assertEquals(3, days(new Schedule.Daily(TEN), "2028-02-28", "2028-03-02").size());
        assertEquals(3, days(new Schedule.Birthday(0, TEN), "2028-02-28", "2028-03-02").size());
    }

    private static List<LocalDate> days(Schedule schedule, String from, String until) {
        return LocalDate.parse(from)
                .datesUntil(LocalDate.parse(until))
                .filter(schedule::on)
                .toList();
    }

    private static List<LocalDate> dates(String... dates) {
        return List.of(dates).stream().map(LocalDate::parse).toList();
    }
}
