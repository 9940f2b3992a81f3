package io.memberday.local.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Where this repository lies on disk, whichever module's folder a JVM was started in. */
public final class Repository {
    private Repository() {}

    /**
     * The repository's root folder, sought from the working directory upwards.
     *
     * @throws IllegalStateException outside of the repository
     */
    public static Path root() {
        return rootOf(Path.of(System.getProperty("user.dir")));
    }

    /** The system on one page: the repository's template.yaml. */
    public static Path template() {
        return root().resolve("template.yaml");
    }

    /** The folder that holds the Maven wrapper: no other folder of the repository has one. */
    static Path rootOf(Path start) {
        return Stream.iterate(start.toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.isRegularFile(folder.resolve("mvnw")))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "no folder above "
                                                + start
                                                + " holds mvnw: run this inside the repository"));
    }
}
