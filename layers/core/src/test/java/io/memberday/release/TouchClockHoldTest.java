package io.memberday.release;

import static io.memberday.release.ClockScene.RUN;
import static io.memberday.release.ClockScene.SHARDS;
import static io.memberday.release.ClockScene.TEN;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Run;
import io.memberday.event.BusEvent;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What marketing waits for: its run, an approval, and the morning after 21:00 to 08:00. */
class TouchClockHoldTest {
    private final ClockScene scene = new ClockScene();

    @Test
    void shouldHoldMarketingInQuietHoursAndServiceNever() {
        // Given 21:00 to 07:59 in Shanghai
        scene.runs.change(RUN, TEN.plus(Duration.ofDays(2)));
        scene.batches(1, Channel.SMS, 100, TEN);
        for (String quiet :
                List.of("2026-05-08T13:00:00Z", "2026-05-08T18:30:00Z", "2026-05-08T23:59:59Z")) {
            scene.clock.set(Instant.parse(quiet));
            scene.touch("o" + quiet, scene.clock.instant());

            // When
            TouchClock.Released released = scene.tick();

            // Then
            assertEquals(new TouchClock.Released(1, 0), released, quiet);
            scene.touches.remove("payment-reminder#o" + quiet);
        }
        scene.clock.set(Instant.parse("2026-05-09T00:00:00Z"));
        assertEquals(1, scene.tick().batches());
    }

    @Test
    void shouldLetMembersSleepOnTheirOwnClock() {
        // Given 10:00 in Shanghai: 22:00 in New York
        scene.runs.change(RUN, TEN.plus(Duration.ofDays(2)));
        scene.live("America/New_York");
        scene.batches(1, Channel.SMS, 100, TEN);
        scene.live("Asia/Shanghai");
        scene.batches(1, Channel.SMS, 100, TEN);

        // When now, at 21:00 in Shanghai, and a second before and at 8:00 in New York
        int now = scene.tick().batches();
        scene.clock.set(Instant.parse("2026-05-08T11:59:59Z"));
        int before = scene.tick().batches();
        scene.clock.set(Instant.parse("2026-05-08T12:00:00Z"));
        int morning = scene.tick().batches();

        // Then: the one from Shanghai comes back by its lease until somebody sends it
        assertEquals(List.of(1, 1, 1), List.of(now, before, morning));
        assertEquals(
                List.of("000001-00", "000001-00", "000000-00"),
                scene.bus.events().stream().map(event -> event.detail().get("batch")).toList());
    }

    @Test
    void shouldReleaseNothingOfAPausedRunAndGoOnWithOthers() {
        // Given
        scene.batches(30, Channel.SMS, 100, TEN);
        scene.runs.change(RUN, Run.State.PAUSED);
        scene.otherRun("friday@2026-05-08");

        // When
        int paused = scene.tick().batches();
        scene.runs.change(RUN, Run.State.RUNNING);
        scene.clock.advance(Duration.ofMinutes(1));
        int resumed = scene.tick().batches();

        // Then
        assertEquals(1, paused);
        assertEquals(30, resumed);
    }

    @Test
    void shouldFindOthersBehindMoreOfAPausedRunThanATickCanRead() {
        // Given 25,000 batches of a run that waits, in front of one of another run
        scene.batches(25_000, Channel.SMS, 1, TEN.minusSeconds(60));
        scene.runs.change(RUN, Run.State.PAUSED);
        scene.otherRun("friday@2026-05-08");

        // Then
        assertEquals(1, scene.tick().batches());
        assertTrue(scene.due.read() <= 1 + 2 * SHARDS, "read " + scene.due.read());
        assertEquals("friday@2026-05-08", scene.bus.events().getFirst().detail().get("run"));
    }

    @Test
    void shouldSendWhatIsPastItsWindowToBeClosedWhateverTheRunsStateAndThePace() {
        // Given
        scene.batches(200, Channel.SMS, 100, TEN);
        scene.runs.change(RUN, Run.State.PAUSED);
        scene.runs.change(RUN, TEN.plusSeconds(60));

        // When
        int inside = scene.tick().batches();
        scene.clock.advance(Duration.ofSeconds(61));
        int outside = scene.tick().batches();

        // Then
        assertEquals(0, inside);
        assertEquals(200, outside);
        assertEquals(Instant.EPOCH, scene.paces.busyUntil(Kind.MARKETING, Channel.SMS));
    }

    @Test
    void shouldSendACancelledRunsBatchesToBeClosedAtOnce() {
        scene.batches(200, Channel.SMS, 100, TEN);
        scene.runs.change(RUN, Run.State.CANCELLED);

        assertEquals(200, scene.tick().batches());
        assertEquals(Instant.EPOCH, scene.paces.busyUntil(Kind.MARKETING, Channel.SMS));
    }

    @Test
    void shouldReleaseNothingOfARunWhoseAudienceIsNotKnownYet() {
        // Given a store where more than 250 members need an approval, and a slice still scanned
        TouchClock approving = scene.touchClock(SamplePlaybook.approving(250));
        scene.page(100, true);
        scene.runs.change(RUN, Run.State.COUNTING);

        // When
        int scanning = approving.tick(() -> true).batches();
        scene.page(100, false);
        int scanned = approving.tick(() -> true).batches();

        // Then
        assertEquals(0, scanning);
        assertEquals(2, scanned);
        assertEquals(Run.State.RUNNING, scene.runs.find(RUN).orElseThrow().state());
        assertEquals(List.of(), scene.halted());
    }

    @Test
    void shouldHoldARunAboveTheStoresLimitUntilItIsApprovedAndSaySoOnce() {
        // Given 300 of a limit of 250 are found before the scan is done
        TouchClock approving = scene.touchClock(SamplePlaybook.approving(250));
        for (int i = 0; i < 3; i++) {
            scene.page(100, true);
        }
        scene.runs.change(RUN, Run.State.COUNTING);

        // When
        int before = approving.tick(() -> true).batches();
        scene.clock.advance(Duration.ofMinutes(1));
        before += approving.tick(() -> true).batches();
        Run waiting = scene.runs.find(RUN).orElseThrow();
        scene.runs.change(RUN, Set.of(Run.State.AWAITING), Run.State.RUNNING, "operator");
        int after = approving.tick(() -> true).batches();

        // Then
        assertEquals(0, before);
        assertEquals(Run.State.AWAITING, waiting.state());
        assertEquals("audience of at least 300 above 250", waiting.why());
        assertEquals(
                List.of(BusEvent.runHalted(RUN, "awaiting", "audience of at least 300 above 250")),
                scene.halted());
        assertEquals(3, after);
    }

    @Test
    void shouldCloseARunThatNobodyApprovedWhenItsWindowHasPassed() {
        TouchClock approving = scene.touchClock(SamplePlaybook.approving(0));
        scene.page(100, false);
        scene.runs.change(RUN, Run.State.COUNTING);
        assertEquals(0, approving.tick(() -> true).batches());

        scene.clock.advance(Duration.ofHours(10).plusSeconds(1));

        assertEquals(1, approving.tick(() -> true).batches());
    }
}
