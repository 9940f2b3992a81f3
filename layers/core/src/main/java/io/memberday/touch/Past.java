package io.memberday.touch;

import io.memberday.member.Claim;
import io.memberday.member.Member;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a member's item still says of messages, and nothing asks for any more. It goes with the next
 * claim, so that the item stays lean however long a shop writes to the member.
 *
 * @param counters keys in {@code Member.counters}
 * @param claims runs in {@code Member.claims}
 */
public record Past(List<String> counters, List<String> claims) {
    /** Of a member all of whose record is needed. */
    public static final Past NONE = new Past(List.of(), List.of());

    /** So many of either go at once: a write's expression has its limits. */
    static final int MOST = 20;

    /** The longest attribution (60 days) and refund period (90), and time to mend a report. */
    private static final Duration CLAIMS = Duration.ofDays(200);

    /** As far back as a segment may ask, {@code marketingSent("sms", 366)}. */
    private static final Duration DAYS = Duration.ofDays(366);

    private static final Duration A_WEEK = Duration.ofDays(7);

    /** Clocks differ by 26 hours at most. */
    private static final Duration ANY_CLOCK = Duration.ofDays(2);

    public Past {
        counters = List.copyOf(counters);
        claims = List.copyOf(claims);
    }

    /** What is past of a member's record, the oldest first. */
    public static Past of(Member member, Instant now) {
        return new Past(
                counters(member, now).limit(MOST).toList(),
                claims(member, now).limit(MOST).toList());
    }

    private static Stream<String> counters(Member member, Instant now) {
        if (member.counters().isEmpty()) {
            return Stream.empty();
        }
        List<String> first =
                List.of(
                        ContactCounter.day(date(now.minus(DAYS).minus(ANY_CLOCK))),
                        ContactCounter.week(date(now.minus(A_WEEK).minus(ANY_CLOCK))),
                        ContactCounter.year(date(now.minus(ANY_CLOCK))));
        return member.counters().keySet().stream()
                .filter(key -> first.stream().anyMatch(period -> isBefore(key, period)))
                .sorted();
    }

    /** Whether a counter is of the same sort of period and of an earlier one. */
    private static boolean isBefore(String key, String period) {
        String own = key.substring(key.indexOf('.') + 1);
        return own.charAt(0) == period.charAt(0) && own.compareTo(period) < 0;
    }

    private static Stream<String> claims(Member member, Instant now) {
        return member.claims().entrySet().stream()
                .filter(claim -> claim.getValue().at().isBefore(now.minus(CLAIMS)))
                .filter(claim -> !mayBeOfThisYear(claim.getValue().at(), now))
                .sorted(Map.Entry.comparingByValue(Comparator.comparing(Claim::at)))
                .map(Map.Entry::getKey);
    }

    /**
     * Whether it is of the last year on one clock and of this year on another: a member whose clock
     * changes must not get one more than a year allows, see {@link ContactDay}.
     */
    private static boolean mayBeOfThisYear(Instant at, Instant now) {
        int latest = date(at.plus(ANY_CLOCK)).getYear();
        return date(at.minus(ANY_CLOCK)).getYear() < latest
                && latest >= date(now.minus(ANY_CLOCK)).getYear();
    }

    private static LocalDate date(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
