package io.memberday.release;

import static io.memberday.release.ClockScene.RUN;
import static io.memberday.release.ClockScene.TEN;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.event.BusEvent;
import io.memberday.event.EventsLost;
import io.memberday.member.Channel;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What is due is released once, and again only when its sender must be dead. */
class TouchClockLeaseTest {
    private final ClockScene scene = new ClockScene();

    @Test
    void shouldReleaseABatchOnceAndAgainWhenItsLeaseIsOver() {
        // Given
        scene.batches(1, Channel.SMS, 100, TEN);

        // When it is due, then a minute later, then when the sender must be dead
        int first = scene.tick().batches();
        scene.clock.advance(Duration.ofMinutes(1));
        int second = scene.tick().batches();
        scene.clock.advance(Duration.ofMinutes(4));
        int third = scene.tick().batches();

        // Then
        assertEquals(List.of(1, 0, 1), List.of(first, second, third));
        assertEquals(
                List.of(
                        BusEvent.batchDue(RUN, 0, "000000-00"),
                        BusEvent.batchDue(RUN, 0, "000000-00")),
                scene.bus.events());
    }

    @Test
    void shouldNotReleaseWhatIsNotDueOrDone() {
        // Given
        scene.batches(1, Channel.SMS, 100, TEN.plusSeconds(1));
        scene.batches(1, Channel.SMS, 100, TEN);
        scene.audience.change(
                scene.audience.allBatches().get(1),
                batch -> batch.with(batch.dueAt(), Optional.empty(), Optional.of(TEN)));

        // Then
        assertEquals(0, scene.tick().batches());
    }

    @Test
    void shouldBringBackWhatTheBusLost() {
        // Given
        scene.batches(1, Channel.SMS, 100, TEN);
        scene.touch("memberday:shop:1", TEN);
        TouchClock broken =
                scene.touchClock(
                        events -> {
                            throw new EventsLost(events.size(), "InternalFailure");
                        });

        // When
        try {
            broken.tick(() -> true);
        } catch (EventsLost e) {
            scene.clock.advance(TouchClock.LEASE);
        }

        // Then
        assertEquals(new TouchClock.Released(1, 1), scene.tick());
    }

    @Test
    void shouldReleaseEachRowOnceHoweverManyClocksTickAtOnce() {
        long seed = 42;
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            // Given two clocks that saw the same rows before either moved one
            List<Batch> some =
                    scene.batches(random.nextInt(1, 200), Channel.SMS, 100, scene.clock.instant());
            List<TouchClock.Released> both = Collections.synchronizedList(new ArrayList<>());

            // When
            List<Thread> threads =
                    List.of(
                            Thread.ofVirtual().start(() -> both.add(scene.tick())),
                            Thread.ofVirtual().start(() -> both.add(scene.tick())));
            threads.forEach(TouchClockLeaseTest::join);

            // Then
            long twice =
                    scene.bus.events().stream()
                            .filter(event -> Collections.frequency(scene.bus.events(), event) > 1)
                            .count();
            assertEquals(0, twice, "seed " + seed + " round " + round);
            assertTrue(
                    both.stream().mapToInt(TouchClock.Released::batches).sum() <= 120,
                    "seed " + seed + " released " + both + " of " + some.size());
            scene.bus.take();
            scene.clock.advance(Duration.ofMinutes(2));
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
