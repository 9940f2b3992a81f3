package io.memberday.compiler;

import io.memberday.playbook.Schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the days of a schedule: {@code weekly}, {@code monthly}, both, or {@code date}. */
final class ScheduleReader {
    /** The last day that every month has. */
    private static final int LAST = 28;

    private static final Map<String, DayOfWeek> DAYS =
            Arrays.stream(DayOfWeek.values())
                    .collect(
                            Collectors.toMap(
                                    day -> day.name().substring(0, 3), Function.identity()));

    private ScheduleReader() {}

    static Schedule read(Section section, LocalTime at) {
        Optional<LocalDate> date =
                section.optional("date", LocalDate::parse, "write a date like \"2026-11-11\"");
        boolean weekly = section.has("weekly");
        boolean monthly = section.has("monthly");
        DayOfWeek weekday = section.word("weekly", DAYS, DayOfWeek.MONDAY);
        int day = monthly ? section.whole("monthly", 1, LAST, Optional.of(1)) : 1;
        section.node("monthly");
        if (section.has("date")) {
            if (weekly || monthly) {
                section.error("date", "take date, or weekly and monthly");
            }
            return new Schedule.On(date.orElse(LocalDate.EPOCH), at);
        }
        if (weekly && monthly) {
            return new Schedule.Coincident(weekday, day, at);
        }
        if (!weekly && !monthly) {
            section.error("date", "say when: weekly: FRI, monthly: 8, or date: \"2026-11-11\"");
        }
        return weekly ? new Schedule.Weekly(weekday, at) : new Schedule.Monthly(day, at);
    }
}
