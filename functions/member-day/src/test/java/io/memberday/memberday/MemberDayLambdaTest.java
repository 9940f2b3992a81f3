package io.memberday.memberday;

import static io.memberday.memberday.MemberDayScene.FRIDAY_THE_EIGHTH;
import static io.memberday.memberday.MemberDayScene.RUN;
import static io.memberday.memberday.MemberDayScene.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Run;
import io.memberday.event.BusEvent;
import io.memberday.json.Fields;
import io.memberday.json.RefusedRequest;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** What plans the playbook's campaigns, and what an operator does to their runs. */
@ExtendWith(EmulatorExtension.class)
class MemberDayLambdaTest {
    private final MemberDayScene scene;

    MemberDayLambdaTest(Emulator emulator) {
        scene = new MemberDayScene(emulator);
    }

    @BeforeEach
    void fill() {
        scene.fill();
    }

    @Test
    void shouldPlanARunAndItsSlicesWhenTheScheduleWakesIt() throws IOException {
        // When
        Fields answer = scene.answer(event("schedule"), FRIDAY_THE_EIGHTH);
        Fields again = scene.answer(event("schedule"), FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("planned", answer.text("status"));
        assertEquals("already planned", again.text("status"));
        assertEquals(3, scene.runs.find(RUN).orElseThrow().slices());
        assertTrue(scene.runs.frozen(RUN).orElseThrow().contains("the-eighth"));
        assertEquals(
                List.of(
                        BusEvent.sliceDue(RUN, 0),
                        BusEvent.sliceDue(RUN, 1),
                        BusEvent.sliceDue(RUN, 2)),
                scene.bus.events().subList(0, 3));
    }

    @Test
    void shouldMakeOneRunOfTheCalendarsWakeAndTheSchedules() throws IOException {
        // When
        Fields calendar = scene.answer(event("calendar-wake"), FRIDAY_THE_EIGHTH);
        Fields schedule = scene.answer(event("schedule"), FRIDAY_THE_EIGHTH.plusSeconds(1));
        Fields late = scene.answer(event("calendar-wake"), FRIDAY_THE_EIGHTH.plusSeconds(3_600));

        // Then
        assertEquals("planned", calendar.objects("due").getFirst().text("status"));
        assertEquals("already planned", schedule.text("status"));
        assertEquals("already planned", late.objects("due").getFirst().text("status"));
        assertEquals(1, scene.runs.all().size());
    }

    @Test
    void shouldPlanFromAnEventOnTheBus() throws IOException {
        Fields answer = scene.answer(event("bus-event"), FRIDAY_THE_EIGHTH);
        assertEquals(RUN, answer.text("run"));
        assertTrue(scene.runs.find(RUN).isPresent());
    }

    @Test
    void shouldPauseResumeAndCancelARun() throws IOException {
        // Given
        scene.answer(event("schedule"), FRIDAY_THE_EIGHTH);

        // When
        Fields paused = scene.answer(event("pause"), FRIDAY_THE_EIGHTH);
        Fields again = scene.answer(event("pause"), FRIDAY_THE_EIGHTH);
        Fields resumed = scene.answer(event("resume"), FRIDAY_THE_EIGHTH);
        RefusedRequest running =
                assertThrows(
                        RefusedRequest.class,
                        () -> scene.answer("{\"run\": \"x\", \"do\": \"pause\"}", Instant.EPOCH));
        Fields cancelled = scene.answer(event("cancel"), FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("paused", paused.text("status"));
        assertEquals("already paused", again.text("status"));
        assertEquals("running", resumed.text("status"));
        assertEquals("cancelled", cancelled.text("status"));
        assertEquals("run: is no run: choose one of " + RUN + " (got: x)", running.getMessage());
        Run run = scene.runs.find(RUN).orElseThrow();
        assertEquals(Run.State.CANCELLED, run.state());
        assertEquals("operator", run.why());
    }

    @Test
    void shouldHoldARunOfAStoreThatWantsItApproved() throws IOException {
        // Given
        Playbook approving = SamplePlaybook.approving(10);
        Fields planned = scene.answer(approving, event("schedule"), FRIDAY_THE_EIGHTH);
        assertEquals("counting", planned.text("state"));

        // When
        Fields approved = scene.answer(approving, event("approve"), FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("running", approved.text("status"));
        assertEquals(Run.State.RUNNING, scene.runs.find(RUN).orElseThrow().state());
    }

    @Test
    void shouldPlanNothingForAScheduleReplayedAWeekLate() throws IOException {
        Fields answer = scene.answer(event("bus-event"), FRIDAY_THE_EIGHTH.plusSeconds(7 * 86_400));
        assertEquals("window passed", answer.text("status"));
        assertEquals(List.of(), scene.runs.all());
    }

    @Test
    void shouldFailWithFieldValueAndMend() {
        RefusedRequest unknown =
                assertThrows(
                        RefusedRequest.class,
                        () -> scene.answer("{\"campaign\": \"member-dya\"}", FRIDAY_THE_EIGHTH));
        assertEquals(
                "campaign: is not in the playbook; did you mean member-day? (got: member-dya)",
                unknown.getMessage());
        assertThrows(RefusedRequest.class, () -> scene.answer("not JSON", FRIDAY_THE_EIGHTH));
        assertThrows(RefusedRequest.class, () -> scene.answer("", FRIDAY_THE_EIGHTH));
    }
}
