import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Checks ("check") or mends ("apply") the layout of every Java source below a folder. What was
 * found in order is remembered by its digest in target/, so that only changed files cost time.
 */
class Format {
    public static void main(String[] args) throws Exception {
        boolean apply = args[0].equals("apply");
        Path root = Path.of(args[1]);
        Path memory = root.resolve("target").resolve("formatted");
        Set<String> known =
                Files.exists(memory) ? new HashSet<>(Files.readAllLines(memory)) : Set.of();
        Set<String> inOrder = new ConcurrentSkipListSet<>();
        Formatter formatter =
                new Formatter(
                        JavaFormatterOptions.builder()
                                .style(JavaFormatterOptions.Style.AOSP)
                                .build());
        List<Path> off = new ArrayList<>();
        // The whole build waits for this, so every processor takes its share.
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            Map<Path, Future<Boolean>> kept = new LinkedHashMap<>();
            for (Path file : sources(root)) {
                kept.put(
                        file,
                        threads.submit(
                                () -> {
                                    String source = Files.readString(file);
                                    String formatted =
                                            known.contains(digest(source))
                                                    ? source
                                                    : formatter.formatSourceAndFixImports(source);
                                    inOrder.add(digest(formatted));
                                    if (apply && !formatted.equals(source)) {
                                        Files.writeString(file, formatted);
                                    }
                                    return formatted.equals(source);
                                }));
            }
            for (Map.Entry<Path, Future<Boolean>> each : kept.entrySet()) {
                if (!each.getValue().get()) {
                    off.add(each.getKey());
                }
            }
        }
        Files.write(memory, inOrder);
        off.forEach(file -> System.err.println((apply ? "formatted " : "not formatted: ") + file));
        if (!apply && !off.isEmpty()) {
            System.err.println("mend with: ./mvnw -N validate -Dformat=apply");
            System.exit(1);
        }
    }

    private static String digest(String source) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(source.getBytes("UTF-8")));
    }

    private static List<Path> sources(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !root.relativize(file).toString().matches("(.*/)?target/.*"))
                    .sorted()
                    .toList();
        }
    }
}
