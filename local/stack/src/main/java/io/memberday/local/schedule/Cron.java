package io.memberday.local.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A cron expression as EventBridge Scheduler reads it: minute, hour, day of month, month, day of
 * week, year. A local time that a change of clocks leaves out is skipped; one that it repeats is
 * due once, the first time.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based">Cron-based
 *     schedules</a>
 */
final class Cron implements Timing {
    private static final List<String> MONTHS =
            List.of(
                    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV",
                    "DEC");
    private static final List<String> DAYS =
            List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 2199;

    private final BitSet minutes;
    private final BitSet hours;
    private final BitSet months;
    private final BitSet years;
    private final Days days;
    private final ZoneId zone;

    /** Whether a date is one of its days. */
    @FunctionalInterface
    private interface Days {
        boolean include(LocalDate date);
    }

    private Cron(String[] fields, ZoneId zone) {
        this.minutes = CronField.values(fields[0], 0, 59, List.of());
        this.hours = CronField.values(fields[1], 0, 23, List.of());
        this.months = CronField.values(fields[3], 1, 12, MONTHS);
        this.years = CronField.values(fields[5], FIRST_YEAR, LAST_YEAR, List.of());
        this.days = fields[4].equals("?") ? daysOfMonth(fields[2]) : daysOfWeek(fields[4]);
        this.zone = zone;
    }

    /**
     * @throws IllegalArgumentException if AWS would refuse it
     */
    static Cron of(String expression, ZoneId zone) {
        String[] fields = expression.strip().split("\\s+");
        if (fields.length != 6) {
            throw new IllegalArgumentException(
                    "cron takes minute, hour, day of month, month, day of week and year: "
                            + expression);
        }
        if (fields[2].equals("?") == fields[4].equals("?")) {
            throw new IllegalArgumentException(
                    "of day of month and day of week exactly one must be ?: " + expression);
        }
        return new Cron(fields, zone);
    }

    @Override
    public Optional<Instant> next(Instant after) {
        LocalDateTime local = after.atZone(zone).toLocalDateTime();
        for (Optional<LocalDateTime> due = nextLocal(local);
                due.isPresent();
                due = nextLocal(due.get())) {
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(due.get());
            if (!offsets.isEmpty()) {
                Instant time = due.get().toInstant(offsets.getFirst());
                if (time.isAfter(after)) {
                    return Optional.of(time);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
        LocalDate first = after.toLocalDate();
        LocalDate end = LocalDate.of(years.length(), 1, 1);
        for (LocalDate date = first; date.isBefore(end); date = date.plusDays(1)) {
            if (years.get(date.getYear())
                    && months.get(date.getMonthValue())
                    && days.include(date)) {
                Optional<LocalTime> time =
                        nextTime(date.equals(first) ? minuteOfDay(after) + 1 : 0);
                if (time.isPresent()) {
                    return Optional.of(date.atTime(time.get()));
                }
            }
        }
        return Optional.empty();
    }

    private Optional<LocalTime> nextTime(int fromMinuteOfDay) {
        for (int hour = hours.nextSetBit(fromMinuteOfDay / 60);
                hour >= 0;
                hour = hours.nextSetBit(hour + 1)) {
            int minute = minutes.nextSetBit(Math.max(0, fromMinuteOfDay - hour * 60));
            if (minute >= 0) {
                return Optional.of(LocalTime.of(hour, minute));
            }
        }
        return Optional.empty();
    }

    private static int minuteOfDay(LocalDateTime time) {
        return time.getHour() * 60 + time.getMinute();
    }

    private static Days daysOfMonth(String field) {
        if (field.equals("L")) {
            return date -> date.getDayOfMonth() == date.lengthOfMonth();
        }
        if (field.endsWith("W")) {
            int wanted = CronField.number(field.substring(0, field.length() - 1), 1, 31, List.of());
            return date -> date.equals(nearestWeekday(date, wanted));
        }
        BitSet days = CronField.values(field, 1, 31, List.of());
        return date -> days.get(date.getDayOfMonth());
    }

    /** The weekday nearest to a day, inside that day's month. */
    private static LocalDate nearestWeekday(LocalDate month, int day) {
        LocalDate wanted = month.withDayOfMonth(Math.min(day, month.lengthOfMonth()));
        return switch (wanted.getDayOfWeek()) {
            case SATURDAY -> wanted.getDayOfMonth() == 1 ? wanted.plusDays(2) : wanted.minusDays(1);
            case SUNDAY ->
                    wanted.getDayOfMonth() == wanted.lengthOfMonth()
                            ? wanted.minusDays(2)
                            : wanted.plusDays(1);
            default -> wanted;
        };
    }

    private static Days daysOfWeek(String field) {
        if (field.endsWith("L") && field.length() > 1) {
            DayOfWeek day = dayOfWeek(field.substring(0, field.length() - 1));
            return date -> date.equals(date.with(TemporalAdjusters.lastInMonth(day)));
        }
        if (field.contains("#")) {
            String[] sides = field.split("#", 2);
            DayOfWeek day = dayOfWeek(sides[0]);
            int which = CronField.number(sides[1], 1, 5, List.of());
            return date -> date.equals(date.with(TemporalAdjusters.dayOfWeekInMonth(which, day)));
        }
        BitSet days = CronField.values(field.equals("L") ? "7" : field, 1, 7, DAYS);
        return date -> days.get(date.getDayOfWeek().getValue() % 7 + 1);
    }

    /** AWS's week begins on Sunday, with 1. */
    private static DayOfWeek dayOfWeek(String text) {
        return DayOfWeek.SUNDAY.plus(CronField.number(text, 1, 7, DAYS) - 1);
    }
}
