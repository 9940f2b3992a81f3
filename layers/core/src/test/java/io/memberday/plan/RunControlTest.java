package io.memberday.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.MovableClock;
import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.Run.State;
import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.touch.InMemoryPaceStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class RunControlTest {
    private static final Instant TEN = Instant.parse("2026-05-08T02:00:00Z");
    private static final String RUN = "member-day@2026-05-08";

    private final InMemoryRunStore runs = new InMemoryRunStore();
    private final InMemoryAudienceStore audience = new InMemoryAudienceStore();
    private final MovableClock clock = new MovableClock(TEN);
    private final InMemoryPaceStore stops = new InMemoryPaceStore();
    private final RunControl control = new RunControl(runs, audience, stops, clock);

    RunControlTest() {
        runs.plan(
                new Run(
                        RUN,
                        "member-day",
                        LocalDate.parse("2026-05-08"),
                        TEN,
                        TEN.plus(Duration.ofHours(10)),
                        2,
                        State.RUNNING,
                        Optional.empty(),
                        0,
                        0),
                "{}");
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, pause, paused",
        "PAUSED, pause, already paused",
        "PAUSED, resume, running",
        "RUNNING, resume, already running",
        "AWAITING, approve, running",
        "COUNTING, approve, running",
        "RUNNING, approve, already running",
        "RUNNING, cancel, cancelled",
        "PAUSED, cancel, cancelled",
        "AWAITING, cancel, cancelled",
        "CANCELLED, cancel, already cancelled",
    })
    void shouldDoWhatIsAskedOnceAndSayWhatIsSo(State before, String verb, String status) {
        // Given
        runs.change(RUN, before);

        // When
        Map<String, Object> answer = ask(RUN, verb);
        Map<String, Object> again = ask(RUN, verb);

        // Then
        assertEquals(status, answer.get("status"));
        assertEquals("already " + status.replace("already ", ""), again.get("status"));
        assertEquals(status.replace("already ", ""), runs.find(RUN).orElseThrow().state().key());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CANCELLED | resume  | do: the run is cancelled, and that is for ever (got:"
                        + " resume)",
                "CANCELLED | pause   | do: the run is cancelled, and that is for ever (got: pause)",
                "AWAITING  | resume  | do: nothing of the run is sent before it is approved:"
                        + " approve or cancel it (got: resume)",
                "COUNTING  | pause   | do: nothing of the run is sent before it is approved:"
                        + " approve or cancel it (got: pause)",
                "PAUSED    | approve | do: the run is paused: resume or cancel it (got: approve)",
                "RUNNING   | stop    | do: write pause, resume, approve or cancel (got: stop)",
            })
    void shouldSayWhatToDoInstead(State before, String verb, String answer) {
        runs.change(RUN, before);

        BadInput bad = assertThrows(BadInput.class, () -> ask(RUN, verb));

        assertEquals(answer, bad.answer());
        assertEquals(before, runs.find(RUN).orElseThrow().state());
    }

    @Test
    void shouldLetTheChannelGoOnWithTheRunThatWasPausedForIt() {
        // Given
        Instant nextMonth = Instant.parse("2026-06-01T00:00:00Z");
        stops.stop(Channel.SMS, TEN.minusSeconds(60), nextMonth);
        runs.change(RUN, run -> run.with(State.PAUSED, "sms MONTHLY_SPEND_LIMIT"));

        // When
        ask(RUN, "resume");

        // Then what the provider says late of messages taken before stops nothing
        assertEquals(Optional.empty(), stops.of(Channel.SMS).until());
        assertEquals(TEN, stops.busyUntil(Kind.SERVICE, Channel.SMS));
        assertFalse(stops.stop(Channel.SMS, TEN.minusSeconds(1), nextMonth));
        assertTrue(stops.stop(Channel.SMS, TEN.plusSeconds(1), nextMonth));
    }

    @Test
    void shouldKeepAChannelStoppedWhenARunThatAnOperatorPausedIsResumed() {
        stops.stop(Channel.SMS, TEN.minusSeconds(60), Instant.parse("2026-06-01T00:00:00Z"));
        runs.change(RUN, run -> run.with(State.PAUSED, "operator"));

        ask(RUN, "resume");

        assertTrue(stops.of(Channel.SMS).until().isPresent());
    }

    @Test
    void shouldLetAChannelGoOnByItself() {
        stops.stop(Channel.SMS, TEN.minusSeconds(60), Instant.parse("2026-06-01T00:00:00Z"));

        assertEquals("running", channel("sms", "resume").get("status"));
        assertEquals("already running", channel("sms", "resume").get("status"));
        assertEquals("already running", channel("email", "resume").get("status"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fax | resume | channel: write sms or email (got: fax)",
                "sms | pause  | do: write resume: a channel is stopped by its provider alone (got:"
                        + " pause)",
            })
    void shouldRefuseWhatNoChannelKnows(String channel, String verb, String answer) {
        BadInput bad = assertThrows(BadInput.class, () -> channel(channel, verb));

        assertEquals(answer, bad.answer());
    }

    private Map<String, Object> channel(String channel, String verb) {
        return control.answer(Json.read(Json.write(Map.of("channel", channel, "do", verb))));
    }

    @Test
    void shouldNameTheRunThatIsMeant() {
        BadInput bad = assertThrows(BadInput.class, () -> ask("member-day@2026-05-07", "pause"));

        assertEquals(
                "run: is no run: did you mean member-day@2026-05-08? (got: member-day@2026-05-07)",
                bad.answer());
    }

    @Test
    void shouldRefuseARunWhoseWindowHasEnded() {
        clock.advance(Duration.ofHours(10).plusSeconds(1));

        BadInput bad = assertThrows(BadInput.class, () -> ask(RUN, "pause"));

        assertEquals(
                "run: is over: its window ended at 2026-05-08T12:00:00Z (got: " + RUN + ")",
                bad.answer());
    }

    @Test
    void shouldRefuseARunThatIsFinishedAndNotOneThatIsNearly() {
        // Given one batch of two slices is not done
        Batch batch = batch();
        page(0, List.of(batch), Optional.empty());
        page(1, List.of(), Optional.empty());
        assertEquals("paused", ask(RUN, "pause").get("status"));

        // When
        audience.change(
                batch,
                now -> now.with(now.dueAt(), Optional.empty(), Optional.of(clock.instant())));
        BadInput bad = assertThrows(BadInput.class, () -> ask(RUN, "cancel"));

        // Then
        assertEquals(
                "run: is finished: each of its members has an outcome (got: " + RUN + ")",
                bad.answer());
    }

    @Test
    void shouldNotTakeARunForFinishedWhileASliceIsScanned() {
        page(0, List.of(), Optional.of("m1"));
        page(1, List.of(), Optional.empty());

        assertEquals("cancelled", ask(RUN, "cancel").get("status"));
    }

    private void page(int slice, List<Batch> batches, Optional<String> next) {
        audience.write(new Page(RUN, slice, 0, next, 1, batches.size(), Map.of()), batches);
    }

    private static Batch batch() {
        return BatchDraft.of(RUN, 0, TEN).members(List.of("m1")).batch();
    }

    private Map<String, Object> ask(String run, String verb) {
        return control.answer(Json.read(Json.write(Map.of("run", run, "do", verb))));
    }
}
