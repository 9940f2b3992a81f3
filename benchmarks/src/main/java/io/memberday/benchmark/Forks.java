package io.memberday.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** JVMs like this one, each for one measurement. */
final class Forks {
    private Forks() {}

    /**
     * Runs a class's main in a JVM of its own and waits for it.
     *
     * @param options of the JVM
     * @return what it printed
     * @throws IllegalStateException if it fails
     */
    static List<String> run(List<String> options, Class<?> main, List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        List<String> printed;
        try (BufferedReader out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            printed = out.lines().toList();
        }
        if (process.waitFor() != 0) {
            throw new IllegalStateException("failed: " + String.join(" ", command));
        }
        return printed;
    }

    /** What a fork of a line measured. */
    static Measured measured(List<String> printed) {
        Optional<String> result =
                printed.stream().filter(line -> line.startsWith(Fork.RESULT)).findFirst();
        return Measured.read(result.orElseThrow().substring(Fork.RESULT.length()));
    }
}
