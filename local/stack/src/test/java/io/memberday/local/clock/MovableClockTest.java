package io.memberday.local.clock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.aws.Env;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class MovableClockTest {
    private static final Instant REAL = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void shouldShowWhatItIsSetToAndGoOnFromThere(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("new/clock");
        List<Instant> told = new ArrayList<>();
        MovableClock clock = new MovableClock(file, InstantSource.fixed(REAL));
        assertEquals("PT0S", Files.readString(file));
        clock.onSet(() -> told.add(clock.instant()));

        clock.set(Instant.parse("2026-11-23T11:30:00Z"));

        assertEquals("PT25H30M", Files.readString(file));
        assertEquals(Instant.parse("2026-11-23T11:30:00Z"), clock.instant());
        assertEquals(List.of(clock.instant()), told);
    }

    @Test
    void shouldBeTheClockThatFunctionsSee(@TempDir Path folder) {
        MovableClock clock = new MovableClock(folder.resolve("clock"));
        Clock functions = Env.of(Map.of("MEMBERDAY_CLOCK", clock.file().toString())).clock();

        clock.set(Instant.parse("2026-05-08T02:00:00Z"));

        Duration off = Duration.between(clock.instant(), functions.instant()).abs();
        assertEquals(0, off.toMinutes());
    }
}
