package io.memberday.segment;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A day that an expression names: of the calendar, or so many days before the run's. */
sealed interface Day {
    String TODAY = "today";

    /** More would be longer ago than any shop keeps single purchases. */
    int FARTHEST = 36_500;

    /** The date, seen from a day. */
    LocalDate on(LocalDate today);

    /** As it stands in an expression. */
    String written();

    /** Reads {@code 2026-11-11}, {@code today} or {@code today-30d}. */
    static Optional<Day> of(String written) {
        if (written.equals(TODAY)) {
            return Optional.of(new Ago(0));
        }
        Matcher ago = Ago.FORM.matcher(written);
        if (ago.matches()) {
            return Optional.of(new Ago(Integer.parseInt(ago.group(1))))
                    .filter(day -> day.days() <= FARTHEST)
                    .map(day -> day);
        }
        try {
            // Years of more than four digits have days without a day after them.
            return Optional.of(LocalDate.parse(written))
                    .filter(date -> written.length() == "2026-11-11".length())
                    .map(Fixed::new);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** A day of the calendar. */
    record Fixed(LocalDate date) implements Day {
        @Override
        public LocalDate on(LocalDate today) {
            return date;
        }

        @Override
        public String written() {
            return date.toString();
        }
    }

    /** So many days before the run's day at the store. */
    record Ago(int days) implements Day {
        private static final Pattern FORM = Pattern.compile("today ?- ?(\\d{1,5})d");

        @Override
        public LocalDate on(LocalDate today) {
            return today.minusDays(days);
        }

        @Override
        public String written() {
            return days == 0 ? TODAY : TODAY + "-" + days + "d";
        }
    }

    /** Days from one to another, both included, in the store's zone. */
    record Span(Day from, Day to) {
        /** Whether it can be seen without a day that it ends before it begins. */
        boolean backwards() {
            return switch (from) {
                case Fixed first -> to instanceof Fixed last && last.date().isBefore(first.date());
                case Ago first -> to instanceof Ago last && last.days() > first.days();
            };
        }
    }
}
