package io.memberday.touch;

import io.memberday.member.Channel;
import io.memberday.playbook.Store.Caps;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.List;
import java.util.Map;

/**
 * One of a member's counters of marketing messages (R52), for a channel and a calendar period of
 * the member's clock. It is raised with each claim, whether or not there is a cap.
 *
 * @param key in {@code Member.counters}: {@code sms.d20260508}, {@code sms.w2026-19} (ISO week),
 *     {@code sms.y2026}
 * @param most how many are allowed; 0 means no cap
 */
public record ContactCounter(String key, int most) {
    private static final int YEAR = 4;

    /** Those of a day, narrowest first. */
    public static List<ContactCounter> of(Channel channel, LocalDate day, Caps caps) {
        String start = channel.key() + ".";
        return List.of(
                new ContactCounter(start + day(day), caps.perDay()),
                new ContactCounter(start + week(day), caps.perWeek()),
                new ContactCounter(start + year(day), caps.perYear()));
    }

    /** The period in a key that stands for a day. */
    static String day(LocalDate day) {
        return "d"
                + padded(day.getYear(), YEAR)
                + padded(day.getMonthValue(), 2)
                + padded(day.getDayOfMonth(), 2);
    }

    /** The period in a key that stands for a day's ISO week. */
    static String week(LocalDate day) {
        return "w"
                + padded(day.get(IsoFields.WEEK_BASED_YEAR), YEAR)
                + "-"
                + padded(day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
    }

    /** The period in a key that stands for a day's year. */
    static String year(LocalDate day) {
        return "y" + padded(day.getYear(), YEAR);
    }

    /** By hand, as every message of a run asks for it: a format takes a microsecond. */
    private static String padded(int number, int digits) {
        String plain = Integer.toString(number);
        return "0".repeat(Math.max(0, digits - plain.length())) + plain;
    }

    /** Whether a member's counters leave no room for one more. */
    public boolean reached(Map<String, Integer> counters) {
        return most > 0 && counters.getOrDefault(key, 0) >= most;
    }
}
