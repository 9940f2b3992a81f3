package io.memberday.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Speaks AWS's query protocol, as SNS and SES do, and keeps what it was asked. */
final class FakeQueryService implements AutoCloseable {
    private final HttpServer server;
    private final List<Map<String, String>> requests = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Answer answer = this::accept;

    /** What becomes of a request whose form has been read. */
    interface Answer {
        void to(HttpExchange exchange, Map<String, String> form) throws IOException;
    }

    FakeQueryService() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized void answer(Answer next) {
        answer = next;
    }

    /** Refuses with a status and a code, and a text that quotes what is personal. */
    void refuse(int status, String code) {
        refuse(status, code, "not so, +8613800000001 a@example.com");
    }

    /** Refuses in so many words. */
    void refuse(int status, String code, String text) {
        answer(
                (exchange, form) ->
                        reply(
                                exchange,
                                status,
                                """
                                <ErrorResponse><Error><Type>Sender</Type><Code>%s</Code>\
                                <Message>%s</Message></Error>\
                                <RequestId>r</RequestId></ErrorResponse>\
                                """
                                        .formatted(code, text)));
    }

    /** Accepts, and closes the connection without a word. */
    void hangUp() {
        answer((exchange, form) -> exchange.close());
    }

    /** Accepts, and never answers. */
    void stall() {
        answer((exchange, form) -> await());
    }

    void accept() {
        answer(this::accept);
    }

    synchronized List<Map<String, String>> requests() {
        return List.copyOf(requests);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        Map<String, String> form = new TreeMap<>();
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        for (String field : body.split("&")) {
            String[] parts = field.split("=", 2);
            form.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
        }
        Answer next;
        synchronized (this) {
            requests.add(form);
            next = answer;
        }
        next.to(exchange, form);
    }

    private void accept(HttpExchange exchange, Map<String, String> form) throws IOException {
        String action = form.get("Action");
        reply(
                exchange,
                200,
                """
                <%1$sResponse><%1$sResult><MessageId>id-%2$d</MessageId></%1$sResult>\
                <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></%1$sResponse>\
                """
                        .formatted(action, requests().size()));
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reply(HttpExchange exchange, int status, String xml) throws IOException {
        byte[] bytes = xml.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
