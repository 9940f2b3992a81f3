package io.memberday.benchmark;

import io.memberday.benchmark.Benchmark.Goal;
import io.memberday.benchmark.Benchmark.Reference;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Runs benchmarks by name, or all of them, and prints floors, ours and ratios. */
public final class Benchmarks {
    private static final int FORKS = 3;
    private static final String WARM_UP_SECONDS = "20";
    private static final String MEASURED_SECONDS = "5";
    private static final double BUSY = 1.5;

    /**
     * One processor's collector, as in a function of one vCPU. What is hot is compiled at once and
     * by the thread that works: on a busy machine the compiler's own threads would not get to it.
     */
    private static final List<String> OPTIONS =
            List.of(
                    "-Xbatch",
                    "-XX:+UseSerialGC",
                    "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED");

    private final PrintStream out;

    private Benchmarks(PrintStream out) {
        this.out = out;
    }

    /**
     * @param names none for all
     */
    public static void main(String[] names) throws Exception {
        List<String> all = new ArrayList<>(Catalogue.NAMES);
        all.addAll(List.of("coldstart", "memory", "export", "cost"));
        List<String> chosen = names.length == 0 ? all : List.of(names);
        try (PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8)) {
            for (String name : chosen) {
                if (!all.contains(name)) {
                    out.println("no such benchmark: " + name + "; there are " + all);
                    throw new IllegalArgumentException(name);
                }
                new Benchmarks(out).run(name);
            }
        }
    }

    private void run(String name) throws Exception {
        switch (name) {
            case "coldstart" -> new ColdStart(out).print();
            case "memory" -> new FlatMemory(out).planning();
            case "export" -> new FlatMemory(out).export();
            case "cost" -> new CostTable(out).print();
            default -> compare(Catalogue.benchmark(name).orElseThrow());
        }
    }

    private void compare(Benchmark benchmark) throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%n%s: processor time per %s (= seconds per million), median of %d JVMs, %s s of"
                        + " work after %s s of warm-up; load now %.1f%n",
                benchmark.name(),
                benchmark.item(),
                FORKS,
                MEASURED_SECONDS,
                WARM_UP_SECONDS,
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        List<List<Measured>> taken = new ArrayList<>();
        benchmark.lines().forEach(line -> taken.add(new ArrayList<>()));
        for (int fork = 0; fork < FORKS; fork++) {
            for (int line = 0; line < taken.size(); line++) {
                taken.get(line)
                        .add(
                                Forks.measured(
                                        Forks.run(
                                                OPTIONS,
                                                Fork.class,
                                                List.of(
                                                        benchmark.name(),
                                                        Integer.toString(line),
                                                        WARM_UP_SECONDS,
                                                        MEASURED_SECONDS))));
            }
        }
        List<Measured> medians = taken.stream().map(Benchmarks::median).toList();
        for (int line = 0; line < medians.size(); line++) {
            print(benchmark.lines().get(line).name(), taken.get(line), medians.get(line));
        }
        benchmark.references().forEach(reference -> print(benchmark, reference, medians));
        benchmark.goals().forEach(goal -> print(benchmark, goal, medians));
    }

    private static Measured median(List<Measured> taken) {
        List<Measured> sorted = new ArrayList<>(taken);
        sorted.sort(Comparator.comparingDouble(Measured::cpuMicros));
        return sorted.get(sorted.size() / 2);
    }

    private void print(String name, List<Measured> taken, Measured median) {
        out.printf(
                Locale.ROOT,
                "  %-52s %8.2f us  (%.2f to %.2f)  wall %8.2f us  peak %d MB%n",
                name,
                median.cpuMicros(),
                taken.stream().mapToDouble(Measured::cpuMicros).min().orElse(0),
                taken.stream().mapToDouble(Measured::cpuMicros).max().orElse(0),
                median.wallMicros(),
                median.peakKilobytes() / 1024);
        median.traffic()
                .forEach(
                        (operation, counts) ->
                                out.printf(
                                        Locale.ROOT,
                                        "      %-40s %.3f requests, %.0f bytes sent, %.0f received"
                                                + " an item%n",
                                        operation,
                                        counts.get(0) / (double) median.items(),
                                        counts.get(1) / (double) median.items(),
                                        counts.get(2) / (double) median.items()));
    }

    private void print(Benchmark benchmark, Reference reference, List<Measured> medians) {
        double now = medians.get(reference.line()).cpuMicros();
        double times = now / reference.micros();
        out.printf(
                Locale.ROOT,
                "  reference figure, 2-core machine, 2026-11-21: %s %.2f us; now %.2f times"
                        + " that%s%n",
                reference.what(),
                reference.micros(),
                times,
                times > BUSY ? ": INVALID, the machine was busy" : "");
    }

    private void print(Benchmark benchmark, Goal goal, List<Measured> medians) {
        double ratio = medians.get(goal.ours()).cpuMicros() / medians.get(goal.of()).cpuMicros();
        out.printf(
                Locale.ROOT,
                "  %s: %.2f times \"%s\"; goal at most %.2f: %s%n",
                benchmark.lines().get(goal.ours()).name(),
                ratio,
                benchmark.lines().get(goal.of()).name(),
                goal.most(),
                ratio <= goal.most() ? "held" : "MISSED");
    }
}
