package io.memberday.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/** A webhook in our own format, posted to a stack over HTTP. */
final class SignedPost {
    private SignedPost() {}

    /** Signs it for now with the stack's secret, and gives the answer. */
    static HttpResponse<String> to(LocalStack stack, String path, String body)
            throws IOException, InterruptedException {
        return to(
                stack,
                path,
                body,
                stack.signer("WebhookSecrets").headers("memberday", stack.clock().instant(), body));
    }

    /** The same with headers that may be no valid signature. */
    static HttpResponse<String> to(
            LocalStack stack, String path, String body, Map<String, String> signature)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(stack.api() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        signature.forEach(request::header);
        return send(request.build());
    }

    /** Sends any request, on a connection of its own. */
    static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
