package io.memberday.compiler;

import io.memberday.member.Kind;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.Store;
import io.memberday.playbook.Timing;
import io.memberday.touch.QuietHours;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Reads when a touchpoint is due: {@code after}, {@code at}, {@code before} and what hangs on them.
 */
final class TimingReader {
    private static final String USUAL = "usual";
    private static final int MONTH_AND_DAY = 5;
    private static final Map<String, DayOfWeek> WEEK =
            Arrays.stream(DayOfWeek.values())
                    .collect(
                            Collectors.toMap(
                                    day -> day.name().substring(0, 3), Function.identity()));

    private final Store store;

    TimingReader(Store store) {
        this.store = store;
    }

    Timing read(Section section, Kind kind) {
        Duration after = section.duration("after", Optional.of(Duration.ZERO));
        Optional<String> written = section.optionalText("at");
        boolean usual = written.filter(USUAL::equals).isPresent();
        Optional<LocalDateTime> moment =
                written.filter(text -> text.contains("T"))
                        .flatMap(
                                _ ->
                                        section.optional(
                                                "at",
                                                LocalDateTime::parse,
                                                "write a moment like \"2026-11-11T21:00\""));
        Optional<LocalTime> at =
                usual
                        ? Optional.of(section.time("otherwise"))
                        : moment.map(LocalDateTime::toLocalTime)
                                .or(
                                        () ->
                                                section.optional(
                                                        "at",
                                                        LocalTime::parse,
                                                        "write a time like \"10:00\", a moment like"
                                                                + " \"2026-11-11T21:00\", or"
                                                                + " usual"));
        if (!usual && section.node("otherwise").isPresent()) {
            section.error("otherwise", "is the time for whom at: usual knows none: take it away");
        }
        Optional<LocalTime> before =
                section.optional("before", LocalTime::parse, "write a time like \"13:30\"");
        Duration lead = section.duration("lead", Optional.of(Duration.ZERO));
        boolean local = section.word("clock", Map.of("store", false, "member", true), false);
        List<Schedule> days = new ArrayList<>(days(section));
        moment.ifPresent(
                fixed -> days.add(new Schedule.On(fixed.toLocalDate(), LocalTime.MIDNIGHT)));
        Duration within =
                section.duration(
                        "within",
                        Optional.of(
                                moment.isPresent() ? Duration.ofDays(366) : Timing.USUALLY_WITHIN));
        if (usual && !days.isEmpty()) {
            section.error("days", "the member's usual hour is of any day: take one away");
        }
        check(section, kind, at, before, lead, local, days);
        return new Timing(after, at, usual, local, before, lead, days, within);
    }

    private void check(
            Section section,
            Kind kind,
            Optional<LocalTime> at,
            Optional<LocalTime> before,
            Duration lead,
            boolean local,
            List<Schedule> days) {
        if (before.isPresent() && at.isPresent()) {
            section.error("before", "is due before a cut-off or at a time: take one away");
        }
        if (before.isPresent() == lead.isZero()) {
            section.error(
                    "lead",
                    before.isPresent()
                            ? "say how long before the cut-off, such as 1h"
                            : "is the time before a cut-off: add before, such as \"13:30\"");
        }
        if (local && at.isEmpty()) {
            section.error("clock", "tells whose clock at means: add at, such as \"10:00\"");
        }
        if (local && !days.isEmpty()) {
            section.error("clock", "days are days of the store: take one away");
        }
        if (!days.isEmpty() && at.isEmpty() && before.isEmpty()) {
            section.error("days", "say when on such a day: at or before");
        }
        if (section.has("within") && days.isEmpty()) {
            section.error("within", "bounds the wait for one of days: add days, or take it away");
        }
        boolean quiet =
                at.filter(
                                time ->
                                        QuietHours.of(store)
                                                .at(
                                                        LocalDate.EPOCH
                                                                .atTime(time)
                                                                .atZone(store.zone())
                                                                .toInstant()))
                        .isPresent();
        if (kind == Kind.MARKETING && quiet) {
            section.error("at", "lies in the quiet hours: marketing would wait until they end");
        }
    }

    private static List<Schedule> days(Section section) {
        List<Schedule> days = new ArrayList<>();
        for (String text : section.list("days")) {
            try {
                days.add(day(text));
            } catch (IllegalArgumentException | DateTimeException _) {
                section.error("days", "write days like \"2026-11-11\", \"11-11\" or MON");
            }
        }
        return days;
    }

    private static Schedule day(String text) {
        if (WEEK.containsKey(text)) {
            return new Schedule.Weekly(WEEK.get(text), LocalTime.MIDNIGHT);
        }
        return text.length() == MONTH_AND_DAY
                ? new Schedule.Yearly(MonthDay.parse("--" + text), LocalTime.MIDNIGHT)
                : new Schedule.On(LocalDate.parse(text), LocalTime.MIDNIGHT);
    }
}
