package io.memberday.touch;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.playbook.Store.Caps;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A day on one clock with its ISO week and its year: which counters a message of this day raises,
 * and whether a member has had all that the caps allow (R52).
 *
 * <p>A message counts in the periods that the member's clock showed when it was claimed: the
 * counters. If the clock is another since, because the member moved or its country was not known
 * before, it counts in the periods of that clock, too, as long as the member bears its claim. So a
 * move never makes room for one more; at most it leaves less.
 */
final class ContactDay {
    private final Period day;
    private final Map<Channel, List<Counted>> counted = new EnumMap<>(Channel.class);

    private record Period(Instant from, Instant until) {
        static Period of(LocalDate from, LocalDate until, ZoneId zone) {
            return new Period(
                    from.atStartOfDay(zone).toInstant(), until.atStartOfDay(zone).toInstant());
        }

        boolean holds(Instant at) {
            return !at.isBefore(from) && at.isBefore(until);
        }
    }

    private record Counted(ContactCounter counter, Period period) {
        boolean isFull(Member member, Channel channel) {
            return counter.most() > 0
                    && (counter.reached(member.counters())
                            || claimed(member, channel) >= counter.most());
        }

        private long claimed(Member member, Channel channel) {
            return member.claims().values().stream()
                    .filter(claim -> claim.kind() == Kind.MARKETING && claim.channel() == channel)
                    .filter(claim -> period.holds(claim.at()))
                    .count();
        }
    }

    ContactDay(LocalDate date, ZoneId zone, Caps caps) {
        LocalDate monday = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        LocalDate newYear = date.with(TemporalAdjusters.firstDayOfYear());
        day = Period.of(date, date.plusDays(1), zone);
        List<Period> periods =
                List.of(
                        day,
                        Period.of(monday, monday.plusWeeks(1), zone),
                        Period.of(newYear, newYear.plusYears(1), zone));
        for (Channel channel : Channel.values()) {
            List<ContactCounter> counters = ContactCounter.of(channel, date, caps);
            counted.put(
                    channel,
                    List.of(
                            new Counted(counters.get(0), periods.get(0)),
                            new Counted(counters.get(1), periods.get(1)),
                            new Counted(counters.get(2), periods.get(2))));
        }
    }

    /** Whether a moment is on this day. */
    boolean holds(Instant at) {
        return day.holds(at);
    }

    /** The counters that a message on the channel raises: of the day, the week and the year. */
    List<ContactCounter> counters(Channel channel) {
        return on(channel).stream().map(Counted::counter).toList();
    }

    /** Whether the member has had all that the day, the week or the year allows on the channel. */
    boolean isFull(Member member, Channel channel) {
        return on(channel).stream().anyMatch(one -> one.isFull(member, channel));
    }

    private List<Counted> on(Channel channel) {
        return Objects.requireNonNull(counted.get(channel));
    }
}
