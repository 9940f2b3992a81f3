package io.memberday.playbook;

import io.memberday.json.Fields;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The compiled form of schedules. */
final class ScheduleFormat {
    private static final String DAYS_BEFORE = "daysBefore";

    private ScheduleFormat() {}

    static Map<String, Object> write(Schedule schedule) {
        Map<String, Object> object = new LinkedHashMap<>();
        switch (schedule) {
            case Schedule.Daily _ -> object.put("daily", true);
            case Schedule.Weekly weekly -> object.put("weekly", name(weekly.day()));
            case Schedule.Monthly monthly -> object.put("monthly", monthly.day());
            case Schedule.Coincident both -> {
                object.put("weekly", name(both.weekday()));
                object.put("monthly", both.day());
            }
            case Schedule.Yearly yearly -> object.put("yearly", yearly.day().toString());
            case Schedule.On on -> object.put("date", on.date().toString());
            case Schedule.Festival festival -> {
                object.put("festival", festival.name());
                object.put("dates", festival.dates().stream().map(LocalDate::toString).toList());
            }
            case Schedule.Before before -> {
                object.putAll(write(before.of()));
                object.put(DAYS_BEFORE, before.days());
            }
            case Schedule.Birthday birthday -> object.put("birthday", birthday.daysBefore());
        }
        object.put("at", schedule.at().toString());
        return object;
    }

    static Schedule read(Fields fields) {
        LocalTime at = LocalTime.parse(fields.text("at"));
        if (fields.has(DAYS_BEFORE)) {
            return new Schedule.Before(days(fields, at), StoreFormat.whole(fields, DAYS_BEFORE));
        }
        return days(fields, at);
    }

    private static Schedule days(Fields fields, LocalTime at) {
        if (fields.has("weekly")) {
            DayOfWeek day = DayOfWeek.valueOf(fields.text("weekly").toUpperCase(Locale.ROOT));
            return fields.has("monthly")
                    ? new Schedule.Coincident(day, StoreFormat.whole(fields, "monthly"), at)
                    : new Schedule.Weekly(day, at);
        }
        if (fields.has("monthly")) {
            return new Schedule.Monthly(StoreFormat.whole(fields, "monthly"), at);
        }
        if (fields.has("yearly")) {
            return new Schedule.Yearly(MonthDay.parse(fields.text("yearly")), at);
        }
        if (fields.has("festival")) {
            return new Schedule.Festival(
                    fields.text("festival"),
                    fields.texts("dates").stream().map(LocalDate::parse).toList(),
                    at);
        }
        if (fields.has("birthday")) {
            return new Schedule.Birthday(StoreFormat.whole(fields, "birthday"), at);
        }
        return fields.has("daily")
                ? new Schedule.Daily(at)
                : new Schedule.On(LocalDate.parse(fields.text("date")), at);
    }

    private static String name(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }
}
