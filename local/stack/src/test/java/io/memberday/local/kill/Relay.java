package io.memberday.local.kill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.memberday.local.http.LocalServer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Stands between functions and one engine, so that each call can be counted and cut off. */
final class Relay implements AutoCloseable {
    /** What a client of the JDK sets itself. */
    private static final Set<String> OF_THE_CONNECTION =
            new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

    static {
        OF_THE_CONNECTION.addAll(
                Set.of("Host", "Connection", "Content-Length", "Expect", "Transfer-Encoding"));
    }

    private final HttpServer server = LocalServer.bind("a relay", 0);
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final CompletableFuture<URI> target = new CompletableFuture<>();
    private final Watcher watcher;

    /** Sees every call. */
    @FunctionalInterface
    interface Watcher {
        /**
         * @param forward carries the call out
         * @return the answer, or nothing if the caller shall not get one
         */
        Optional<HttpResponse<byte[]>> watch(Call call, Forward forward)
                throws IOException, InterruptedException;
    }

    /** Carries a call out. */
    @FunctionalInterface
    interface Forward {
        HttpResponse<byte[]> send() throws IOException, InterruptedException;
    }

    Relay(Watcher watcher) {
        this.watcher = watcher;
        server.createContext("/", this::serve);
        server.start();
    }

    String address() {
        return LocalServer.address(server).toString();
    }

    /** Says where calls go. */
    void to(URI engine) {
        target.complete(engine);
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            Optional<HttpResponse<byte[]>> answer =
                    watcher.watch(
                            Call.of(exchange, body),
                            () ->
                                    client.send(
                                            request(exchange, body),
                                            HttpResponse.BodyHandlers.ofByteArray()));
            if (answer.isPresent()) {
                answer(exchange, answer.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private HttpRequest request(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(target.join().resolve(exchange.getRequestURI()))
                        .method(
                                exchange.getRequestMethod(),
                                HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) -> {
                            if (!OF_THE_CONNECTION.contains(name)) {
                                values.forEach(value -> request.header(name, value));
                            }
                        });
        return request.build();
    }

    private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
            throws IOException {
        answer.headers()
                .map()
                .forEach(
                        (name, values) -> {
                            if (!OF_THE_CONNECTION.contains(name)) {
                                exchange.getResponseHeaders().put(name, values);
                            }
                        });
        byte[] body = answer.body();
        exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }
}
