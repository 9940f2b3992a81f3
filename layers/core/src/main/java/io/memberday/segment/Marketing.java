package io.memberday.segment;

import io.memberday.member.Channel;
import io.memberday.member.Member;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What marketing a member got lately, from the contact counters of single days: {@code
 * sms.d20260508}. It is known as far back as these are kept.
 */
final class Marketing {
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private Marketing() {}

    /** The last day up to today with a message on the channel. */
    static Optional<LocalDate> last(Member member, Channel channel, LocalDate today) {
        return days(member, channel, today).map(Map.Entry::getKey).max(Comparator.naturalOrder());
    }

    /** Messages on the channel on so many days, of which today is the last. */
    static long sent(Member member, Channel channel, LocalDate today, int days) {
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
