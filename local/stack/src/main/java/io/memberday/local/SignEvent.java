package io.memberday.local;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.LocalCredentials;
import io.memberday.local.engine.Repository;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command behind ./local/event: prints a committed event of events/, signed for now. The secret
 * is the variable's that is named {@value #SECRET}, else the running local stack's, whose clock
 * then says what now is.
 */
public final class SignEvent {
    private static final String SECRET = "MEMBERDAY_SECRET";

    private SignEvent() {}

    /**
     * @param arguments the event's name, as in {@code order-webhook/paid}, and the stack's port
     */
    public static void main(String... arguments) throws InterruptedException {
        try (PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8)) {
            out.println(
                    signed(
                            event(arguments[0]),
                            Integer.parseInt(arguments[1]),
                            Optional.ofNullable(System.getenv(SECRET))));
        } catch (IllegalArgumentException | IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** An event with its signature among its headers. */
    static String signed(String event, int port, Optional<String> secret)
            throws IOException, InterruptedException {
        Fields fields = Json.read(event);
        String source = fields.object("pathParameters").text("source");
        String secrets = secret.map(own -> Json.write(Map.of(source, List.of(own)))).orElse("");
        Instant now = Instant.now();
        if (secrets.isEmpty()) {
            secrets = secretsOfRunningStack(port + 1);
            now = now.plus(offset(port));
        }
        Map<String, Object> headers =
                new LinkedHashMap<>(
                        fields.optionalObject("headers").map(Fields::asMap).orElse(Map.of()));
        headers.putAll(new Signer(secrets).headers(source, now, fields.text("body")));
        Map<String, Object> signed = new LinkedHashMap<>(fields.asMap());
        signed.put("headers", headers);
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

    private static Duration offset(int port) throws IOException {
        Path clock = LocalStack.dataOf(port).resolve("clock");
        return Duration.parse(Files.readString(clock).strip());
    }

    private static String secretsOfRunningStack(int port) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port))
                        .header("X-Amz-Target", "secretsmanager.GetSecretValue")
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=local/20260101/%s/secretsmanager/aws4_request"
                                        .formatted(LocalCredentials.REGION))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"SecretId\": \"WebhookSecrets\"}"))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return Json.read(answer).text("SecretString");
        } catch (ConnectException e) {
            throw new IllegalArgumentException(
                    "no local stack answers on port %d: start ./local/run, or put the secret into %s"
                            .formatted(port, SECRET),
                    e);
        }
    }
}
