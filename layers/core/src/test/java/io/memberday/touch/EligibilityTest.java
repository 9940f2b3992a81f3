package io.memberday.touch;

import static io.memberday.member.Channel.EMAIL;
import static io.memberday.member.Channel.SMS;
import static io.memberday.member.Kind.MARKETING;
import static io.memberday.member.Kind.SERVICE;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Claim;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.MemberJoin;
import io.memberday.member.Profile;
import io.memberday.playbook.Store.Caps;
import io.memberday.touch.Eligibility.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.IsoFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;

class EligibilityTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    /** 10:00 in Shanghai, 22:00 of the day before in New York. */
    private static final Instant TEN = Instant.parse("2026-05-08T02:00:00Z");

    private static final List<String> ZONES =
            List.of(
                    "Asia/Shanghai",
                    "America/New_York",
                    "Pacific/Kiritimati",
                    "Pacific/Pago_Pago",
                    "Africa/Cairo",
                    "Europe/London");

    /** Before a year's end, and before the days on which clocks are put forward and back. */
    private static final List<String> STARTS =
            List.of("2026-12-20T00:00:00Z", "2026-03-01T00:00:00Z", "2026-10-25T00:00:00Z");

    private static final Eligibility MARKETING_RULE = rule(MARKETING, new Caps(1, 2, 10), TEN);
    private static final Eligibility SERVICE_RULE = rule(SERVICE, new Caps(1, 2, 10), TEN);

    @Test
    void shouldAllowMarketingOnlyWithAKnownAgreement() {
        // Given
        Member agreed = member(true);
        Member refused = member(false);
        Member unknown = agreed.change().consents(Consents.UNKNOWN).done();

        // Then
        assertEquals(Optional.empty(), MARKETING_RULE.refusal(agreed, SMS));
        assertEquals(Optional.of(Refusal.CONSENT), MARKETING_RULE.refusal(refused, SMS));
        assertEquals(Optional.of(Refusal.CONSENT), MARKETING_RULE.refusal(unknown, SMS));
        assertEquals(Optional.empty(), SERVICE_RULE.refusal(unknown, SMS));
    }

    @Test
    void shouldRefuseAnAddressThatIsMissingOrDead() {
        // Given
        Member dead = member(true).change().dead(Map.of(SMS, "+8613800000000")).done();

        // Then
        assertEquals(Optional.of(Refusal.UNREACHABLE), MARKETING_RULE.refusal(dead, SMS));
        assertEquals(Optional.of(Refusal.UNREACHABLE), SERVICE_RULE.refusal(dead, SMS));
        assertEquals(Optional.of(Refusal.UNREACHABLE), MARKETING_RULE.refusal(member(true), EMAIL));
    }

    @Test
    void shouldRefuseATombstone() {
        Member merged = member(true).change().mergedInto("m2").done();
        assertEquals(Optional.of(Refusal.MERGED), MARKETING_RULE.refusal(merged, SMS));
        assertEquals(
                Optional.of(Refusal.MERGED), MARKETING_RULE.refusal(merged, List.of(SMS, EMAIL)));
    }

    @ParameterizedTest
    @CsvSource({
        "sms.d20260508, 1, true",
        "sms.d20260507, 9, false",
        "sms.w2026-19, 1, false",
        "sms.w2026-19, 2, true",
        "sms.y2026, 9, false",
        "sms.y2026, 10, true",
        "sms.y2025, 10, false",
        "email.d20260508, 1, false",
    })
    void shouldRefuseAtTheCapOfDayWeekOrYear(String counter, int count, boolean refused) {
        // Given
        Member member = member(true).change().counters(Map.of(counter, count)).done();

        // Then
        assertEquals(
                refused ? Optional.of(Refusal.CAP) : Optional.empty(),
                MARKETING_RULE.refusal(member, SMS));
        assertEquals(Optional.empty(), SERVICE_RULE.refusal(member, SMS));
    }

    @Test
    void shouldCountNewYearInTheIsoWeekOfItsThursday() {
        // Given: 1 January 2027 is a Friday, in the last week of 2026
        LocalDate newYear = LocalDate.parse("2027-01-01");

        // When
        List<String> keys =
                ContactCounter.of(EMAIL, newYear, new Caps(0, 0, 0)).stream()
                        .map(ContactCounter::key)
                        .toList();

        // Then
        assertEquals(List.of("email.d20270101", "email.w2026-53", "email.y2027"), keys);
    }

    @Test
    void shouldNotCapWhereThereIsNoCap() {
        Eligibility uncapped = rule(MARKETING, new Caps(0, 0, 0), TEN);
        Member busy =
                member(true)
                        .change()
                        .counters(Map.of("sms.d20260508", 99))
                        .claims(Map.of("flash", new Claim(TEN, "n1", MARKETING, SMS, "")))
                        .done();
        assertEquals(Optional.empty(), uncapped.refusal(busy, SMS));
    }

    @Test
    void shouldTakeTheFirstChannelThatReachesAndTellTheClosestRefusal() {
        // Given: no email address, and the day's SMS was sent
        Member capped = member(true).change().counters(Map.of("sms.d20260508", 1)).done();

        // Then
        assertEquals(Optional.of(SMS), MARKETING_RULE.channel(member(true), List.of(EMAIL, SMS)));
        assertEquals(Optional.empty(), MARKETING_RULE.channel(capped, List.of(EMAIL, SMS)));
        assertEquals(Optional.of(Refusal.CAP), MARKETING_RULE.refusal(capped, List.of(SMS, EMAIL)));
    }

    @ParameterizedTest
    @CsvSource({
        // On the store's clock it is the 8th, in New York still the 7th
        "Asia/Shanghai, 2026-05-08T02:00:00Z, d20260508 w2026-19 y2026",
        "America/New_York, 2026-05-08T02:00:00Z, d20260507 w2026-19 y2026",
        // Sunday here, Monday of the next ISO week there
        "Asia/Shanghai, 2026-05-10T14:00:00Z, d20260510 w2026-19 y2026",
        "Pacific/Auckland, 2026-05-10T14:00:00Z, d20260511 w2026-20 y2026",
        // A new year there: its first days are in the last ISO week of the old one
        "Asia/Shanghai, 2026-12-31T15:59:59Z, d20261231 w2026-53 y2026",
        "Asia/Tokyo, 2026-12-31T15:59:59Z, d20270101 w2026-53 y2027",
        // The days on which New York's clocks are put forward and back have 23 and 25 hours
        "America/New_York, 2026-03-08T05:00:00Z, d20260308 w2026-10 y2026",
        "America/New_York, 2026-03-09T03:59:59Z, d20260308 w2026-10 y2026",
        "America/New_York, 2026-03-09T04:00:00Z, d20260309 w2026-11 y2026",
        "America/New_York, 2026-11-01T04:00:00Z, d20261101 w2026-44 y2026",
        "America/New_York, 2026-11-02T04:59:59Z, d20261101 w2026-44 y2026",
        "America/New_York, 2026-11-02T05:00:00Z, d20261102 w2026-45 y2026",
        // Midnight does not come where the clocks go from 24:00 to 01:00
        "Africa/Cairo, 2026-04-23T22:00:00Z, d20260424 w2026-17 y2026",
    })
    void shouldCountInTheCalendarOfTheMembersOwnClock(String zone, Instant at, String counters) {
        // When
        List<String> keys =
                rule(MARKETING, new Caps(1, 2, 10), at).counters(living(zone), SMS).stream()
                        .map(ContactCounter::key)
                        .toList();

        // Then
        assertEquals(Stream.of(counters.split(" ")).map("sms."::concat).toList(), keys);
    }

    @Test
    void shouldTakeNoPlaceInTheCapsForAServiceMessage() {
        assertEquals(List.of(), SERVICE_RULE.counters(living("Asia/Shanghai"), SMS));
    }

    @Test
    void shouldLeaveMemberDayItsPlaceWhoeverHeardOfADelayedParcelBefore() {
        // Given
        Member told = toldOfDelay(living("Asia/Shanghai"), "mass-delay@2026-05-08", TEN);

        // Then
        assertEquals(Optional.empty(), rule(MARKETING, new Caps(1, 1, 1), TEN).refusal(told, SMS));
    }

    @ParameterizedTest
    @CsvSource({
        // Who moves east sees what was sent on the day before again as today's
        "America/New_York, Asia/Shanghai, 2026-05-08T01:00:00Z, 2026-05-08T02:00:00Z, true",
        // Who moves west sees what was sent on the day after as today's
        "Asia/Shanghai, America/New_York, 2026-05-08T01:00:00Z, 2026-05-08T02:00:00Z, true",
        // And on that later day it has had its message already
        "Asia/Shanghai, America/New_York, 2026-05-08T01:00:00Z, 2026-05-08T05:00:00Z, true",
        "Asia/Shanghai, America/New_York, 2026-05-08T01:00:00Z, 2026-05-09T05:00:00Z, false",
        "America/New_York, Asia/Shanghai, 2026-05-07T15:00:00Z, 2026-05-08T02:00:00Z, false",
    })
    void shouldMakeNoRoomForOneMoreByAMove(
            String from, String to, Instant sent, Instant now, boolean refused) {
        // Given
        Member told = claimed(living(from), "flash", sent, new Caps(1, 0, 0));

        // When
        Member moved = told.change().profile(living(to).profile()).done();

        // Then
        assertEquals(
                refused ? Optional.of(Refusal.CAP) : Optional.empty(),
                rule(MARKETING, new Caps(1, 0, 0), now).refusal(moved, SMS));
    }

    @Test
    void shouldKeepEveryCapOnWhateverClockThePersonLooks() {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            Caps caps = new Caps(random.nextInt(3), random.nextInt(5), random.nextInt(12));
            Member member = living("Asia/Shanghai");
            Instant now = Instant.parse(STARTS.get(random.nextInt(STARTS.size())));
            for (int message = 0; message < 60; message++) {
                now = now.plusSeconds(random.nextInt(50_000));
                if (random.nextInt(4) == 0) {
                    String zone = ZONES.get(random.nextInt(ZONES.size()));
                    member = member.change().profile(living(zone).profile()).done();
                }
                if (random.nextInt(3) == 0) {
                    Member told = toldOfDelay(member, "delay" + message, now);
                    assertEquals(
                            rule(MARKETING, caps, now).refusal(member, SMS),
                            rule(MARKETING, caps, now).refusal(told, SMS),
                            "seed " + seed);
                    member = told;
                }
                if (rule(MARKETING, caps, now).refusal(member, SMS).isEmpty()) {
                    member = claimed(member, "run" + message, now, caps);
                    withinCaps(member, now, caps, "seed " + seed);
                }
            }
        }
    }

    /** By the claims alone, and by the clock that the member has when one is added. */
    private static void withinCaps(Member member, Instant now, Caps caps, String seed) {
        ZoneId zone = member.profile().zone().orElseThrow();
        LocalDate today = now.atZone(zone).toLocalDate();
        within(member, caps.perDay(), seed + " day", zone, today::equals);
        within(
                member,
                caps.perWeek(),
                seed + " week",
                zone,
                day ->
                        day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)
                                        == today.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR)
                                && day.get(IsoFields.WEEK_BASED_YEAR)
                                        == today.get(IsoFields.WEEK_BASED_YEAR));
        within(
                member,
                caps.perYear(),
                seed + " year",
                zone,
                day -> day.getYear() == today.getYear());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Shanghai", "Pacific/Honolulu"})
    void shouldCountBothMessagesOfARunOfTwoWhoBecomeOneOnWhateverClock(String zone) {
        // Given: one of them still had yesterday's date, so that the counters tell of one each
        Caps caps = new Caps(2, 0, 0);
        Member home = claimed(living("Asia/Shanghai"), "member-day@2026-05-08", TEN, caps);
        Member away =
                claimed(
                        living("Pacific/Honolulu"),
                        "member-day@2026-05-08",
                        TEN.plusSeconds(9),
                        caps);

        for (List<Member> both : List.of(List.of(home, away), List.of(away, home))) {
            // When
            Member joined = MemberJoin.join(both.getFirst(), both.getLast(), Duration.ofDays(400));
            Member one =
                    joined.change()
                            .profile(
                                    joined.profile()
                                            .with(
                                                    Profile.Field.TIMEZONE,
                                                    zone,
                                                    THEN.plusSeconds(1)))
                            .done();

            // Then
            assertEquals(TEN, one.claims().get("member-day@2026-05-08").at());
            assertEquals(
                    Optional.of(Refusal.CAP),
                    rule(MARKETING, caps, TEN.plusSeconds(60)).refusal(one, SMS));
            assertEquals(one.claims(), MemberJoin.join(one, away, Duration.ofDays(400)).claims());
        }
    }

    private static void within(
            Member member, int most, String what, ZoneId zone, Predicate<LocalDate> period) {
        long had =
                member.claims().values().stream()
                        .filter(claim -> claim.kind() == MARKETING)
                        .filter(claim -> period.test(claim.at().atZone(zone).toLocalDate()))
                        .count();
        assertTrue(most == 0 || had <= most, () -> what + ": " + had + " of " + most);
    }

    private static Eligibility rule(Kind kind, Caps caps, Instant at) {
        return new Eligibility(kind, caps, SHANGHAI, to -> at);
    }

    private static Member living(String zone) {
        Member member = member(true);
        return member.change()
                .profile(member.profile().with(Profile.Field.TIMEZONE, zone, THEN))
                .done();
    }

    /** As the claim's write leaves it. */
    private static Member claimed(Member member, String run, Instant at, Caps caps) {
        Map<String, Claim> claims = new HashMap<>(member.claims());
        claims.put(run, new Claim(at, "n", MARKETING, SMS, ""));
        Map<String, Integer> counters = new HashMap<>(member.counters());
        rule(MARKETING, caps, at)
                .counters(member, SMS)
                .forEach(counter -> counters.merge(counter.key(), 1, Integer::sum));
        return member.change().claims(claims).counters(counters).done();
    }

    /** By a service campaign, which raises no counter. */
    private static Member toldOfDelay(Member member, String run, Instant at) {
        Map<String, Claim> claims = new HashMap<>(member.claims());
        claims.put(run, new Claim(at, "n", SERVICE, SMS, ""));
        return member.change().claims(claims).done();
    }

    private static Member member(boolean granted) {
        return Member.fresh("m1", THEN)
                .change()
                .profile(Profile.EMPTY.with(Profile.Field.PHONE, "+8613800000000", THEN))
                .consents(Consents.UNKNOWN.with(SMS, MARKETING, new Consent(granted, true, THEN)))
                .done();
    }
}
