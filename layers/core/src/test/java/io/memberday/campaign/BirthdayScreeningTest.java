package io.memberday.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.FilteredMembers;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Schedule;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Whom a birthday's daily run addresses (R37). */
final class BirthdayScreeningTest {
    private static final Instant SAID = Instant.parse("2026-03-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1990-05-20, 0, 2027-05-20, true",
        "--05-20, 0, 2027-05-20, true",
        "1990-05-20, 0, 2027-05-19, false",
        "1990-05-20, 0, 2027-05-21, false",
        "1990-05-20, 3, 2027-05-17, true",
        "1990-05-20, 3, 2027-05-20, false",
        "2000-01-02, 3, 2027-12-30, true", // over the end of the year
        "2000-02-29, 0, 2027-02-28, true", // no leap year
        "2000-02-29, 0, 2028-02-28, false",
        "2000-02-29, 0, 2028-02-29, true",
        "2000-02-29, 0, 2027-03-01, false",
        "2000-02-28, 0, 2028-02-29, false",
        "1990-02-30, 0, 2027-02-28, false", // no day of a year
        "unknown, 0, 2027-02-28, false",
        "'', 0, 2027-02-28, false",
    })
    void shouldAddressThoseWhoseBirthdayItIs(
            String birthday, int daysBefore, LocalDate date, boolean addressed) {
        // Given
        Member plain = SampleMembers.addressed("m1");
        Member member =
                plain.change().profile(plain.profile().with(Field.BIRTHDAY, birthday, SAID)).done();
        Screening screening =
                screening(new Schedule.Birthday(daysBefore, SamplePlaybook.TEN), date);

        // Then
        assertEquals(addressed, screening.of(member) instanceof Screening.Verdict.Addressed);
        assertTrue(
                !addressed || FilteredMembers.passes(screening.filter(), member),
                "the table hands everybody over who is addressed");
        assertFalse(FilteredMembers.passes(screening.filter(), plain), "and no others");
        assertEquals(
                new Screening.Verdict.Excluded(Screening.SEGMENT),
                screening.of(plain),
                "without a birthday");
    }

    private static Screening screening(Schedule schedule, LocalDate date) {
        Campaign like = SamplePlaybook.memberDay();
        Campaign campaign =
                CampaignDraft.like(like)
                        .id("birthday")
                        .value(1)
                        .on(schedule)
                        .holdoutPercent(0)
                        .budget(Optional.empty())
                        .offers(List.of())
                        .done();
        return new Screening(
                Frozen.of(SamplePlaybook.playbook(), campaign),
                date,
                date.atTime(SamplePlaybook.TEN).atZone(SamplePlaybook.store().zone()).toInstant());
    }
}
