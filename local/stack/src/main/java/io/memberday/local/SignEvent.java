package io.memberday.local;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Repository;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command behind ./local/event: prints a committed event of events/, signed for now. The secret
 * is the variable's that is named {@value #OWN_SECRET}, else the running local stack's, whose clock
 * then says what now is.
 */
public final class SignEvent {
    static final String OWN_SECRET = "MEMBERDAY_SECRET";

    private SignEvent() {}

    /**
     * @param arguments the event's name, as in {@code order-webhook/paid}, and the stack's port
     */
    public static void main(String... arguments) {
        try (PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8)) {
            out.println(
                    signed(
                            event(arguments[0]),
                            Integer.parseInt(arguments[1]),
                            Optional.ofNullable(System.getenv(OWN_SECRET))));
        } catch (IllegalArgumentException | IOException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** An event with its signature among its headers, made with a given or the stack's secret. */
    static String signed(String event, int port, Optional<String> secret) {
        if (secret.isPresent()) {
            String source = Json.read(event).object("pathParameters").text("source");
            return signed(
                    event,
                    new Signer(Json.write(Map.of(source, List.of(secret.get())))),
                    Instant.now());
        }
        RunningStack stack = new RunningStack(port);
        return signed(event, stack.signer(), stack.now());
    }

    /**
     * An event with its signature among its headers, or in its body where its source signs there.
     */
    static String signed(String event, Signer signer, Instant at) {
        Fields fields = Json.read(event);
        String source = fields.object("pathParameters").text("source");
        Map<String, Object> headers =
                new LinkedHashMap<>(
                        fields.optionalObject("headers").map(Fields::asMap).orElse(Map.of()));
        String body = signer.body(source, fields.text("body"));
        headers.putAll(signer.headers(source, at, body));
        Map<String, Object> signed = new LinkedHashMap<>(fields.asMap());
        signed.put("headers", headers);
        signed.put("body", body);
        return Json.write(signed);
    }

    private static String event(String name) throws IOException {
        Path events = Repository.root().resolve("events");
        Path file = events.resolve(name.endsWith(".json") ? name : name + ".json").normalize();
        if (!file.startsWith(events) || !Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    "there is no event %s; those there are lie in %s".formatted(name, events));
        }
        return Files.readString(file);
    }
}
