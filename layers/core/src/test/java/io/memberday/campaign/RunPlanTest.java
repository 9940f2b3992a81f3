package io.memberday.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.BadInput;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Offer;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Schedule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RunPlanTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Campaign MEMBER_DAY = SamplePlaybook.memberDay();

    @ParameterizedTest
    @CsvSource({
        "2026-05-01, friday",
        "2026-06-08, the-eighth",
        "2026-05-08, the-eighth", // a Friday
    })
    void shouldPlanOneRunWithTheRicherOffer(LocalDate date, String offer) {
        // When
        RunPlan plan = RunPlan.of(MEMBER_DAY, date, SHANGHAI);

        // Then
        assertEquals("member-day@" + date, plan.id());
        assertEquals(Instant.parse(date + "T02:00:00Z"), plan.at());
        assertEquals(Instant.parse(date + "T12:00:00Z"), plan.until());
        assertEquals(offer, plan.offer().orElseThrow().id());
    }

    @Test
    void shouldRefuseADateWithoutScheduleAndNameTheNext() {
        // When
        BadInput saturday =
                assertThrows(
                        BadInput.class,
                        () -> RunPlan.of(MEMBER_DAY, LocalDate.parse("2026-05-09"), SHANGHAI));

        // Then
        assertEquals("at", saturday.field());
        assertTrue(saturday.answer().contains("2026-05-15"), saturday.answer());
        assertTrue(saturday.answer().contains("got: 2026-05-09"), saturday.answer());
    }

    @Test
    void shouldRefuseADateOnWhichThePromisedOfferIsMissing() {
        // Given: every Friday, but an offer on one of them only
        LocalDate offered = LocalDate.parse("2026-05-15");
        Offer offer =
                new Offer(
                        "once",
                        new Schedule.On(offered, SamplePlaybook.TEN),
                        1,
                        Map.of(),
                        Optional.empty(),
                        Optional.empty());
        Campaign campaign = with(MEMBER_DAY.schedules(), List.of(offer));

        // Then
        assertEquals(offered, RunPlan.of(campaign, offered, SHANGHAI).date());
        BadInput refused =
                assertThrows(
                        BadInput.class,
                        () -> RunPlan.of(campaign, LocalDate.parse("2026-05-01"), SHANGHAI));
        assertTrue(refused.answer().contains("2026-05-15"), refused.answer());
        BadInput over =
                assertThrows(
                        BadInput.class, () -> RunPlan.of(campaign, offered.plusDays(1), SHANGHAI));
        assertTrue(over.answer().contains("within a year"), over.answer());
    }

    @ParameterizedTest
    @CsvSource({
        // The clocks skip 2:00 to 3:00: half past two is half past three.
        "America/New_York, 2026-03-08, 02:30, 2026-03-08T07:30:00Z",
        // Half past one comes twice: the first.
        "America/New_York, 2026-11-01, 01:30, 2026-11-01T05:30:00Z",
        "America/New_York, 2026-03-08, 10:00, 2026-03-08T14:00:00Z",
        "America/New_York, 2026-03-07, 10:00, 2026-03-07T15:00:00Z",
        // Midnight is skipped: the day begins at one.
        "America/Santiago, 2026-09-06, 00:00, 2026-09-06T04:00:00Z",
        // The hour before midnight comes twice.
        "America/Santiago, 2026-04-04, 23:30, 2026-04-05T02:30:00Z",
        // The hour before midnight is skipped: the day's last second.
        "America/Nuuk, 2026-03-28, 23:30, 2026-03-29T00:59:59Z",
        "Europe/London, 2026-03-29, 01:30, 2026-03-29T01:30:00Z",
        "Europe/London, 2026-10-25, 01:30, 2026-10-25T00:30:00Z",
    })
    void shouldKeepLocalTimeWhenClocksChange(
            String zone, LocalDate date, LocalTime time, Instant expected) {
        // Given
        Campaign campaign = with(List.of(new Schedule.On(date, time)), List.of());

        // When
        RunPlan plan = RunPlan.of(campaign, date, ZoneId.of(zone));

        // Then
        assertEquals(expected, plan.at());
        assertEquals(campaign.id() + "@" + date, plan.id());
    }

    private static Campaign with(List<Schedule> schedules, List<Offer> offers) {
        return CampaignDraft.like(MEMBER_DAY)
                .on(schedules.toArray(Schedule[]::new))
                .offers(offers)
                .done();
    }
}
