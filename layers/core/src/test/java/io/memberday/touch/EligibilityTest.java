package io.memberday.touch;

import static io.memberday.member.Channel.EMAIL;
import static io.memberday.member.Channel.SMS;
import static io.memberday.member.Kind.MARKETING;
import static io.memberday.member.Kind.SERVICE;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.playbook.Store.Caps;
import io.memberday.touch.Eligibility.Refusal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class EligibilityTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final LocalDate DAY = LocalDate.parse("2026-05-08");
    private static final Eligibility MARKETING_RULE =
            new Eligibility(MARKETING, new Caps(1, 2, 10), DAY);
    private static final Eligibility SERVICE_RULE =
            new Eligibility(SERVICE, new Caps(1, 2, 10), DAY);

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
        Eligibility uncapped = new Eligibility(MARKETING, new Caps(0, 0, 0), DAY);
        Member busy = member(true).change().counters(Map.of("sms.d20260508", 99)).done();
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

    private static Member member(boolean granted) {
        return Member.fresh("m1", THEN)
                .change()
                .profile(Profile.EMPTY.with(Profile.Field.PHONE, "+8613800000000", THEN))
                .consents(Consents.UNKNOWN.with(SMS, MARKETING, new Consent(granted, true, THEN)))
                .done();
    }
}
