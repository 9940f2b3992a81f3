package io.memberday.compiler;

import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Checks a playbook's folder, prints what is wrong and how its SMS count, and writes the compiled
 * form. The build runs it; a shop may run it after an edit, without the rest of the build.
 */
public final class PlaybookCheck {
    private PlaybookCheck() {}

    /**
     * @param args the folder, and if there is no error the file to write and the folder for the
     *     page of rendered texts
     */
    public static void main(String[] args) throws IOException {
        LocalDate today = LocalDate.now(Clock.systemUTC());
        System.exit(run(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]), today, System.out));
    }

    /** The exit code: 0 if the compiled form was written, 1 if a mistake prevents it. */
    static int run(Path folder, Path output, Path previews, LocalDate today, PrintStream out)
            throws IOException {
        PlaybookCompiler.Result result = PlaybookCompiler.compile(files(folder), today);
        result.mistakes().forEach(mistake -> out.println(folder.resolve(mistake.toString())));
        if (result.playbook().isEmpty()) {
            long errors = result.mistakes().stream().filter(m -> !m.warning()).count();
            out.println("The playbook has " + errors + " mistakes; nothing was compiled.");
            return 1;
        }
        Playbook playbook = result.playbook().get();
        result.messages().forEach(out::println);
        out.printf(
                "Playbook of %s: %d campaigns, %d touchpoints, %d segments, %d templates%n",
                playbook.store().name(),
                playbook.campaigns().stream().map(Campaign::id).distinct().count(),
                playbook.touchpoints().size(),
                playbook.segments().size(),
                playbook.templates().all().size());
        Files.createDirectories(output.getParent());
        Files.writeString(output, Playbooks.write(playbook));
        Path page = previews.resolve("index.html");
        Files.createDirectories(previews);
        Files.writeString(page, new PreviewPage(playbook, today).html());
        out.println("Every text as members would get it: " + page);
        return 0;
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> regular = paths.filter(Files::isRegularFile).toList();
            for (Path path : regular) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                files.put(name, Files.readString(path));
            }
        }
        return files;
    }
}
