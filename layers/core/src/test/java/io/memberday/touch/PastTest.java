package io.memberday.touch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.playbook.Store.Caps;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

class PastTest {
    private static final Instant NOW = Instant.parse("2026-11-08T04:00:00Z");
    private static final List<ZoneId> CLOCKS =
            List.of(
                    ZoneId.of("Pacific/Kiritimati"),
                    ZoneId.of("Asia/Shanghai"),
                    ZoneId.of("America/New_York"),
                    ZoneId.of("Etc/GMT+12"));

    @Test
    void shouldKeepWhatCapsResultsAndSegmentsMayAskFor() {
        Member member =
                Member.fresh("m1", NOW)
                        .change()
                        .claims(Map.of("spring@2026-04-22", claim("2026-04-23T04:00:00Z")))
                        .counters(Map.of("sms.d20251107", 1, "sms.w2026-44", 2, "email.y2026", 9))
                        .done();

        assertEquals(Past.NONE, Past.of(member, NOW));
    }

    @Test
    void shouldGiveUpWhatNothingAsksForAnyMoreTheOldestFirst() {
        Member member =
                Member.fresh("m1", NOW)
                        .change()
                        .claims(
                                Map.of(
                                        "b@2026-03-08", claim("2026-03-08T04:00:00Z"),
                                        "a@2026-03-09", claim("2026-03-09T04:00:00Z")))
                        .counters(Map.of("sms.d20251104", 1, "sms.w2026-43", 2, "email.y2025", 9))
                        .done();

        Past past = Past.of(member, NOW);

        assertEquals(List.of("b@2026-03-08", "a@2026-03-09"), past.claims());
        assertEquals(List.of("email.y2025", "sms.d20251104", "sms.w2026-43"), past.counters());
    }

    @Test
    void shouldKeepAClaimThatMayBeOfThisYearOnAnotherClock() {
        Map<String, Claim> claims = new HashMap<>();
        claims.put("last-year@2025-12-31", claim("2025-12-31T22:00:00Z"));
        claims.put("year-before@2024-12-31", claim("2024-12-31T22:00:00Z"));
        claims.put("january@2026-01-09", claim("2026-01-09T22:00:00Z"));
        Member member = Member.fresh("m1", NOW).change().claims(claims).done();

        assertEquals(
                List.of("year-before@2024-12-31", "january@2026-01-09"),
                Past.of(member, NOW).claims());
    }

    /** A member that is written to for three years, and whose clock changes: caps stay the same. */
    @Test
    void shouldNeverMakeRoomUnderACapHoweverLongAShopWrites() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            Caps caps = new Caps(1, 2, 40);
            Member whole = Member.fresh("m1", NOW);
            Member lean = whole;
            Instant at = NOW;
            for (int i = 0; i < 700; i++) {
                at = at.plus(Duration.ofMinutes(random.nextInt(4 * 24 * 60)));
                ZoneId zone = CLOCKS.get(random.nextInt(20) == 0 ? random.nextInt(4) : 1);
                ContactDay day = new ContactDay(LocalDate.ofInstant(at, zone), zone, caps);
                boolean full = day.isFull(whole, Channel.SMS);
                assertEquals(
                        full, day.isFull(lean, Channel.SMS), "seed %d at %s".formatted(seed, at));
                if (!full) {
                    Past past = Past.of(lean, at);
                    whole = sent(whole, day, "run" + i, at, Past.NONE);
                    lean = sent(lean, day, "run" + i, at, past);
                }
            }
            assertTrue(lean.claims().size() < 60, "claims kept, seed " + seed);
            assertTrue(whole.claims().size() > 100, "claims in all, seed " + seed);
        }
    }

    private static Member sent(Member member, ContactDay day, String run, Instant at, Past past) {
        Map<String, Claim> claims = new HashMap<>(member.claims());
        claims.keySet().removeAll(past.claims());
        claims.put(run, new Claim(at, "n", Kind.MARKETING, Channel.SMS, ""));
        Map<String, Integer> counters = new HashMap<>(member.counters());
        day.counters(Channel.SMS)
                .forEach(counter -> counters.merge(counter.key(), 1, Integer::sum));
        counters.keySet().removeAll(past.counters());
        return member.change().claims(claims).counters(counters).done();
    }

    private static Claim claim(String at) {
        return new Claim(Instant.parse(at), "n", Kind.MARKETING, Channel.SMS, "");
    }
}
