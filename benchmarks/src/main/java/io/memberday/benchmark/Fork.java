package io.memberday.benchmark;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One JVM that measures one line and prints what it took. */
final class Fork {
    /** What a line of a fork's output begins with. */
    static final String RESULT = "measured ";

    private Fork() {}

    /**
     * Measures a line in this JVM.
     *
     * @param arguments benchmark, index of the line, seconds of warm-up and of measuring
     */
    public static void main(String[] arguments) throws Exception {
        Line line =
                Catalogue.benchmark(arguments[0])
                        .orElseThrow()
                        .lines()
                        .get(Integer.parseInt(arguments[1]));
        Measured measured =
                measure(
                        line,
                        Duration.ofSeconds(Long.parseLong(arguments[2])),
                        Duration.ofSeconds(Long.parseLong(arguments[3])));
        try (PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8)) {
            out.println(RESULT + measured.json());
        }
    }

    /**
     * Times are the working thread's own processor time, so that neither a busy machine nor the
     * compiler's threads leave the code cold; what is counted is the whole process's.
     */
    static Measured measure(Line line, Duration warmUp, Duration measuring) throws Exception {
        StubAws aws = new StubAws();
        Line.Work work = line.prepare().make(aws);
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ThreadMXBean worker = ManagementFactory.getThreadMXBean();
        long warm = worker.getCurrentThreadCpuTime() + warmUp.toNanos();
        do {
            work.some();
        } while (worker.getCurrentThreadCpuTime() < warm);
        aws.forgetTraffic();
        long items = 0;
        long wall = System.nanoTime();
        long until = worker.getCurrentThreadCpuTime() + measuring.toNanos();
        long cpu = system.getProcessCpuTime();
        do {
            items += work.some();
        } while (worker.getCurrentThreadCpuTime() < until);
        cpu = system.getProcessCpuTime() - cpu;
        wall = System.nanoTime() - wall;
        return new Measured(items, cpu, wall, peakKilobytes(), traffic(aws));
    }

    /** The process's own high-water mark, where the system keeps one. */
    static long peakKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Runtime.getRuntime().totalMemory() / 1024;
        }
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static Map<String, List<Long>> traffic(StubAws aws) {
        Map<String, List<Long>> traffic = new TreeMap<>();
        aws.traffic()
                .forEach(
                        (operation, counts) -> {
                            List<Long> listed = new ArrayList<>();
                            for (long count : counts) {
                                listed.add(count);
                            }
                            traffic.put(operation, listed);
                        });
        return traffic;
    }
}
