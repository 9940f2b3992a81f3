package io.memberday.local.runtime;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What functions print, in a file each. With the first line the files of an earlier run go: what is
 * refused before a function runs leaves another's alone. Safe for use by many threads.
 */
public final class FunctionLogs implements Consumer<Isolation.Line> {
    private final Path folder;
    private final Map<String, PrintWriter> files = new HashMap<>();

    /**
     * @param folder of the files
     */
    public FunctionLogs(Path folder) {
        this.folder = folder;
    }

    private void clear() {
        try {
            Files.createDirectories(folder);
            try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "*.log")) {
                for (Path file : old) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void accept(Isolation.Line line) {
        if (files.isEmpty()) {
            clear();
        }
        PrintWriter file = files.computeIfAbsent(line.function(), this::open);
        file.println(line.text());
        file.flush();
    }

    private PrintWriter open(String function) {
        try {
            return new PrintWriter(
                    Files.newBufferedWriter(
                            folder.resolve(function + ".log"), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
