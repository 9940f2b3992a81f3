package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Runs on emulated tables. */
@ExtendWith(EmulatorExtension.class)
class DynamoDbRunStoreTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    private static final Run RUN =
            new Run(
                    "member-day@2026-05-08",
                    "member-day",
                    LocalDate.parse("2026-05-08"),
                    AT,
                    AT.plusSeconds(36_000),
                    3,
                    Run.State.RUNNING,
                    Optional.of(2_000_000_000L),
                    0,
                    0);

    private final Emulator emulator;
    private final DynamoDbRunStore runs;

    DynamoDbRunStoreTest(Emulator emulator) {
        this.emulator = emulator;
        runs = new DynamoDbRunStore(emulator.dynamoDb(), emulator.table("CampaignResultsTable"));
    }

    @BeforeEach
    void empty() {
        emulator.tables().reset();
    }

    @Test
    void shouldKeepARunAndWhatWasFrozenWithIt() {
        // When
        boolean planned = runs.plan(RUN, "{\"campaign\":{}}");

        // Then
        assertTrue(planned);
        assertEquals(Optional.of(RUN), runs.find(RUN.id()));
        assertEquals(Optional.of("{\"campaign\":{}}"), runs.frozen(RUN.id()));
        assertEquals(Optional.empty(), runs.find("member-day@2026-05-15"));
        assertEquals(Optional.empty(), runs.frozen("member-day@2026-05-15"));
    }

    @Test
    void shouldChangeNothingWhenARunIsPlannedAgain() {
        // Given
        runs.plan(RUN, "first");
        Run other = withoutBudget(RUN.id());

        // When
        boolean planned = runs.plan(other, "second");

        // Then
        assertFalse(planned);
        assertEquals(Optional.of(RUN), runs.find(RUN.id()));
        assertEquals(Optional.of("first"), runs.frozen(RUN.id()));
    }

    @Test
    void shouldChangeARunsStateOnlyFromOneThatIsExpected() {
        // Given
        runs.plan(RUN, "{}");
        Set<Run.State> running = Set.of(Run.State.RUNNING);

        // When
        boolean paused = runs.change(RUN.id(), running, Run.State.PAUSED, "sms OptInRequired");
        Run halted = runs.find(RUN.id()).orElseThrow();
        boolean again = runs.change(RUN.id(), running, Run.State.PAUSED, "email NotVerified");
        boolean resumed =
                runs.change(
                        RUN.id(),
                        Set.of(Run.State.PAUSED, Run.State.AWAITING),
                        Run.State.RUNNING,
                        "");

        // Then
        assertTrue(paused);
        assertEquals(RUN.with(Run.State.PAUSED, "sms OptInRequired"), halted);
        assertFalse(again);
        assertTrue(resumed);
        assertEquals(Optional.of(RUN), runs.find(RUN.id()));
        assertFalse(runs.change("none@2026-05-08", running, Run.State.PAUSED, "operator"));
        assertEquals(Optional.empty(), runs.find("none@2026-05-08"));
    }

    @Test
    void shouldPlanARunOnceWhenManyWakeAtOnce() throws Exception {
        // When
        List<Boolean> planned =
                AtOnce.all(
                        IntStream.range(0, 8)
                                .<Callable<Boolean>>mapToObj(
                                        number -> () -> runs.plan(RUN, "by " + number))
                                .toList());

        // Then
        List<Integer> winners = IntStream.range(0, 8).filter(planned::get).boxed().toList();
        assertEquals(1, winners.size());
        assertEquals(Optional.of("by " + winners.getFirst()), runs.frozen(RUN.id()));
    }

    @Test
    void shouldPlanRunsTogetherOrNoneOfThem() {
        // Given
        Run other = withoutBudget("weekend@2026-05-08");
        Run third = withoutBudget("gala@2026-05-08");

        // When
        boolean planned =
                runs.plan(
                        List.of(
                                new RunStore.Planned(RUN, "first"),
                                new RunStore.Planned(other, "second")));
        boolean again =
                runs.plan(
                        List.of(
                                new RunStore.Planned(third, "third"),
                                new RunStore.Planned(other, "changed")));

        // Then
        assertTrue(planned);
        assertFalse(again);
        assertEquals(Optional.empty(), runs.find(third.id()));
        assertEquals(Optional.empty(), runs.plan(third.id()));
        List<String> together = List.of(RUN.id(), other.id());
        assertEquals(Optional.of(new RunStore.Plan("first", together)), runs.plan(RUN.id()));
        assertEquals(Optional.of(new RunStore.Plan("second", together)), runs.plan(other.id()));
        runs.plan(third, "third");
        assertEquals(
                Optional.of(new RunStore.Plan("third", List.of(third.id()))),
                runs.plan(third.id()));
    }

    @Test
    void shouldListAllRunsById() {
        // Given
        Run before = withoutBudget("member-day@2026-05-01");
        runs.plan(RUN, "");
        runs.plan(before, "");

        // Then
        assertEquals(List.of(before, RUN), runs.all());
    }

    private static Run withoutBudget(String id) {
        return new Run(
                id,
                RUN.campaign(),
                RUN.date(),
                RUN.at(),
                RUN.until(),
                1,
                Run.State.PAUSED,
                Optional.empty(),
                3,
                2);
    }
}
