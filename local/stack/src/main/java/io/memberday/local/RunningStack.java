package io.memberday.local;

import io.memberday.json.Json;
import io.memberday.local.clock.MovableClock;
import io.memberday.local.engine.LocalCredentials;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Map;

/**
 * The local stack of another process, which ./local/run has started.
 *
 * @param port its first
 */
record RunningStack(int port) {
    /** The secret of the template that signs webhooks. */
    static final String SECRET = "WebhookSecrets";

    /** What its clock shows. */
    Instant now() {
        return MovableClock.shownBy(LocalStack.dataOf(port).resolve("clock"));
    }

    /**
     * Signs with its secrets.
     *
     * @throws IllegalArgumentException if it does not answer
     */
    Signer signer() {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + (port + 1)))
                        .header("X-Amz-Target", "secretsmanager.GetSecretValue")
                        .header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=local/20260101/%s/secretsmanager/aws4_request"
                                        .formatted(LocalCredentials.REGION))
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        Json.write(Map.of("SecretId", SECRET))))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return new Signer(Json.read(answer).text("SecretString"));
        } catch (ConnectException e) {
            throw new IllegalArgumentException(
                    "no local stack answers on port %d: start ./local/run, or put the secret into %s"
                            .formatted(port + 1, SignEvent.OWN_SECRET),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a secret was asked for", e);
        }
    }
}
