package io.memberday.member;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When a member's birthday is. One of 29 February is on 28 February in years without a 29th.
 *
 * @param day of the year
 * @param year of birth, where the member said it
 */
public record Birthday(MonthDay day, Optional<Integer> year) {
    private static final int MONTH_AND_DAY = "05-08".length();
    private static final MonthDay LEAP_DAY = MonthDay.of(2, 29);

    /** Reads {@code 1990-05-08} or {@code --05-08}; nothing if it is no day of a year. */
    public static Optional<Birthday> of(String written) {
        try {
            int cut = written.length() - MONTH_AND_DAY;
            return Optional.of(
                    new Birthday(
                            MonthDay.parse("--" + written.substring(cut)),
                            written.startsWith("--")
                                    ? Optional.empty()
                                    : Optional.of(Integer.valueOf(written.substring(0, cut - 1)))));
        } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
            // Platforms hand over whatever a person typed: what is no date is not known.
            return Optional.empty();
        }
    }

    /** Whom {@link Profile#birthdayOn} may name on a date: all of them pass, and hardly another. */
    public static MemberFilter filter(LocalDate date) {
        List<MemberFilter> days = new ArrayList<>();
        days.add(written(MonthDay.from(date)));
        if (date.getMonthValue() == LEAP_DAY.getMonthValue()
                && date.getDayOfMonth() == date.lengthOfMonth()) {
            days.add(written(LEAP_DAY));
        }
        return MemberFilter.any(days);
    }

    private static MemberFilter written(MonthDay day) {
        String monthAndDay = day.toString().substring("--".length());
        return new MemberFilter.Contains(MemberFilter.Stored.BIRTHDAY, monthAndDay, true);
    }

    /** Days until the next one; 0 on the day itself. */
    public long daysFrom(LocalDate today) {
        LocalDate next = day.atYear(today.getYear());
        if (next.isBefore(today)) {
            next = day.atYear(today.getYear() + 1);
        }
        return ChronoUnit.DAYS.between(today, next);
    }

    /** Years of life, where the year of birth is known and not in the future. */
    public Optional<Long> age(LocalDate today) {
        boolean past = !day.atYear(today.getYear()).isAfter(today);
        return year.map(born -> (long) today.getYear() - born - (past ? 0 : 1))
                .filter(years -> years >= 0);
    }
}
