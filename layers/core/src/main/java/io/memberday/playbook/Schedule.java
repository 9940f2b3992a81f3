package io.memberday.playbook;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;

/** On which days something happens, in the store's zone. */
public sealed interface Schedule {
    /** When on such a day. */
    LocalTime at();

    /** Whether the date is one of its days. */
    boolean on(LocalDate date);

    /** Every week on one day. */
    record Weekly(DayOfWeek day, LocalTime at) implements Schedule {
        @Override
        public boolean on(LocalDate date) {
            return date.getDayOfWeek() == day;
        }
    }

    /** Every month on one day, 1 to 28. */
    record Monthly(int day, LocalTime at) implements Schedule {
        @Override
        public boolean on(LocalDate date) {
            return date.getDayOfMonth() == day;
        }
    }

    /** Every month on one day, 1 to 28, if it falls on one day of the week: Friday the 8th. */
    record Coincident(DayOfWeek weekday, int day, LocalTime at) implements Schedule {
        @Override
        public boolean on(LocalDate date) {
            return date.getDayOfMonth() == day && date.getDayOfWeek() == weekday;
        }
    }

    /** On one date. */
    record On(LocalDate date, LocalTime at) implements Schedule {
        @Override
        public boolean on(LocalDate other) {
            return date.equals(other);
        }
    }
}
