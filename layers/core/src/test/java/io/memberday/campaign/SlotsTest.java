package io.memberday.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Schedule;
import io.memberday.playbook.SendTimes;
import io.memberday.touch.QuietHours;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** When a member of a run is written to: a sale on Saturday 7 November at 10:00 in Shanghai. */
class SlotsTest {
    private static final LocalDate SALE = LocalDate.parse("2026-11-07");
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Instant SAID = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // zone, country, on whose clock, due, whose quiet hours
        "'', '', false, 2026-11-07T02:00:00Z, Asia/Shanghai",
        "'', CN, false, 2026-11-07T02:00:00Z, Asia/Shanghai", // more than one zone
        "'', AT, false, 2026-11-07T02:00:00Z, Europe/Vienna",
        "'', AT, true, 2026-11-07T09:00:00Z, Europe/Vienna",
        "America/New_York, US, true, 2026-11-07T15:00:00Z, America/New_York",
        "Pacific/Kiritimati, AT, true, 2026-11-06T20:00:00Z, Pacific/Kiritimati",
        "'', '', true, 2026-11-07T02:00:00Z, Asia/Shanghai",
        "'', XX, true, 2026-11-07T02:00:00Z, Asia/Shanghai",
    })
    void shouldReadTheTimeOnTheRightClock(
            String zone, String country, boolean local, Instant due, ZoneId quiet) {
        // Given
        Campaign sale = sale(new SendTimes(Duration.ofHours(2), local, List.of()));

        // When
        Slot slot = slots(sale).of(member("zh", zone, country));

        // Then
        assertEquals(new Slot(due, due.plus(Duration.ofHours(2)), quiet), slot);
    }

    @Test
    void shouldGiveTheFirstSegmentThatFitsItsOwnDayTimeAndWindow() {
        // Given office workers are told on Friday at noon, students after school, others on the day
        Campaign sale =
                sale(
                        new SendTimes(
                                Duration.ofHours(2),
                                false,
                                List.of(
                                        other("en", 1, "12:15", 60),
                                        other("fr", 0, "16:30", 90),
                                        other("en", 0, "20:00", 15))));

        // Then
        assertEquals(
                slot("2026-11-06T04:15:00Z", "2026-11-06T05:15:00Z"),
                slots(sale).of(member("en", "", "")));
        assertEquals(
                slot("2026-11-07T08:30:00Z", "2026-11-07T10:00:00Z"),
                slots(sale).of(member("fr", "", "")));
        assertEquals(
                slot("2026-11-07T02:00:00Z", "2026-11-07T04:00:00Z"),
                slots(sale).of(member("zh", "", "")));
        RunPlan plan = RunPlan.of(sale, SALE, SHANGHAI);
        assertEquals(Instant.parse("2026-11-06T04:15:00Z"), plan.opens());
        assertEquals(Instant.parse("2026-11-07T02:00:00Z"), plan.at());
        assertEquals(Instant.parse("2026-11-07T12:15:00Z"), plan.until());
    }

    @Test
    void shouldOpenWithTheFirstClockOnEarthAndCloseWithTheLast() {
        RunPlan plan =
                RunPlan.of(
                        sale(new SendTimes(Duration.ofHours(2), true, List.of())), SALE, SHANGHAI);
        assertEquals(Instant.parse("2026-11-06T20:00:00Z"), plan.opens());
        assertEquals(Instant.parse("2026-11-08T00:00:00Z"), plan.until());
    }

    @ParameterizedTest
    @CsvSource({
        // the member's zone, dropped, due, until: the sample store is quiet from 21:00 to 8:00
        "Asia/Shanghai,       false, 2026-11-07T02:00:00Z, 2026-11-07T13:00:00Z",
        "Europe/Vienna,       true,  2026-11-07T02:00:00Z, 2026-11-07T20:00:00Z", // 3:00 there
        "Asia/Tokyo,          false, 2026-11-07T02:00:00Z, 2026-11-07T12:00:00Z",
        "Pacific/Kiritimati,  false, 2026-11-07T02:00:00Z, 2026-11-07T07:00:00Z",
        "America/Los_Angeles, false, 2026-11-07T02:00:00Z, 2026-11-07T05:00:00Z", // 18:00 there
        "America/New_York,    true,  2026-11-07T02:00:00Z, 2026-11-08T02:00:00Z", // 21:00 there
    })
    void shouldDropWhatFallsIntoTheQuietHoursOfTheMembersClock(
            String zone, boolean dropped, Instant due, Instant until) {
        // Given: a window of 24 hours
        Campaign drops = sale(new SendTimes(Duration.ofHours(24), false, List.of(), true));
        Campaign waits = sale(new SendTimes(Duration.ofHours(24), false, List.of()));
        Member member = member("zh", zone, "");

        // Then
        assertEquals(new Slot(due, until, ZoneId.of(zone)), slots(drops).of(member));
        assertEquals(dropped, slots(drops).drops(member));
        assertEquals(
                new Slot(due, due.plus(Duration.ofHours(24)), ZoneId.of(zone)),
                slots(waits).of(member));
        assertEquals(false, slots(waits).drops(member));
        assertEquals(
                dropped ? Optional.of(Screening.QUIET_HOURS) : Optional.empty(),
                screening(drops).exclusion(member));
        assertEquals(Optional.empty(), screening(waits).exclusion(member));
    }

    private static Screening screening(Campaign campaign) {
        return new Screening(
                Frozen.of(SamplePlaybook.playbook(), campaign),
                SALE,
                RunPlan.of(campaign, SALE, SHANGHAI).at());
    }

    private static Campaign sale(SendTimes times) {
        return CampaignDraft.like(SamplePlaybook.memberDay())
                .on(new Schedule.On(SALE, SamplePlaybook.TEN))
                .offers(List.of())
                .times(times)
                .done();
    }

    private static SendTimes.Other other(
            String language, int daysBefore, String at, long windowMinutes) {
        return new SendTimes.Other(
                SamplePlaybook.speaking(language),
                daysBefore,
                LocalTime.parse(at),
                Duration.ofMinutes(windowMinutes));
    }

    private static Slot slot(String due, String until) {
        return new Slot(Instant.parse(due), Instant.parse(until), SHANGHAI);
    }

    private static Slots slots(Campaign campaign) {
        Instant at = RunPlan.of(campaign, SALE, SHANGHAI).at();
        return new Slots(
                campaign,
                SALE,
                at,
                QuietHours.of(SamplePlaybook.store()),
                Frozen.of(SamplePlaybook.playbook(), campaign).vantage(at));
    }

    private static Member member(String language, String zone, String country) {
        Member plain = SampleMembers.addressed("m1");
        return plain.change()
                .profile(
                        plain.profile()
                                .with(Field.LANGUAGE, language, SAID)
                                .with(Field.COUNTRY, country, SAID)
                                .join(
                                        zone.isEmpty()
                                                ? plain.profile()
                                                : plain.profile().with(Field.TIMEZONE, zone, SAID)))
                .done();
    }
}
