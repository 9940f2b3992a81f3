package io.memberday.local;

import io.memberday.local.engine.Repository;
import io.memberday.local.sample.TakeLambda;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The tiny system of sample.yaml, its functions zipped as Lambda wants them. */
final class Sample {
    private static final Path FOLDER = Repository.root().resolve("local/stack/target/sample");
    private static final String PACKAGE = "io/memberday/local/sample";

    private Sample() {}

    static Path template() {
        return Repository.root().resolve("local/stack/src/test/resources/sample.yaml");
    }

    /** Starts a template over the repository's layers and the sample's functions. */
    static LocalStack start(Path template) {
        return LocalStack.start(settings(template));
    }

    /** What starts a template so. */
    static LocalStack.Settings settings(Path template) {
        zipFunctions();
        return new LocalStack.Settings(template, Repository.root(), FOLDER, Ports.ANY);
    }

    /**
     * A copy of a template without one of its lines and what is indented below it.
     *
     * @param path the keys that lead to the line
     */
    static Path without(Path template, String... path) {
        try {
            List<String> lines = Files.readAllLines(template);
            int at = -1;
            for (int depth = 0; depth < path.length; depth++) {
                String start = "  ".repeat(depth) + path[depth] + ":";
                at = next(lines, at + 1, start);
            }
            int end = at + 1;
            while (end < lines.size() && indent(lines.get(end)) > indent(lines.get(at))) {
                end++;
            }
            List<String> kept =
                    Stream.concat(
                                    lines.subList(0, at).stream(),
                                    lines.subList(end, lines.size()).stream())
                            .toList();
            Files.createDirectories(FOLDER);
            return Files.write(FOLDER.resolve(path[path.length - 1] + "-left-out.yaml"), kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int next(List<String> lines, int from, String start) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the template has no line " + start);
    }

    private static int indent(String line) {
        return line.isBlank() ? Integer.MAX_VALUE : line.length() - line.stripLeading().length();
    }

    private static synchronized void zipFunctions() {
        try {
            Files.createDirectories(FOLDER);
            Path classes =
                    Path.of(
                            TakeLambda.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            try (OutputStream file = Files.newOutputStream(FOLDER.resolve("functions.zip"));
                    ZipOutputStream zip = new ZipOutputStream(file);
                    Stream<Path> all = Files.list(classes.resolve(PACKAGE))) {
                for (Path one : all.toList()) {
                    zip.putNextEntry(new ZipEntry(PACKAGE + "/" + one.getFileName()));
                    Files.copy(one, zip);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
