package io.memberday.segment;

import io.memberday.member.Channel;
import io.memberday.member.Member;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What marketing a member got lately, from the contact counters of single days on its own clock:
 * {@code sms.d20260508}. It is known as far back as these are kept.
 */
final class Marketing {
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private Marketing() {}

    /** How many days ago the last message on the channel was. */
    static Optional<Long> daysSince(Member member, Channel channel, Vantage vantage) {
        LocalDate today = vantage.today(member);
        return days(member, channel, today)
                .map(Map.Entry::getKey)
                .max(Comparator.naturalOrder())
                .map(last -> ChronoUnit.DAYS.between(last, today));
    }

    /** Messages on the channel on so many days, of which today is the last. */
    static long sent(Member member, Channel channel, Vantage vantage, int days) {
        LocalDate today = vantage.today(member);
        LocalDate before = today.minusDays(days);
        return days(member, channel, today)
                .filter(day -> day.getKey().isAfter(before))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Stream<Map.Entry<LocalDate, Integer>> days(
            Member member, Channel channel, LocalDate today) {
        String start = channel.key() + ".d";
        return member.counters().entrySet().stream()
                .filter(counter -> counter.getKey().startsWith(start) && counter.getValue() > 0)
                .map(
                        counter ->
                                Map.entry(
                                        LocalDate.parse(
                                                counter.getKey().substring(start.length()), DAY),
                                        counter.getValue()))
                .filter(day -> !day.getKey().isAfter(today));
    }
}
