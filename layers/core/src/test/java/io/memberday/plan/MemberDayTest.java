package io.memberday.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.campaign.SampleMembers;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.event.InMemoryEventBus;
import io.memberday.fault.Faults;
import io.memberday.fault.Faults.Killed;
import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.InMemoryMemberScan;
import io.memberday.member.MemberFilter;
import io.memberday.member.MemberScan;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.Templates;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class MemberDayTest {
    private static final Instant TEN_ON_FRIDAY_THE_EIGHTH = Instant.parse("2026-05-08T02:00:00Z");
    private static final String RUN = "member-day@2026-05-08";
    private static final Playbook PLAYBOOK = SamplePlaybook.playbook();

    private final InMemoryRunStore runs = new InMemoryRunStore();
    private final InMemoryAudienceStore audience = new InMemoryAudienceStore();
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final Faults faults = new Faults();
    private final InMemoryMemberScan members = new InMemoryMemberScan(SampleMembers.of(1_000, 1));

    @Test
    void shouldPlanOneRunOnFridayTheEighthWhenBothSchedulesWake() {
        // When
        Map<String, Object> friday = answer("{'campaign': 'member-day'}", TEN_ON_FRIDAY_THE_EIGHTH);
        Map<String, Object> eighth =
                answer("{'campaign': 'member-day'}", TEN_ON_FRIDAY_THE_EIGHTH.plusSeconds(2));

        // Then
        assertEquals("planned", friday.get("status"));
        assertEquals("already planned", eighth.get("status"));
        assertEquals("the-eighth", friday.get("offer"));
        assertEquals("2026-05-08T10:00+08:00", friday.get("at"));
        Run run = runs.all().getFirst();
        assertEquals(1, runs.all().size());
        assertEquals(RUN, run.id());
        assertEquals(4, run.slices());
        assertEquals(TEN_ON_FRIDAY_THE_EIGHTH, run.at());
        assertEquals(TEN_ON_FRIDAY_THE_EIGHTH.plusSeconds(36_000), run.until());
        assertEquals(Optional.of(2_000_000_000L), run.budgetMicros());
        assertEquals(allSlices(), slicesOnTheBus());
    }

    @Test
    void shouldFreezeWhatTheRunNeeds() {
        // When
        answer("{'campaign': 'member-day'}", TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        Frozen frozen = Frozen.read(runs.frozen(RUN).orElseThrow());
        assertEquals(Frozen.of(PLAYBOOK, SamplePlaybook.memberDay()).json(), frozen.json());
        assertEquals(
                "the-eighth",
                frozen.campaign().offer(runs.all().getFirst().date()).orElseThrow().id());
    }

    @Test
    void shouldPutOnlySlicesThatHaveNotBegunWhenWokenAgain() {
        // Given
        answer("{'campaign': 'member-day'}", TEN_ON_FRIDAY_THE_EIGHTH);
        bus.take();
        audience.write(new Page(RUN, 2, 0, Optional.of("m1"), 10, 0, Map.of()), List.of());

        // When
        answer("{'campaign': 'member-day'}", TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        assertEquals(Set.of(0, 1, 3), slicesOnTheBus());
    }

    @Test
    void shouldPutNothingForARunThatIsCancelled() {
        // Given
        answer("{'campaign': 'member-day'}", TEN_ON_FRIDAY_THE_EIGHTH);
        bus.take();
        runs.change(RUN, Run.State.CANCELLED);

        // When
        Map<String, Object> again = answer("{'campaign': 'member-day'}", TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("already planned", again.get("status"));
        assertEquals(List.of(), bus.events());
    }

    @Test
    void shouldHaveEverySliceOnTheBusWhenKilledAtAnyCallAndWokenAgain() {
        int call = 0;
        boolean killed = true;
        while (killed) {
            for (boolean afterEffect : List.of(false, true)) {
                // Given
                MemberDayTest fresh = new MemberDayTest();
                fresh.faults.killAt(call, afterEffect);

                // When
                killed = fresh.diesPlanning();
                fresh.faults.none();
                fresh.answer("{'campaign': 'member-day'}", TEN_ON_FRIDAY_THE_EIGHTH);

                // Then
                assertEquals(1, fresh.runs.all().size());
                assertEquals(allSlices(), fresh.slicesOnTheBus(), "killed at call " + call);
            }
            call++;
        }
        assertTrue(call >= 3, "the member count, the run row and the bus are calls at least");
    }

    @Test
    void shouldCreateNoRunWhenAScheduleIsReplayedAWeekLate() {
        // When
        Map<String, Object> late =
                answer(
                        "{'campaign': 'member-day', 'at': '2026-05-08T10:00:00+08:00'}",
                        Instant.parse("2026-05-15T02:00:00Z"));

        // Then
        assertEquals(RUN, late.get("run"));
        assertEquals("window passed", late.get("status"));
        assertEquals(List.of(), runs.all());
        assertEquals(List.of(), bus.events());
    }

    @Test
    void shouldStillPlanWhenAScheduleComesLateWithinTheWindow() {
        Map<String, Object> late =
                answer("{'campaign': 'member-day'}", Instant.parse("2026-05-08T11:59:59Z"));
        assertEquals("planned", late.get("status"));
        assertEquals(TEN_ON_FRIDAY_THE_EIGHTH, runs.all().getFirst().at());
    }

    @Test
    void shouldTakeTheDateFromTheGivenTimeInTheStoresZone() {
        // Given: on Thursday evening in UTC it is Friday in Shanghai
        Instant monday = Instant.parse("2026-05-04T00:00:00Z");

        // Then
        for (String at :
                List.of(
                        "2026-05-07T16:30:00Z",
                        "2026-05-07T12:30:00-04:00",
                        "2026-05-08T00:30:00",
                        "2026-05-08T10:00",
                        "2026-05-08")) {
            Map<String, Object> answer =
                    answer("{'campaign': 'member-day', 'at': '" + at + "'}", monday);
            assertEquals(RUN, answer.get("run"), at);
        }
    }

    @Test
    void shouldRefuseWhatItCannotTakeWithFieldValueAndMend() {
        assertRefused(
                "{'campaign': 'member-dya'}", "campaign", "member-dya", "did you mean member-day?");
        assertRefused("{}", "campaign", "is required");
        assertRefused("{'campaign': 8}", "campaign", "must be text", "8");
        assertRefused("{'campaign': 'member-day', 'dryrun': true}", "dryrun", "is not known");
        assertRefused("{'campaign': 'member-day', 'dryRun': 'yes'}", "dryRun", "true or false");
        assertRefused(
                "{'campaign': 'member-day', 'at': 'tomorrow'}",
                "at",
                "tomorrow",
                "2026-05-08T10:00");
        assertRefused("{'campaign': 'member-day', 'at': '2026-05-32'}", "at", "2026-05-32");
        assertRefused(
                "{'campaign': 'member-day', 'at': '2026-05-09'}", "at", "2026-05-09", "2026-05-15");
        assertRefused(
                "{'campaign': 'member-day', 'definition': {}}", "campaign", "or a definition");
        assertRefused("{'definition': {}}", "definition.id", "is required");
        assertRefused("{'campaign': 'member-day', 'testTo': []}", "testTo", "1 to 20", "0");
        assertRefused(
                "{'campaign': 'member-day', 'testTo': ['m1'], 'dryRun': true}",
                "dryRun",
                "one of them");
        assertEquals(List.of(), runs.all());
    }

    @Test
    void shouldReadAnEventAroundTheRequest() {
        Map<String, Object> answer =
                answer(
                        "{'version': '0', 'detail-type': 'Ask', 'source': 'shop', 'detail':"
                                + " {'campaign': 'member-day', 'dryRun': true}}",
                        TEN_ON_FRIDAY_THE_EIGHTH);
        assertEquals(true, answer.get("dryRun"));
    }

    @Test
    void shouldNoteWhenThePlannedAudienceMightNotFitItsWindow() {
        // Given: 100 SMS a second for 10 hours are 3,600,000
        MemberScan huge = new CountedScan(4_000_000);

        // When
        Map<String, Object> answer =
                memberDay(huge, TEN_ON_FRIDAY_THE_EIGHTH)
                        .answer(request("{'campaign': 'member-day'}"), () -> true);

        // Then
        assertEquals(
                "if all of about 4000000 members were addressed, sending would last PT11H6M40S,"
                        + " and the window is open for PT10H: see a dry run",
                answer.get("note"));
        assertFalse(
                answer("{'campaign': 'member-day'}", TEN_ON_FRIDAY_THE_EIGHTH).containsKey("note"));
    }

    @Test
    void shouldRefuseACampaignThatCannotBeSentAsItIsWritten() {
        // Given: no email template in the store's language
        Templates templates =
                new CompiledTemplates(
                        "zh",
                        PLAYBOOK.templates().all().stream()
                                .filter(template -> template.channel() == Channel.SMS)
                                .toList());
        Playbook playbook =
                new Playbook(
                        PLAYBOOK.store(),
                        PLAYBOOK.ladder(),
                        PLAYBOOK.segments(),
                        PLAYBOOK.campaigns(),
                        PLAYBOOK.touchpoints(),
                        templates);
        MemberDay memberDay =
                new MemberDay(
                        playbook,
                        runs,
                        audience,
                        members,
                        bus,
                        Clock.fixed(TEN_ON_FRIDAY_THE_EIGHTH, ZoneOffset.UTC),
                        300);

        // When
        BadInput refused =
                assertThrows(
                        BadInput.class,
                        () -> memberDay.answer(request("{'campaign': 'member-day'}"), () -> true));

        // Then
        assertEquals("campaign", refused.field());
        assertTrue(refused.answer().contains("template member-day in zh"), refused.answer());
        assertEquals(List.of(), runs.all());
    }

    private boolean diesPlanning() {
        try {
            answer("{'campaign': 'member-day'}", TEN_ON_FRIDAY_THE_EIGHTH);
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    private void assertRefused(String request, String field, String... said) {
        BadInput refused =
                assertThrows(
                        BadInput.class, () -> answer(request, TEN_ON_FRIDAY_THE_EIGHTH), request);
        assertEquals(field, refused.field());
        for (String words : said) {
            assertTrue(refused.answer().contains(words), refused.answer());
        }
    }

    private Map<String, Object> answer(String request, Instant now) {
        return memberDay(members, now).answer(request(request), () -> true);
    }

    private static PlanRequest request(String json) {
        return PlanRequest.read(Json.read(json.replace('\'', '"')), PLAYBOOK.store().zone());
    }

    private MemberDay memberDay(MemberScan scan, Instant now) {
        return new MemberDay(
                PLAYBOOK,
                faults.on(RunStore.class, runs),
                faults.on(AudienceStore.class, audience),
                faults.on(MemberScan.class, scan),
                faults.on(EventBus.class, bus),
                Clock.fixed(now, ZoneOffset.UTC),
                300);
    }

    private Set<Object> slicesOnTheBus() {
        return bus.events().stream()
                .filter(event -> event.type().equals("SliceDue"))
                .map(BusEvent::detail)
                .filter(detail -> detail.get("run").equals(RUN))
                .map(detail -> detail.get("slice"))
                .collect(Collectors.toSet());
    }

    private static Set<Object> allSlices() {
        return IntStream.range(0, 4).boxed().collect(Collectors.toSet());
    }

    /** So many members that nobody reads here. */
    private record CountedScan(long about) implements MemberScan {
        @Override
        public ScanPage page(
                int segment, int of, Optional<String> after, int limit, MemberFilter filter) {
            throw new AssertionError("planning reads no member");
        }
    }
}
