package io.memberday.benchmark;

import io.memberday.orderwebhook.WebhookBenchmark;
import io.memberday.send.SendingBenchmark;

import java.util.List;
import java.util.Optional;

/** The benchmarks whose lines each run in JVMs of their own. */
final class Catalogue {
    static final List<String> NAMES = List.of("webhook", "slice", "sending", "clock");

    private Catalogue() {}

    static Optional<Benchmark> benchmark(String name) {
        return switch (name) {
            case "webhook" -> Optional.of(WebhookBenchmark.benchmark());
            case "slice" -> Optional.of(Slices.benchmark());
            case "clock" -> Optional.of(Clocks.benchmark());
            case "sending" -> Optional.of(SendingBenchmark.benchmark());
            default -> Optional.empty();
        };
    }
}
