package io.memberday.compiler;

import io.memberday.json.Nearest;
import io.memberday.playbook.Schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads the days of a schedule: {@code daily}, {@code weekly}, {@code monthly}, both of these,
 * {@code yearly}, {@code date}, {@code festival} or {@code birthday}.
 */
final class ScheduleReader {
    private static final int LONGEST_MONTH = 31;
    private static final int MOST_DAYS_BEFORE = 60;
    private static final String DAYS_BEFORE = "daysBefore";
    private static final List<String> KINDS =
            List.of("date", "yearly", "festival", "birthday", "daily", "weekly", "monthly");

    private static final Map<String, DayOfWeek> DAYS =
            Arrays.stream(DayOfWeek.values())
                    .collect(
                            Collectors.toMap(
                                    day -> day.name().substring(0, 3), Function.identity()));

    private final Festivals festivals;

    ScheduleReader(Festivals festivals) {
        this.festivals = festivals;
    }

    /** Whether a section says any days, or means to. */
    boolean anyDays(Section section) {
        return Stream.concat(KINDS.stream(), Stream.of(DAYS_BEFORE))
                .map(section::node)
                .toList()
                .stream()
                .anyMatch(Optional::isPresent);
    }

    /** Where it cannot be read, which is noted, a schedule of some days is handed back. */
    Schedule read(Section section, LocalTime at) {
        List<String> kinds = KINDS.stream().filter(kind -> section.node(kind).isPresent()).toList();
        section.node(DAYS_BEFORE);
        Schedule days = days(section, kinds, at);
        Optional<Integer> before =
                section.has(DAYS_BEFORE) ? Optional.of(daysBefore(section)) : Optional.empty();
        if (days instanceof Schedule.Birthday) {
            return new Schedule.Birthday(before.orElse(0), at);
        }
        if (before.isPresent() && !dated(days)) {
            section.error(
                    DAYS_BEFORE, "counts back from a date, yearly, festival or birthday only");
            return days;
        }
        return before.<Schedule>map(count -> new Schedule.Before(days, count)).orElse(days);
    }

    /** Whether one can count back from its days. */
    static boolean dated(Schedule schedule) {
        return switch (schedule) {
            case Schedule.On _, Schedule.Yearly _, Schedule.Festival _ -> true;
            default -> false;
        };
    }

    /** The last of its days that is known, if they end. */
    static Optional<LocalDate> last(Schedule schedule) {
        return switch (schedule) {
            case Schedule.On on -> Optional.of(on.date());
            case Schedule.Festival festival -> festival.dates().stream().max(LocalDate::compareTo);
            case Schedule.Before before ->
                    last(before.of()).map(date -> date.minusDays(before.days()));
            default -> Optional.empty();
        };
    }

    static int daysBefore(Section section) {
        return section.whole(DAYS_BEFORE, 0, MOST_DAYS_BEFORE, Optional.of(0));
    }

    private Schedule days(Section section, List<String> kinds, LocalTime at) {
        if (kinds.isEmpty()) {
            section.error(
                    "date",
                    "say when: date: \"2026-11-11\", yearly: \"11-11\", festival: qixi,"
                            + " birthday: true, daily: true, weekly: FRI or monthly: 8");
            return new Schedule.Daily(at);
        }
        if (kinds.size() > 1 && !kinds.equals(List.of("weekly", "monthly"))) {
            section.error(
                    kinds.getFirst(), "take one of %s".formatted(String.join(" and ", kinds)));
        }
        return switch (kinds.getFirst()) {
            case "date" ->
                    new Schedule.On(
                            section.optional(
                                            "date",
                                            LocalDate::parse,
                                            "write a date like \"2026-11-11\"")
                                    .orElse(LocalDate.EPOCH),
                            at);
            case "yearly" -> new Schedule.Yearly(dayOfYear(section), at);
            case "festival" -> festival(section, at);
            case "birthday" -> {
                onlyTrue(section, "birthday");
                yield new Schedule.Birthday(0, at);
            }
            case "daily" -> {
                onlyTrue(section, "daily");
                yield new Schedule.Daily(at);
            }
            case "monthly" -> new Schedule.Monthly(dayOfMonth(section), at);
            default -> {
                DayOfWeek weekday = section.word("weekly", DAYS, DayOfWeek.MONDAY);
                yield section.has("monthly")
                        ? new Schedule.Coincident(weekday, dayOfMonth(section), at)
                        : new Schedule.Weekly(weekday, at);
            }
        };
    }

    private static void onlyTrue(Section section, String name) {
        if (!section.truth(name, true)) {
            section.error(name, "write true, or take it away");
        }
    }

    private static MonthDay dayOfYear(Section section) {
        return section.optional(
                        "yearly",
                        text -> MonthDay.parse("--" + text),
                        "write month and day like \"08-19\"")
                .orElse(MonthDay.of(1, 1));
    }

    private static int dayOfMonth(Section section) {
        return section.optional(
                        "monthly",
                        text ->
                                text.equals("last")
                                        ? LONGEST_MONTH
                                        : Section.bounded(text, 1, LONGEST_MONTH),
                        "write a day from 1 to 31, or last: a shorter month's last day is taken")
                .orElse(1);
    }

    private Schedule festival(Section section, LocalTime at) {
        String name = section.text("festival", "name a festival of store.yaml");
        Optional<List<LocalDate>> dates = festivals.dates(name);
        if (dates.isEmpty() && !name.isEmpty()) {
            section.error(
                    "festival",
                    festivals.names().isEmpty()
                            ? "has no dates: list them under festivals in store.yaml"
                            : "has no dates in store.yaml: "
                                    + Nearest.mend(name, festivals.names()));
        }
        return new Schedule.Festival(name, dates.orElse(List.of()), at);
    }
}
