package io.memberday.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.SampleMembers;
import io.memberday.event.BusEvent;
import io.memberday.event.InMemoryEventBus;
import io.memberday.file.InMemoryFileStore;
import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.InMemoryMemberScan;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.CampaignDraft;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Schedule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The calendar's wake, every quarter of an hour. */
final class CalendarWakeTest {
    private static final Campaign MEMBER_DAY = SamplePlaybook.memberDay();

    private final InMemoryRunStore runs = new InMemoryRunStore();
    private final InMemoryAudienceStore audience = new InMemoryAudienceStore();
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final InMemoryFileStore files = new InMemoryFileStore();

    @Test
    void shouldPlanWhatIsDueOnceThroughoutADay() {
        // Given: Friday, with two waves of the 10th that are 2 days before
        Playbook playbook = playbook(MEMBER_DAY, wave("noon", 2, 12), wave("evening", 2, 18));

        // When
        for (int quarter = 0; quarter < 96; quarter++) {
            Instant now =
                    Instant.parse("2026-05-07T16:00:00Z").plus(Duration.ofMinutes(15L * quarter));
            wake(playbook, now);
        }

        // Then
        assertEquals(
                List.of(
                        "member-day@2026-05-08",
                        "promotion@2026-05-08#evening",
                        "promotion@2026-05-08#noon"),
                runs.all().stream().map(Run::id).toList());
        assertEquals(
                Instant.parse("2026-05-08T04:00:00Z"),
                runs.find("promotion@2026-05-08#noon").orElseThrow().at());
    }

    @Test
    void shouldPlanWhatIsDueTogetherForOneScanTheMostValuableFirst() {
        // Given: two of equal value, and one that is worth more
        Playbook playbook = playbook(wave("noon", 2, 10), wave("evening", 2, 10), MEMBER_DAY);

        // When
        wake(playbook, Instant.parse("2026-05-08T02:00:00Z"));

        // Then
        List<String> together =
                List.of(
                        "member-day@2026-05-08",
                        "promotion@2026-05-08#noon",
                        "promotion@2026-05-08#evening");
        for (String run : together) {
            assertEquals(together, runs.plan(run).orElseThrow().together());
        }
        assertEquals(
                List.of(
                        BusEvent.sliceDue("member-day@2026-05-08", 0),
                        BusEvent.sliceDue("member-day@2026-05-08", 1)),
                bus.events());

        // When: whoever planned them died
        bus.take();
        wake(playbook, Instant.parse("2026-05-08T02:15:00Z"));

        // Then
        assertEquals(
                List.of(
                        BusEvent.sliceDue("member-day@2026-05-08", 0),
                        BusEvent.sliceDue("member-day@2026-05-08", 1)),
                bus.events());
    }

    @Test
    void shouldPlanWhatElseIsDueWhenAScheduleWakesForOneCampaign() {
        // Given: one of them cannot be sent
        Instant ten = Instant.parse("2026-05-08T02:00:00Z");
        Campaign broken = with(MEMBER_DAY, "a-broken", "payment-reminder");
        Playbook playbook =
                playbook(broken, MEMBER_DAY, wave("noon", 2, 10), wave("evening", 2, 18));

        // When
        Map<String, Object> answer =
                memberDay(playbook, Clock.fixed(ten, ZoneOffset.UTC))
                        .answer(new PlanRequest("member-day", Optional.empty(), false), () -> true);

        // Then
        assertEquals("member-day@2026-05-08", answer.get("run"));
        assertEquals(
                List.of("member-day@2026-05-08", "promotion@2026-05-08#noon"),
                runs.plan("promotion@2026-05-08#noon").orElseThrow().together());
        assertEquals(2, runs.all().size());
    }

    @Test
    void shouldScanByItselfWhatIsPlannedBeforeItsTime() {
        // When: an operator is early
        Playbook playbook = playbook(MEMBER_DAY, wave("noon", 2, 8));
        memberDay(playbook, Clock.fixed(Instant.parse("2026-05-08T01:00:00Z"), ZoneOffset.UTC))
                .answer(new PlanRequest("member-day", Optional.empty(), false), () -> true);

        // Then
        assertEquals(List.of("member-day@2026-05-08"), runs.all().stream().map(Run::id).toList());
        assertEquals(
                List.of("member-day@2026-05-08"),
                runs.plan("member-day@2026-05-08").orElseThrow().together());
    }

    @Test
    void shouldPlanAnHourLateWithinTheWindowAndNothingAWeekLate() {
        // When
        wake(playbook(MEMBER_DAY), Instant.parse("2026-05-08T12:00:00Z"));
        wake(playbook(MEMBER_DAY), Instant.parse("2026-05-14T16:00:00Z"));

        // Then: ten hours after ten, and six days later
        assertEquals(List.of(), runs.all());

        // When
        Map<String, Object> answer =
                wake(playbook(MEMBER_DAY), Instant.parse("2026-05-15T03:00:00Z"));

        // Then
        assertEquals(1, runs.all().size());
        assertEquals(
                "planned", Json.read(Json.write(answer)).objects("due").getFirst().text("status"));
    }

    @Test
    void shouldPutTheSlicesAgainOnlyIfNoneHasBegun() {
        // Given
        Instant ten = Instant.parse("2026-05-08T02:00:00Z");
        wake(playbook(MEMBER_DAY), ten);
        int slices = bus.events().size();
        bus.take();

        // When: whoever planned it died
        wake(playbook(MEMBER_DAY), ten.plusSeconds(900));

        // Then
        assertEquals(slices, bus.events().size());
        bus.take();

        // When
        audience.write(
                new Page("member-day@2026-05-08", 1, 0, Optional.of("m1"), 10, 0, Map.of()),
                List.of());
        wake(playbook(MEMBER_DAY), ten.plusSeconds(1_800));

        // Then
        assertEquals(List.of(), bus.events());
    }

    @Test
    void shouldPlanTheOthersWhenOneCannotBeSent() {
        // Given: it has no template on email
        Campaign broken = with(MEMBER_DAY, "a-broken", "payment-reminder");

        // When
        BadInput refused =
                assertThrows(
                        BadInput.class,
                        () ->
                                wake(
                                        playbook(broken, MEMBER_DAY),
                                        Instant.parse("2026-05-08T02:00:00Z")));

        // Then
        assertTrue(refused.answer().contains("a-broken"), refused.answer());
        assertEquals(List.of("member-day@2026-05-08"), runs.all().stream().map(Run::id).toList());
    }

    @Test
    void shouldShowAYearAsTextAndPageWithoutPlanningIt() {
        // When
        Map<String, Object> answer =
                answer(
                        playbook(MEMBER_DAY, wave("noon", 2, 12)),
                        "{\"calendar\": 2026}",
                        Instant.parse("2026-05-08T02:00:00Z"));

        // Then: 52 Fridays, 12 eighths of which 1 is a Friday, and a wave
        assertEquals(64, answer.get("runs"));
        assertEquals(
                List.of("reports/calendar-2026/index.html"), List.copyOf(files.files().keySet()));
        assertEquals(List.of(), runs.all());
        assertEquals(List.of(), bus.events());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"calendar\": false}",
                "{\"calendar\": \"2026\"}",
                "{\"calendar\": 26}",
                "{\"calendar\": 2026, \"dryRun\": true}",
            })
    void shouldRefuseWhatIsNeitherAWakeNorAYear(String request) {
        assertThrows(
                BadInput.class,
                () -> answer(playbook(MEMBER_DAY), request, Instant.parse("2026-05-08T02:00:00Z")));
    }

    @Test
    void shouldNameInADryRunWhatElseIsDueThenAndWhoWins() {
        // Given the member day of the 8th, and a wave of more value in its hours
        Campaign wave = wave("noon", 2, 12);
        Playbook playbook =
                playbook(MEMBER_DAY, CampaignDraft.like(wave).value(MEMBER_DAY.value() + 1).done());
        Clock clock = Clock.fixed(Instant.parse("2026-05-01T02:00:00Z"), ZoneOffset.UTC);

        // When
        Map<String, Object> clashing = dryRun(playbook, clock, "2026-05-08");
        Map<String, Object> alone = dryRun(playbook, clock, "2026-05-22");

        // Then
        assertEquals(
                List.of(
                        "sends at the same time as promotion#noon: promotion#noon wins a member by"
                                + " its value",
                        "on the day of promotion#noon: a member gets 1 a day and channel"),
                clashing.get("clashes"));
        assertEquals(List.of(), alone.get("clashes"));
        assertEquals(List.of(), runs.all());
    }

    private Map<String, Object> dryRun(Playbook playbook, Clock clock, String at) {
        return memberDay(playbook, clock)
                .answer(
                        new PlanRequest("member-day", Optional.of(LocalDate.parse(at)), true),
                        () -> true);
    }

    private Map<String, Object> wake(Playbook playbook, Instant now) {
        return answer(playbook, "{\"calendar\": true}", now);
    }

    private Map<String, Object> answer(Playbook playbook, String request, Instant now) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new CalendarWake(playbook, memberDay(playbook, clock), runs, files, clock)
                .answer(Json.read(request));
    }

    private MemberDay memberDay(Playbook playbook, Clock clock) {
        return new MemberDay(
                playbook,
                runs,
                audience,
                new InMemoryMemberScan(SampleMembers.of(100, 1)),
                bus,
                clock,
                50);
    }

    private static Playbook playbook(Campaign... campaigns) {
        Playbook sample = SamplePlaybook.playbook();
        return new Playbook(
                sample.store(),
                sample.ladder(),
                sample.segments(),
                List.of(campaigns),
                sample.touchpoints(),
                sample.templates());
    }

    private static Campaign wave(String wave, int daysBefore, int hour) {
        return changed(
                "promotion",
                Optional.of(wave),
                new Schedule.Before(
                        new Schedule.Yearly(MonthDay.of(5, 10), LocalTime.of(hour, 0)), daysBefore),
                "member-day");
    }

    private static Campaign with(Campaign like, String id, String template) {
        return changed(id, Optional.empty(), like.schedules().getFirst(), template);
    }

    private static Campaign changed(
            String id, Optional<String> wave, Schedule schedule, String template) {
        return CampaignDraft.like(MEMBER_DAY)
                .id(id)
                .wave(wave)
                .value(1)
                .on(schedule)
                .window(Duration.ofHours(2))
                .send(new Campaign.Send(Channel.EMAIL, template))
                .holdoutPercent(0)
                .budget(Optional.empty())
                .offers(List.of())
                .done();
    }
}
