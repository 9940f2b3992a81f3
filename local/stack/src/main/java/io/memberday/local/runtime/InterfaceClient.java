package io.memberday.local.runtime;

import io.memberday.local.engine.Repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * AWS's Java runtime interface client, as the build fetched it.
 *
 * @param jars it and its libraries
 * @param library its native part for this machine
 */
record InterfaceClient(List<Path> jars, Path library) {
    /** What a process runs, with the handler as its argument. */
    static final String MAIN = "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    private static final String LIBRARY_PROPERTY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    /**
     * Finds it.
     *
     * @throws IllegalStateException if it was not fetched, or is not for this machine
     */
    static InterfaceClient find() {
        Path target = Repository.root().resolve("local/engine/runtime/target");
        try (Stream<Path> files = Files.list(target.resolve("lib"))) {
            return new InterfaceClient(
                    files.filter(file -> file.toString().endsWith(".jar")).sorted().toList(),
                    library(target.resolve("jni")));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "AWS's Java runtime interface client is not in %s. Fetch it with: ./mvnw -pl local/engine/runtime generate-resources"
                            .formatted(target),
                    e);
        }
    }

    /** The JVM's option that has it load the library from where it lies. */
    String nativeLibrary() {
        return "-D%s=%s".formatted(LIBRARY_PROPERTY, library);
    }

    private static Path library(Path folder) throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new IllegalStateException(
                    "AWS's Java runtime interface client runs on Linux only. Run without it:"
                            + " ./local/run");
        }
        String machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        try (Stream<String> mapped = Files.lines(Path.of("/proc/self/maps"))) {
            boolean musl = mapped.anyMatch(line -> line.contains("ld-musl"));
            return folder.resolve(
                    "libaws-lambda-jni.%s-%s.so".formatted(musl ? "linux_musl" : "linux", machine));
        }
    }
}
