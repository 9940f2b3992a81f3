package io.memberday.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing.Due;
import io.memberday.touch.InMemoryPaceStore;
import io.memberday.touch.PaceStore;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A million touches in one hour, half of them in rushes as after a big promotion's midnight, while
 * marketing has more to send than it may. Calls take milliseconds, as they do on AWS. The build
 * plays a fifth of them with calls that take five times as long, {@code -Dtouches=1000000} all.
 */
class TouchRushTest {
    /** 10:00 in Shanghai. */
    private static final Instant TEN = Instant.parse("2026-11-11T02:00:00Z");

    private static final int MILLION = 1_000_000;
    private static final int TOUCHES = Integer.getInteger("touches", MILLION / 5);

    /** Fewer touches are as much work if calls take so much longer. */
    private static final int SLOWER = Math.max(1, MILLION / TOUCHES);

    private static final Duration HOUR = Duration.ofHours(1);

    /** As the function has. */
    private static final int LANES = 16;

    private static final Duration LIFE = Duration.ofSeconds(50);
    private static final Duration RESERVE = Duration.ofSeconds(10);
    private static final String RUN = "double-eleven@2026-11-11";

    private final Random random = new Random(11);
    private final Machine machine = new Machine(TEN, LANES, SLOWER);
    private final InMemoryRunStore runs = new InMemoryRunStore();
    private Rush rush = new Rush(machine, TEN, new long[0], List.of());

    @Test
    void shouldReleaseEachOfAMillionTouchesOfAnHourWithinTwoMinutesWhileMarketingWaits() {
        // Given
        rush = new Rush(machine, TEN, inRushes(TOUCHES), backlog(40_000 / SLOWER));
        TouchClock touchClock = touchClock();

        // When
        tickEachMinute(touchClock, 62);

        // Then
        assertEquals(0, rush.left());
        assertEquals(TOUCHES, rush.times(), "each once");
        Duration latest = latest();
        assertTrue(latest.compareTo(Duration.ofMinutes(2)) <= 0, "the latest was " + latest);
    }

    /** 150,000 buyers of one evening are cared for fifteen days later, at one time of day. */
    @Test
    void shouldReleaseWhatIsDueAtOneTimeOfDayWithinTwoMinutesAsItIsSpread() {
        // Given
        long[] atOnce = new long[MILLION * 3 / 20 / SLOWER];
        long[] spread =
                IntStream.range(0, atOnce.length)
                        .mapToLong(
                                number ->
                                        Duration.between(
                                                        TEN,
                                                        new Due(TEN, TEN.plus(HOUR))
                                                                .spread(Rush.id(number))
                                                                .at())
                                                .toSeconds())
                        .toArray();

        // When, then: the channel's pace allows it in 250 seconds, and there are 300
        rush = new Rush(machine, TEN, spread, List.of());
        tickEachMinute(touchClock(), 8);
        assertEquals(0, rush.left());
        Duration latest = latest();
        assertTrue(latest.compareTo(Duration.ofMinutes(2)) <= 0, "the latest was " + latest);

        // And not so if all were due in one second
        rush = new Rush(machine, machine.clock().instant(), atOnce, List.of());
        tickEachMinute(touchClock(), 8);
        assertEquals(0, rush.left());
        assertTrue(latest().compareTo(Duration.ofMinutes(2)) > 0, "the latest was " + latest());
    }

    private void tickEachMinute(TouchClock touchClock, int minutes) {
        Instant from = machine.clock().instant();
        for (int minute = 0; minute <= minutes; minute++) {
            machine.sleepUntil(from.plus(Duration.ofMinutes(minute)));
            Instant begun = machine.clock().instant();
            touchClock.tick(() -> left(begun).compareTo(RESERVE) > 0);
            assertTrue(!left(begun).isNegative(), "a tick is over before the next one");
        }
    }

    private Duration latest() {
        return Collections.max(rush.late().toList());
    }

    @Test
    void shouldLoseNoneWhereverTheClockDies() {
        // Given: it dies at some call of two ticks in three
        rush = new Rush(machine, TEN, inRushes(30_000), List.of());
        int deaths = 0;

        // When
        for (int minute = 0; minute <= 75; minute++) {
            machine.sleepUntil(TEN.plus(Duration.ofMinutes(minute)));
            machine.diesAfter(
                    minute % 3 == 0 || minute > 66 ? Integer.MAX_VALUE : 1 + random.nextInt(550));
            Instant begun = machine.clock().instant();
            try {
                touchClock().tick(() -> left(begun).compareTo(RESERVE) > 0);
            } catch (Machine.Died died) {
                deaths++;
            }
        }

        // Then what it had taken comes back after its lease
        assertTrue(deaths > 20, deaths + " deaths");
        assertEquals(0, rush.left());
        assertTrue(rush.late().noneMatch(late -> late.isNegative()));
    }

    /** Half evenly, half in the first twenty seconds of every fifth minute. */
    private long[] inRushes(int touches) {
        return random.longs(touches, 0, HOUR.toSeconds())
                .map(second -> random.nextBoolean() ? second : second - second % 300 + second % 20)
                .toArray();
    }

    private List<Batch> backlog(int batches) {
        runs.plan(
                new Run(
                        RUN,
                        "double-eleven",
                        LocalDate.parse("2026-11-11"),
                        TEN,
                        TEN.plus(Duration.ofHours(10)),
                        1,
                        Run.State.RUNNING,
                        Optional.empty(),
                        0,
                        0),
                "{}");
        List<String> members = IntStream.range(0, 100).mapToObj(i -> "m" + i).toList();
        List<Batch> backlog = new ArrayList<>();
        for (int number = 0; number < batches; number++) {
            backlog.add(
                    BatchDraft.of(RUN, number, TEN.minusSeconds(60))
                            .members(members)
                            .until(TEN.plus(Duration.ofHours(10)))
                            .batch());
        }
        return backlog;
    }

    private static Playbook fast() {
        return Playbooks.read(
                Playbooks.write(SamplePlaybook.playbook())
                        .replaceAll("\"perSecond\":\\d+", "\"perSecond\":" + 600 / SLOWER));
    }

    private TouchClock touchClock() {
        return new TouchClock(
                rush,
                machine.slow(PaceStore.class, paces, Machine.UPDATE),
                machine.slow(RunStore.class, runs, Machine.UPDATE),
                new InMemoryAudienceStore(),
                rush,
                fast(),
                Rush.SHARDS,
                machine.clock(),
                machine);
    }

    private final InMemoryPaceStore paces = new InMemoryPaceStore();

    private Duration left(Instant begun) {
        return LIFE.minus(Duration.between(begun, machine.clock().instant()));
    }
}
