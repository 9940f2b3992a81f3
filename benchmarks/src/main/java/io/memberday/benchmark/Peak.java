package io.memberday.benchmark;

import com.sun.management.OperatingSystemMXBean;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.Locale;

/** What a process took in all. */
final class Peak {
    private static final double MEGA = 1024.0 * 1024;
    private static final double NANOS = 1e9;

    private Peak() {}

    static void print(PrintStream out, long members) throws IOException {
        long heap =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .mapToLong(pool -> pool.getPeakUsage().getUsed())
                        .sum();
        double cpu =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
                        / NANOS;
        out.printf(
                Locale.ROOT,
                "peak of the process %d MB, heap at most %.0f MB, %.1f s of processor time,"
                        + " %.2f us a member%n",
                Fork.peakKilobytes() / 1024,
                heap / MEGA,
                cpu,
                cpu * 1_000_000 / members);
    }
}
