package io.memberday.local.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.memberday.local.function.Instance.Invocation;
import io.memberday.local.function.Outcome;
import io.memberday.local.http.LocalServer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Lambda's Runtime API for one runtime process: the process asks for the next invocation, which
 * waits until there is one, and posts what became of it. A server per process: what a dead process
 * asked for can so never swallow an invocation that is meant for its successor.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html">Runtime API</a>
 */
final class RuntimeApi implements AutoCloseable {
    private static final String PREFIX = "/2018-06-01/runtime";
    private static final String RESPONSE = "/response";
    private static final String ERROR = "/error";

    /** There will be no other invocation. */
    private static final Task END = new Task(new Invocation("", new byte[0]));

    private final HttpServer server = LocalServer.bind("a function's Runtime API", 0);
    private final BlockingQueue<Task> waiting = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Task> current = new AtomicReference<>();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final CompletableFuture<Outcome> initError = new CompletableFuture<>();
    private final String arn;
    private final Duration timeout;

    /** An invocation on its way through the process. */
    static final class Task {
        private final Invocation invocation;
        private final CompletableFuture<Void> delivered = new CompletableFuture<>();
        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

        private Task(Invocation invocation) {
            this.invocation = invocation;
        }

        /** Done once the process has it, from when its time counts. */
        CompletableFuture<Void> delivered() {
            return delivered;
        }

        CompletableFuture<Outcome> outcome() {
            return outcome;
        }
    }

    /**
     * Starts to serve.
     *
     * @param arn of the function, as invocations name it
     * @param timeout how long an invocation may take
     */
    RuntimeApi(String arn, Duration timeout) {
        this.arn = arn;
        this.timeout = timeout;
        server.createContext(PREFIX, this::serve);
        server.start();
    }

    /** Host and port, as in {@code AWS_LAMBDA_RUNTIME_API}. */
    String address() {
        return LocalServer.address(server).getAuthority();
    }

    /** Done when the process first asks for an invocation: its initialisation is over. */
    CompletableFuture<Void> ready() {
        return ready;
    }

    /** The error that ended the initialisation, if one did. */
    Optional<Outcome> initError() {
        return Optional.ofNullable(initError.getNow(null));
    }

    /** Puts an invocation before the process. */
    Task offer(Invocation invocation) {
        Task task = new Task(invocation);
        waiting.add(task);
        return task;
    }

    @Override
    public void close() {
        // Whoever waits for the next invocation shall not wait for ever.
        waiting.add(END);
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(PREFIX.length());
        if (path.equals("/invocation/next")) {
            next(exchange);
        } else if (path.equals("/init/error")) {
            initError.complete(new Outcome(true, body(exchange)));
            accept(exchange);
        } else if (path.startsWith("/invocation/") && path.endsWith(RESPONSE)) {
            end(exchange, requestId(path, RESPONSE), false);
        } else if (path.startsWith("/invocation/") && path.endsWith(ERROR)) {
            end(exchange, requestId(path, ERROR), true);
        } else {
            answer(exchange, 404, "{\"errorType\":\"NotFound\",\"errorMessage\":\"no such path\"}");
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        ready.complete(null);
        Task task;
        try {
            task = waiting.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
            return;
        }
        if (task == END) {
            waiting.add(END);
            exchange.close();
            return;
        }
        current.set(task);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "application/json");
        headers.set("Lambda-Runtime-Aws-Request-Id", task.invocation.requestId());
        headers.set("Lambda-Runtime-Invoked-Function-Arn", arn);
        headers.set(
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(System.currentTimeMillis() + timeout.toMillis()));
        headers.set(
                "Lambda-Runtime-Trace-Id",
                "Root=1-00000000-%s;Parent=0000000000000000;Sampled=0"
                        .formatted(task.invocation.requestId().replace("-", "").substring(0, 24)));
        task.delivered.complete(null);
        byte[] payload = task.invocation.payload();
        exchange.sendResponseHeaders(200, payload.length == 0 ? -1 : payload.length);
        exchange.getResponseBody().write(payload);
        exchange.close();
    }

    private void end(HttpExchange exchange, String requestId, boolean failed) throws IOException {
        String body = body(exchange);
        Task task = current.get();
        if (task == null || !task.invocation.requestId().equals(requestId)) {
            answer(
                    exchange,
                    400,
                    "{\"errorType\":\"InvalidRequestID\",\"errorMessage\":\"not at work\"}");
            return;
        }
        current.set(null);
        // First the runtime's own acknowledgement: it asks for the next only after that.
        accept(exchange);
        task.outcome.complete(new Outcome(failed, body));
    }

    private static String requestId(String path, String end) {
        return path.substring("/invocation/".length(), path.length() - end.length());
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void accept(HttpExchange exchange) throws IOException {
        answer(exchange, 202, "{\"status\":\"OK\"}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
