package io.memberday.benchmark;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** One JVM that measures one line and prints what it took. */
final class Fork {
    /** What a line of a fork's output begins with. */
    static final String RESULT = "measured ";

    /** So many times shorter than the warm-up is the time to get used to waiting. */
    private static final int SETTLING = 4;

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

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
     * Times are processor time less the compiler's, so that neither a busy machine nor the
     * compiler's threads leave the code cold, however many threads the work is done by; what is
     * counted is the whole process's. Who waits for answers warms up without waiting, and takes the
     * times as time that passes, in which it mostly waits.
     */
    static Measured measure(Line line, Duration warmUp, Duration measuring) throws Exception {
        StubAws aws = new StubAws();
        Line.Work work = line.prepare().make(aws);
        warmUp(work, Fork::workingNanos, warmUp);
        LongSupplier nanos = Fork::workingNanos;
        if (!line.answersAfter().isZero()) {
            aws.answerAfter(line.answersAfter());
            nanos = System::nanoTime;
            warmUp(work, nanos, warmUp.dividedBy(SETTLING));
        }
        aws.forgetTraffic();
        long items = 0;
        long wall = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        long until = nanos.getAsLong() + measuring.toNanos();
        do {
            items += work.some();
        } while (nanos.getAsLong() < until);
        cpu = SYSTEM.getProcessCpuTime() - cpu;
        wall = System.nanoTime() - wall;
        return new Measured(items, cpu, wall, peakKilobytes(), aws.traffic());
    }

    private static void warmUp(Line.Work work, LongSupplier nanos, Duration time) throws Exception {
        long until = nanos.getAsLong() + time.toNanos();
        while (nanos.getAsLong() < until) {
            work.some();
        }
    }

    private static long workingNanos() {
        return SYSTEM.getProcessCpuTime()
                - TimeUnit.MILLISECONDS.toNanos(COMPILER.getTotalCompilationTime());
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
}
