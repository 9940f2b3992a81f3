package io.memberday.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.export.Manifest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** That every line still does its work; what it takes is measured by hand. */
class BenchmarksTest {

    @ParameterizedTest
    @ValueSource(strings = {"webhook", "slice", "sending", "clock"})
    void shouldDoTheWorkOfEveryLine(String name) throws Exception {
        for (Line line : Catalogue.benchmark(name).orElseThrow().lines()) {
            Line quick = new Line(line.name(), shortened(line.answersAfter()), line.prepare());

            Measured measured = Fork.measure(quick, Duration.ZERO, Duration.ofMillis(1));

            assertTrue(measured.items() > 0, line.name());
            assertEquals(measured, Measured.read(measured.json()));
        }
    }

    private static Duration shortened(Duration wait) {
        return wait.isZero() ? wait : Duration.ofNanos(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldAnswerAWebhookFromTheBuiltZipsAndItsFloorBesideIt() throws Exception {
        List<ColdStart.Start> starts = ColdStart.once();

        assertEquals(2, starts.size());
        starts.forEach(start -> assertTrue(start.wallMillis() > 0));
    }

    @Test
    void shouldScanAndExportMembersThatNobodyKeeps(@TempDir Path folder) {
        GeneratedSlice.Counted audience = GeneratedSlice.scan(3_000);
        Manifest manifest = GeneratedExport.export(3_000, folder);

        assertTrue(audience.addressed() > 500, audience.addressed() + " addressed");
        assertEquals(3_000, manifest.rows());
        assertEquals(2, manifest.files().size());
    }
}
