package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.playbook.Store.Caps;
import io.memberday.touch.ClaimStore.Answer;
import io.memberday.touch.ContactCounter;
import io.memberday.touch.Past;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Claims on members and what goes back with them, on the emulated table. */
@ExtendWith(EmulatorExtension.class)
class DynamoDbClaimStoreTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    private static final String RUN = "member-day@2026-05-08";
    private static final List<ContactCounter> COUNTERS =
            ContactCounter.of(Channel.SMS, LocalDate.parse("2026-05-08"), new Caps(1, 3, 60));

    private final Emulator emulator;
    private final DynamoDbClaimStore claims;

    DynamoDbClaimStoreTest(Emulator emulator) {
        this.emulator = emulator;
        claims = new DynamoDbClaimStore(emulator.dynamoDb(), emulator.table("MembersTable"));
    }

    @BeforeEach
    void empty() {
        emulator.tables().reset();
    }

    @Test
    void shouldKeepEachCouponUnderItsCodeAsItWasFirstIssued() {
        // Given
        DynamoDbCouponStore coupons =
                new DynamoDbCouponStore(emulator.dynamoDb(), emulator.table("MemberActivityTable"));
        CouponIssued gift =
                new CouponIssued(
                        "m1",
                        AT,
                        "K7M2QX9WTHB3F",
                        "gift",
                        "order",
                        2_000,
                        9_900,
                        AT.plusSeconds(9));
        CouponIssued difference =
                new CouponIssued("m1", AT, "A", "difference", RUN, 4_050, 0, AT.plusSeconds(1));

        // When
        coupons.put(gift);
        coupons.put(difference);
        coupons.put(
                new CouponIssued("m1", AT, gift.code(), "gift", "order", 1, 0, AT.plusSeconds(99)));
        coupons.put(new CouponIssued("m2", AT, "B", "gift", "order", 2_000, 9_900, AT));

        // Then
        assertEquals(List.of(difference, gift), coupons.of("m1"));
        assertEquals(List.of(), coupons.of("m3"));
    }

    @Test
    void shouldClaimOnceRaiseCountersAndTakeBothBack() {
        // Given
        put(Member.fresh("m1", AT));
        Member read = claims.member("m1").orElseThrow();
        Claim claim = new Claim(AT, "n1.m1", Kind.MARKETING, Channel.SMS, "");

        // When claimed, and the same write comes again
        assertEquals(new Answer.Claimed(), claims.claim(read, RUN, claim, COUNTERS, Past.NONE));
        assertEquals(new Answer.Claimed(), claims.claim(read, RUN, claim, COUNTERS, Past.NONE));

        // Then
        Member claimed = claims.member("m1").orElseThrow();
        assertEquals(Map.of(RUN, claim), claimed.claims());
        assertEquals(
                Map.of("sms.d20260508", 1, "sms.w2026-19", 1, "sms.y2026", 1), claimed.counters());
        assertEquals(read.version() + 1, claimed.version());

        // When another comes, by what it read or by what it is told
        Claim other = new Claim(AT, "n2.m1", Kind.MARKETING, Channel.SMS, "");
        assertEquals(
                new Answer.Changed(claimed), claims.claim(read, RUN, other, COUNTERS, Past.NONE));
        assertEquals(
                new Answer.Changed(claimed),
                claims.claim(claimed, RUN, other, COUNTERS, Past.NONE));
        assertFalse(claims.release("m1", RUN, other, COUNTERS));

        // When it is taken back, and the same write comes again
        assertTrue(claims.release("m1", RUN, claim, COUNTERS));
        assertFalse(claims.release("m1", RUN, claim, COUNTERS));

        // Then
        Member released = claims.member("m1").orElseThrow();
        assertEquals(Map.of(), released.claims());
        assertEquals(
                Map.of("sms.d20260508", 0, "sms.w2026-19", 0, "sms.y2026", 0), released.counters());
        assertEquals(
                new Answer.Gone(),
                claims.claim(Member.fresh("m404", AT), RUN, claim, COUNTERS, Past.NONE));
    }

    @Test
    void shouldClaimForAServiceMessageAndTakeItBackWithoutACounter() {
        // Given
        put(Member.fresh("m1", AT));
        Member read = claims.member("m1").orElseThrow();
        Claim claim = new Claim(AT, "n1.m1", Kind.MARKETING, Channel.SMS, "");

        // When claimed
        assertEquals(new Answer.Claimed(), claims.claim(read, RUN, claim, List.of(), Past.NONE));

        // Then
        Member claimed = claims.member("m1").orElseThrow();
        assertEquals(Map.of(RUN, claim), claimed.claims());
        assertEquals(Map.of(), claimed.counters());

        // When it is taken back
        assertTrue(claims.release("m1", RUN, claim, List.of()));

        // Then
        assertEquals(Map.of(), claims.member("m1").orElseThrow().claims());
    }

    @Test
    void shouldRefuseAClaimWhenTheMemberChangedSinceItWasRead() {
        // Given an opt-out after the read
        put(Member.fresh("m1", AT));
        Member read = claims.member("m1").orElseThrow();
        put(read.change().version(read.version() + 1).points(7).done());

        // When
        Answer answer =
                claims.claim(
                        read,
                        RUN,
                        new Claim(AT, "n1.m1", Kind.MARKETING, Channel.SMS, ""),
                        COUNTERS,
                        Past.NONE);

        // Then
        assertEquals(new Answer.Changed(claims.member("m1").orElseThrow()), answer);
        assertEquals(Map.of(), claims.member("m1").orElseThrow().claims());
    }

    @Test
    void shouldForgetWhatIsPastWithAClaim() {
        // Given claims and counters of a year and more ago
        Instant longAgo = AT.minus(Duration.ofDays(400));
        Claim recent =
                new Claim(AT.minus(Duration.ofDays(3)), "n0.m1", Kind.MARKETING, Channel.SMS, "");
        put(
                Member.fresh("m1", longAgo)
                        .change()
                        .claims(
                                Map.of(
                                        "eight@2025-04-03",
                                        new Claim(
                                                longAgo, "n0.m1", Kind.MARKETING, Channel.SMS, ""),
                                        "last@2026-05-05",
                                        recent))
                        .counters(Map.of("sms.d20250403", 1, "sms.w2025-14", 1, "sms.y2025", 1))
                        .done());
        Member read = claims.member("m1").orElseThrow();
        Claim claim = new Claim(AT, "n1.m1", Kind.MARKETING, Channel.SMS, "");

        // When
        claims.claim(read, RUN, claim, COUNTERS, Past.of(read, AT));

        // Then
        Member claimed = claims.member("m1").orElseThrow();
        assertEquals(Map.of(RUN, claim, "last@2026-05-05", recent), claimed.claims());
        assertEquals(
                Map.of("sms.d20260508", 1, "sms.w2026-19", 1, "sms.y2026", 1), claimed.counters());
    }

    @Test
    void shouldLetOneOfManyClaimersWin() throws Exception {
        put(Member.fresh("m1", AT));
        Member read = claims.member("m1").orElseThrow();

        List<Answer> answers =
                AtOnce.all(
                        IntStream.range(0, 8)
                                .<Callable<Answer>>mapToObj(
                                        i ->
                                                () ->
                                                        claims.claim(
                                                                read,
                                                                RUN,
                                                                new Claim(
                                                                        AT,
                                                                        "n" + i + ".m1",
                                                                        Kind.MARKETING,
                                                                        Channel.SMS,
                                                                        ""),
                                                                COUNTERS,
                                                                Past.NONE))
                                .toList());

        assertEquals(1, answers.stream().filter(Answer.Claimed.class::isInstance).count());
        assertEquals(1, claims.member("m1").orElseThrow().counters().get("sms.d20260508"));
    }

    @Test
    void shouldReadManyMembersAndLeaveOutWhoIsNotThere() {
        put(Member.fresh("m1", AT));
        put(Member.fresh("m2", AT));

        for (boolean strong : List.of(true, false)) {
            assertEquals(
                    List.of("m1", "m2"),
                    claims.members(List.of("m1", "m404", "m2", "m1"), strong).keySet().stream()
                            .sorted()
                            .toList());
        }
        assertEquals(Map.of(), claims.members(List.of(), false));
    }

    private void put(Member member) {
        emulator.dynamoDb()
                .putItem(
                        put ->
                                put.tableName(emulator.table("MembersTable"))
                                        .item(MemberFormat.item(member)));
    }
}
