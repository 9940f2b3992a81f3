package io.memberday.playbook;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.util.List;

/** On which days something happens, in the store's zone. */
public sealed interface Schedule {
    /** When on such a day. */
    LocalTime at();

    /** Whether the date is one of its days. */
    boolean on(LocalDate date);

    /** Every day. */
    record Daily(LocalTime at) implements Schedule {
        @Override
        public boolean on(LocalDate date) {
            return true;
        }
    }

    /** Every week on one day. */
    record Weekly(DayOfWeek day, LocalTime at) implements Schedule {
        @Override
        public boolean on(LocalDate date) {
            return date.getDayOfWeek() == day;
        }
    }

    /** Every month on one day, 1 to 31; in a month that has fewer days on its last. */
    record Monthly(int day, LocalTime at) implements Schedule {
        @Override
        public boolean on(LocalDate date) {
            return date.getDayOfMonth() == Math.min(day, date.lengthOfMonth());
        }
    }

    /** On a {@link Monthly} day if it falls on one day of the week: Friday the 8th. */
    record Coincident(DayOfWeek weekday, int day, LocalTime at) implements Schedule {
        @Override
        public boolean on(LocalDate date) {
            return new Monthly(day, at).on(date) && date.getDayOfWeek() == weekday;
        }
    }

    /** Every year on one day; on 28 February in years without a 29th. */
    record Yearly(MonthDay day, LocalTime at) implements Schedule {
        @Override
        public boolean on(LocalDate date) {
            return date.equals(day.atYear(date.getYear()));
        }
    }

    /** On one date. */
    record On(LocalDate date, LocalTime at) implements Schedule {
        @Override
        public boolean on(LocalDate other) {
            return date.equals(other);
        }
    }

    /**
     * On a festival. When it is, the shop says for each year: no formula of java.time finds a day
     * of the lunar calendar.
     *
     * @param name such as {@code spring-festival}
     * @param dates of all years that are known
     */
    record Festival(String name, List<LocalDate> dates, LocalTime at) implements Schedule {
        public Festival {
            dates = List.copyOf(dates);
        }

        @Override
        public boolean on(LocalDate date) {
            return dates.contains(date);
        }
    }

    /** Some days before each day of another schedule, at the same time. */
    record Before(Schedule of, int days) implements Schedule {
        @Override
        public LocalTime at() {
            return of.at();
        }

        @Override
        public boolean on(LocalDate date) {
            return of.on(date.plusDays(days));
        }
    }

    /**
     * Every day, for those members whose birthday it is, or will be in some days ({@link
     * Campaign#birthday}).
     */
    record Birthday(int daysBefore, LocalTime at) implements Schedule {
        @Override
        public boolean on(LocalDate date) {
            return true;
        }
    }
}
