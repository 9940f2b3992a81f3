package io.memberday.benchmark;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Whether memory stays what it is when a shop grows: the same little heap for all sizes. */
final class FlatMemory {
    private static final List<String> SMALL =
            List.of("-XX:+UseSerialGC", "-Xmx128m", "--enable-native-access=ALL-UNNAMED");
    private static final List<Integer> SIZES = List.of(20_000, 200_000, 2_000_000);

    private final PrintStream out;

    FlatMemory(PrintStream out) {
        this.out = out;
    }

    void planning() throws IOException, InterruptedException {
        out.printf(
                "%nmemory: a slice of members generated on the fly, scanned and cut into"
                        + " batches; -Xmx128m%n");
        run(GeneratedSlice.class);
    }

    void export() throws IOException, InterruptedException {
        out.printf(
                "%nexport: CSV and JSON Lines of members generated on the fly, in parts of 5 MiB;"
                        + " -Xmx128m%n");
        run(GeneratedExport.class);
    }

    private void run(Class<?> main) throws IOException, InterruptedException {
        for (int members : SIZES) {
            List<String> printed = Forks.run(SMALL, main, List.of(Integer.toString(members)));
            out.printf(Locale.ROOT, "  %,10d members: %s%n", members, String.join("; ", printed));
        }
    }
}
