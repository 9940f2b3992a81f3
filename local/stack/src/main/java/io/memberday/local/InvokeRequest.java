package io.memberday.local;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What ./local/invoke is asked for.
 *
 * @param functionName a folder of functions/ or a logical id of the template
 * @param eventName a file, or the name of one of the function's own; the first of these if none
 * @param port of the local stack, if one runs
 */
record InvokeRequest(String functionName, Optional<String> eventName, int port) {
    private static final String JSON = ".json";

    /**
     * An event to invoke with.
     *
     * @param name for people
     * @param text JSON
     */
    record Event(String name, String text) {
        /** The event as it is; a webhook with the signature of its source, made now. */
        String signed(Supplier<Signer> signer, InstantSource clock) {
            Fields fields = Json.read(text);
            boolean webhook =
                    fields.optionalObject("pathParameters")
                            .filter(parameters -> parameters.has("source"))
                            .isPresent();
            return webhook ? SignEvent.signed(text, signer.get(), clock.instant()) : text;
        }
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException if it cannot be understood
     */
    static InvokeRequest parse(int defaultPort, String... arguments) {
        List<String> names = new ArrayList<>();
        int port = defaultPort;
        Iterator<String> words = List.of(arguments).iterator();
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("--port") && words.hasNext()) {
                port = port(words.next());
            } else if (word.startsWith("--")) {
                throw new IllegalArgumentException(usage());
            } else {
                names.add(word);
            }
        }
        if (names.isEmpty() || names.size() > 2) {
            throw new IllegalArgumentException(usage());
        }
        return new InvokeRequest(
                names.getFirst(),
                names.size() == 2 ? Optional.of(names.getLast()) : Optional.empty(),
                port);
    }

    private static String usage() {
        return "Usage: ./local/invoke FUNCTION [EVENT] [--port N], such as: ./local/invoke"
                + " order-webhook memberday-order-paid";
    }

    private static int port(String word) {
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(usage(), e);
        }
    }

    /**
     * The function of the template.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    Template.Function function(Template template) {
        return template.functions().stream()
                .filter(
                        each ->
                                each.logicalId().equals(functionName)
                                        || folder(each).equals(functionName))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no function %s; there are: %s"
                                                .formatted(
                                                        functionName,
                                                        template.functions().stream()
                                                                .map(InvokeRequest::folder)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    /**
     * The event.
     *
     * @throws IllegalArgumentException if there is no such file, or it is not JSON
     */
    Event event(Template.Function function) throws IOException {
        Path events = Repository.root().resolve("events").resolve(folder(function));
        Path file = eventName.map(name -> file(events, name)).orElseGet(() -> first(events));
        String text = Files.readString(file);
        try {
            Json.read(text);
        } catch (BadInput e) {
            throw new IllegalArgumentException(
                    "%s is not a JSON object: %s".formatted(file, e.getMessage()), e);
        }
        return new Event(file.getFileName().toString(), text);
    }

    private static Path file(Path events, String name) {
        return Stream.of(Path.of(name), events.resolve(name), events.resolve(name + JSON))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no event %s; in %s there are: %s"
                                                .formatted(
                                                        name,
                                                        events,
                                                        names(events).stream()
                                                                .map(InvokeRequest::bare)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    private static Path first(Path events) {
        return names(events).stream()
                .findFirst()
                .map(events::resolve)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no event in %s: name a file".formatted(events)));
    }

    private static List<String> names(Path events) {
        try (Stream<Path> files = Files.list(events)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(JSON))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String bare(String file) {
        return file.substring(0, file.length() - JSON.length());
    }

    /** The function's folder of functions/ and of events/: what its zip is called. */
    private static String folder(Template.Function function) {
        String zip = Path.of(function.codeUri()).getFileName().toString();
        return zip.substring(0, zip.lastIndexOf('.'));
    }
}
