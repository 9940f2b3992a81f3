package io.memberday.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.export.ExportRequest.Format;
import io.memberday.export.SegmentExport.End;
import io.memberday.fault.Faults.Killed;
import io.memberday.file.Uploads;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;

import org.junit.jupiter.api.Test;

import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/** P7: an export equals its manifest, whatever happens to its workers; never a visible half. */
class SegmentExportFaultTest {
    private static final BooleanSupplier ALL_THE_TIME = () -> true;
    private static final int MEMBERS = 1_400;

    @Test
    void shouldEqualAnUnbrokenExportByteForByteWhenKilledAtAnyCall() throws Exception {
        // Given: as many calls as a worker makes that is left alone
        ExportScene calm = calm();
        int calls = calm.faults.calls();
        assertTrue(calls > 40, calls + " calls");

        for (int call = 0; call < calls; call++) {
            for (boolean afterEffect : List.of(false, true)) {
                String because = "killed at call " + call + ", after its effect: " + afterEffect;
                ExportScene scene = new ExportScene(MEMBERS);

                // When
                scene.faults.killAt(call, afterEffect);
                assertThrows(Killed.class, () -> scene.call(scene.worker(), ALL_THE_TIME));
                boolean manifestIsThere =
                        scene.files.files().keySet().stream()
                                .anyMatch(name -> name.endsWith("manifest.json"));
                if (manifestIsThere) {
                    scene.assertManifestHolds(because);
                } else {
                    scene.assertNoHalfIsVisible(calm, because);
                }
                scene.faults.none();
                assertEquals(End.DONE, scene.call(scene.worker(), ALL_THE_TIME).end(), because);

                // Then
                scene.assertManifestHolds(because);
                assertEquals(calm.files.files().keySet(), scene.files.files().keySet(), because);
                calm.files
                        .files()
                        .forEach(
                                (name, content) ->
                                        assertArrayEquals(
                                                content, scene.files.files().get(name), because));
                assertEquals(0, scene.uploads.withParts(), because);
            }
        }
    }

    @Test
    void shouldHoldTheSameRowsWhenWorkersDieOrRunOutOfTimeAgainAndAgain() throws Exception {
        ExportScene calm = calm();
        for (long seed = 0; seed < 40; seed++) {
            // Given
            SplittableRandom random = new SplittableRandom(seed);
            String because = "seed " + seed;
            ExportScene scene = new ExportScene(MEMBERS);

            // When
            End end = End.CONTINUED;
            while (end != End.DONE) {
                scene.faults.killAt(random.nextInt(60), random.nextBoolean());
                try {
                    end = scene.call(scene.worker(), () -> random.nextInt(5) > 0).end();
                } catch (Killed e) {
                    scene.assertNoHalfIsVisibleYet(because);
                }
            }

            // Then
            scene.assertManifestHolds(because);
            for (Format format : Format.values()) {
                assertEquals(calm.rows(format), scene.rows(format), because);
            }
        }
    }

    @Test
    void shouldGoOnByAnEventWhenTimeIsShort() throws Exception {
        ExportScene scene = new ExportScene(MEMBERS);
        SegmentExport worker = scene.worker();

        assertEquals(End.CONTINUED, scene.call(worker, () -> false).end());
        assertEquals(List.of(), List.copyOf(scene.files.files().keySet()));
        assertEquals(End.DONE, scene.follow(worker, () -> false));

        scene.assertManifestHolds("one page an invocation");
        assertEquals(calm().rows(Format.CSV), scene.rows(Format.CSV));
    }

    @Test
    void shouldStopAtTheNextRecordWhenAnotherWorkerHasTakenOver() throws Exception {
        // Given: while the first worker stores a part, a second does all of the work
        ExportScene scene = new ExportScene(MEMBERS);
        SegmentExport second = scene.worker();
        int[] parts = {0};
        SegmentExport first =
                scene.worker(
                        new ForwardingUploads(scene.uploads) {
                            @Override
                            public Part put(
                                    String name, String upload, int number, byte[] content) {
                                Part part = super.put(name, upload, number, content);
                                if (parts[0]++ == 1) {
                                    assertEquals(End.DONE, scene.call(second, ALL_THE_TIME).end());
                                }
                                return part;
                            }
                        });

        // When
        End end = scene.call(first, ALL_THE_TIME).end();

        // Then
        assertEquals(End.OVERTAKEN, end);
        scene.assertManifestHolds("taken over");
        assertEquals(calm().rows(Format.JSONL), scene.rows(Format.JSONL));
    }

    @Test
    void shouldRefuseAFileThatIsNotWhatWasSent() {
        ExportScene scene = new ExportScene(MEMBERS);
        SegmentExport worker =
                scene.worker(
                        new ForwardingUploads(scene.uploads) {
                            @Override
                            public void complete(String name, String upload, List<Part> parts) {
                                super.complete(name, upload, parts);
                                byte[] stored = scene.files.files().get(name);
                                scene.files
                                        .files()
                                        .put(name, Arrays.copyOf(stored, stored.length - 1));
                            }
                        });

        assertThrows(RuntimeException.class, () -> scene.call(worker, ALL_THE_TIME));

        assertTrue(
                scene.files.files().keySet().stream().noneMatch(name -> name.contains("manifest")));
        assertEquals(List.of(), scene.log);
    }

    @Test
    void shouldLeaveNothingWhenAborted() throws Exception {
        int calls = calm().faults.calls();
        for (int call = 5; call < calls - 4; call += 3) {
            // Given
            ExportScene scene = new ExportScene(MEMBERS);
            SegmentExport worker = scene.worker();
            scene.faults.killAt(call, false);
            assertThrows(Killed.class, () -> scene.call(worker, ALL_THE_TIME));
            scene.faults.none();

            // When
            scene.worker().abort("all-20260508T020000Z-token");

            // Then
            assertEquals(0, scene.uploads.withParts(), "killed at " + call);
            assertEquals(List.of(), List.copyOf(scene.files.files().keySet()));
            assertEquals(End.ABORTED, scene.call(worker, ALL_THE_TIME).end());
        }
    }

    @Test
    void shouldNotAbortWhatIsDone() throws Exception {
        ExportScene scene = calm();

        assertThrows(BadInput.class, () -> scene.worker().abort("all-20260508T020000Z-token"));

        scene.assertManifestHolds("done");
    }

    @Test
    void shouldHoldNoMoreThanAPartOfEachFormatInMemory() throws Exception {
        ExportScene scene = new ExportScene(8_000);

        scene.call(scene.worker(), ALL_THE_TIME);

        Fields manifest = scene.assertManifestHolds("8,000");
        assertTrue(manifest.whole("rows", 0, 9_999) > 6_000);
        assertTrue(scene.uploads.largestPart() < 20_000, scene.uploads.largestPart() + " bytes");
    }

    private static ExportScene calm() {
        ExportScene calm = new ExportScene(MEMBERS);
        calm.faults.none();
        calm.call(calm.worker(), ALL_THE_TIME);
        return calm;
    }

    /** Uploads of which a test changes one call. */
    private abstract static class ForwardingUploads implements Uploads {
        private final Uploads to;

        ForwardingUploads(Uploads to) {
            this.to = to;
        }

        @Override
        public String begin(String name, String contentType) {
            return to.begin(name, contentType);
        }

        @Override
        public Part put(String name, String upload, int number, byte[] content) {
            return to.put(name, upload, number, content);
        }

        @Override
        public void complete(String name, String upload, List<Part> parts) {
            to.complete(name, upload, parts);
        }

        @Override
        public InputStream read(String name) {
            return to.read(name);
        }

        @Override
        public void abort(String name, String upload) {
            to.abort(name, upload);
        }

        @Override
        public void delete(String name) {
            to.delete(name);
        }
    }
}
