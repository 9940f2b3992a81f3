package io.memberday.campaign;

import static io.memberday.campaign.SliceScene.AT;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.memberday.campaign.SliceScan.End;
import io.memberday.fault.Faults.Killed;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/** P5: no member in two batches, none lost, each page once, whatever happens to the workers. */
class SliceScanFaultTest {
    private static final String DATE = "2026-05-08";
    private static final BooleanSupplier ALL_THE_TIME = () -> true;

    @Test
    void shouldLoseNobodyAndTakeNobodyTwiceWhenKilledAtAnyCall() {
        // Given: as many calls as a worker makes that is left alone
        SliceScene calm = scene(1_700, 11);
        Run run = calm.planned(DATE, 1);
        calm.faults.none();
        calm.worker(AT).scan(run.id(), 0, ALL_THE_TIME);
        int calls = calm.faults.calls();

        for (int call = 0; call < calls; call++) {
            for (boolean afterEffect : List.of(false, true)) {
                // When
                SliceScene scene = scene(1_700, 11);
                scene.planned(DATE, 1);
                scene.faults.killAt(call, afterEffect);
                SliceScan killed = scene.worker(AT);
                assertThrows(Killed.class, () -> killed.scan(run.id(), 0, ALL_THE_TIME));
                scene.faults.none();
                scene.worker(AT).scan(run.id(), 0, ALL_THE_TIME);

                // Then: the very batches of the worker that was left alone
                scene.assertScannedOnce(run, "killed at call " + call + ", after " + afterEffect);
                assertEquals(calm.audience.allBatches(), scene.audience.allBatches());
            }
        }
    }

    @Test
    void shouldLoseNobodyAndTakeNobodyTwiceWhenKilledAgainAndAgain() {
        for (long seed = 0; seed < 30; seed++) {
            // Given
            SplittableRandom random = new SplittableRandom(seed);
            SliceScene scene = scene(500 + random.nextInt(2_000), seed);
            Run run = scene.planned(DATE, 1 + random.nextInt(3));

            // When: workers die at random, or run out of time, until each slice is scanned
            for (int slice = 0; slice < run.slices(); slice++) {
                while (!scanned(scene, run, slice, random)) {
                    scene.faults.killAt(random.nextInt(12), random.nextBoolean());
                }
            }

            // Then
            scene.assertScannedOnce(run, "seed " + seed);
        }
    }

    @Test
    void shouldGoOnFromTheOthersPageWhenAnotherWorkerWasFaster() {
        // Given: while the first worker writes its first page, another scans the whole slice
        SliceScene scene = scene(2_500, 12);
        Run run = scene.planned(DATE, 1);
        SliceScan other = scene.worker(AT);
        SliceScan overtaken =
                new SliceScan(
                        scene.runs,
                        new OvertakenAudienceStore(
                                scene.audience, () -> other.scan(run.id(), 0, ALL_THE_TIME)),
                        scene.scan,
                        scene.bus,
                        Clock.fixed(AT, ZoneOffset.UTC));

        // When
        End end = overtaken.scan(run.id(), 0, ALL_THE_TIME);

        // Then
        assertEquals(End.SCANNED, end);
        scene.assertScannedOnce(run, "seed 12");
    }

    @Test
    void shouldScanEachPageOnceWhenManyWorkersTakeTheSameSlice() throws Exception {
        for (long seed = 20; seed < 26; seed++) {
            // Given
            SliceScene scene = scene(3_000, seed);
            Run run = scene.planned(DATE, 1);
            Callable<End> worker = () -> scene.worker(AT).scan(run.id(), 0, ALL_THE_TIME);

            // When
            List<Future<End>> ends = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (int number = 0; number < 4; number++) {
                    ends.add(threads.submit(worker));
                }
            }

            // Then
            for (Future<End> end : ends) {
                assertEquals(End.SCANNED, end.get());
            }
            scene.assertScannedOnce(run, "seed " + seed);
        }
    }

    private static boolean scanned(SliceScene scene, Run run, int slice, SplittableRandom random) {
        try {
            BooleanSupplier time = () -> random.nextInt(4) > 0;
            return scene.worker(AT).scan(run.id(), slice, time) == End.SCANNED;
        } catch (Killed e) {
            return false;
        }
    }

    private static SliceScene scene(int members, long seed) {
        return new SliceScene(SampleMembers.of(members, seed));
    }

    /** Before the first page is written, another worker does its work. */
    private static final class OvertakenAudienceStore implements AudienceStore {
        private final AudienceStore store;
        private final List<Runnable> first;

        OvertakenAudienceStore(AudienceStore store, Runnable other) {
            this.store = store;
            first = new ArrayList<>(List.of(other));
        }

        @Override
        public boolean write(List<Page> pages, List<Batch> batches) {
            while (!first.isEmpty()) {
                first.removeFirst().run();
            }
            return store.write(pages, batches);
        }

        @Override
        public Optional<Page> lastPage(String run, int slice) {
            return store.lastPage(run, slice);
        }

        @Override
        public List<Page> pages(String run, int slice) {
            return store.pages(run, slice);
        }

        @Override
        public Iterable<Batch> batches(String run, int slice) {
            return store.batches(run, slice);
        }
    }
}
