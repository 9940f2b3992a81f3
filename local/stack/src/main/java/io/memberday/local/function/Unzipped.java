package io.memberday.local.function;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Built zips laid out as Lambda lays them out, for a class path to name. What was laid out stays,
 * and is laid out anew once its zip is newer.
 */
final class Unzipped {
    private final Path folder;

    Unzipped(Path folder) {
        this.folder = folder;
    }

    /** A function's zip: what Lambda has as /var/task. */
    Path function(Path zip) {
        return layOut(zip);
    }

    /** What a layer's zip puts on the class path: java/, then java/lib/*.jar. */
    List<Path> layer(Path zip) {
        return withJars(layOut(zip).resolve("java"));
    }

    /** A folder and the jars of its lib. */
    static List<Path> withJars(Path folder) {
        List<Path> classPath = new ArrayList<>(List.of(folder));
        classPath.addAll(jars(folder.resolve("lib")));
        return classPath;
    }

    private synchronized Path layOut(Path zip) {
        if (!Files.isRegularFile(zip)) {
            throw new IllegalStateException(
                    "%s is not built. Build it with: ./mvnw package -DskipTests".formatted(zip));
        }
        try {
            FileTime built = Files.getLastModifiedTime(zip);
            Path root =
                    folder.resolve(
                            "%s-%08x"
                                    .formatted(zip.getFileName(), zip.toAbsolutePath().hashCode()));
            Path mark = root.resolveSibling(root.getFileName() + ".built");
            if (!Files.exists(mark) || !Files.readString(mark).equals(built.toString())) {
                delete(root);
                extract(zip, root);
                Files.writeString(mark, built.toString());
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lay out " + zip, e);
        }
    }

    private static void extract(Path zip, Path root) throws IOException {
        Files.createDirectories(root);
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = root.resolve(entry.getName()).normalize();
                if (!target.startsWith(root)) {
                    throw new IOException("an entry of " + zip + " lies outside of it");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(in, target);
                }
            }
        }
    }

    private static void delete(Path root) throws IOException {
        if (Files.exists(root)) {
            try (Stream<Path> all = Files.walk(root)) {
                for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(one);
                }
            }
        }
    }

    private static List<Path> jars(Path lib) {
        if (!Files.isDirectory(lib)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lib)) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
