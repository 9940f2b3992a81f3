import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

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
        Set<String> inOrder = new TreeSet<>();
        Formatter formatter =
                new Formatter(
                        JavaFormatterOptions.builder()
                                .style(JavaFormatterOptions.Style.AOSP)
                                .build());
        List<Path> off = new ArrayList<>();
        for (Path file : sources(root)) {
            String source = Files.readString(file);
            if (known.contains(digest(source))) {
                inOrder.add(digest(source));
                continue;
            }
            String formatted =
                    formatter.formatSourceAndFixImports(
                            RemoveUnusedImports.removeUnusedImports(source));
            inOrder.add(digest(formatted));
            if (!formatted.equals(source)) {
                off.add(file);
                if (apply) {
                    Files.writeString(file, formatted);
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
