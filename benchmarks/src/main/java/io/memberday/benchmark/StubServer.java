package io.memberday.benchmark;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.memberday.local.http.LocalServer;

import java.io.IOException;
import java.net.URI;

/** A {@link StubAws} behind a port, for functions in JVMs of their own. */
final class StubServer implements AutoCloseable {
    private final StubAws aws;
    private final HttpServer server = LocalServer.bind("the stub of AWS", 0);

    StubServer(StubAws aws) {
        this.aws = aws;
        server.createContext("/", this::serve);
        server.start();
    }

    URI address() {
        return LocalServer.address(server);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] sent = exchange.getRequestBody().readAllBytes();
        String operation = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        byte[] answer;
        synchronized (aws) {
            answer = aws.answered(operation, sent);
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
