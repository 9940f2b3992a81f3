package io.memberday.local.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.function.Invocable;
import io.memberday.local.function.Outcome;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * The template's HTTP API: a request whose route the template has becomes an event (payload format
 * 2.0) of that route's function; any other goes to the page.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Lambda
 *     proxy integrations</a>
 */
public final class HttpApi implements HttpHandler {
    private static final int MOST_BODY_BYTES = 10 * 1024 * 1024;
    private static final int MOST_HEADER_BYTES = 10_240;

    /** What Lambda takes from who waits for its answer. */
    private static final int MOST_PAYLOAD_BYTES = 6 * 1024 * 1024;

    private final IamAuthorizer authorizer = new IamAuthorizer(InstantSource.system());
    private final Map<Route, Invocable> routes;
    private final HttpHandler page;
    private final InstantSource clock;

    /**
     * @param page answers what no route is for
     */
    public HttpApi(Map<Route, Invocable> routes, HttpHandler page, InstantSource clock) {
        this.routes = Map.copyOf(routes);
        this.page = page;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getRawPath();
        Optional<Route> route =
                routes.keySet().stream()
                        .filter(each -> each.match(method, path).isPresent())
                        .max(Comparator.comparingInt(Route::closeness));
        if (route.isEmpty()) {
            page.handle(exchange);
            return;
        }
        if (headerBytes(exchange) > MOST_HEADER_BYTES) {
            answer(exchange, 431, "Request Header Fields Too Large");
            return;
        }
        byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
        if (body.length > MOST_BODY_BYTES) {
            answer(exchange, 413, "Request Entity Too Large");
            return;
        }
        if (route.get().signed()
                && !authorizer.letsIn(
                        method, exchange.getRequestURI(), exchange.getRequestHeaders(), body)) {
            answer(exchange, 403, "Forbidden");
            return;
        }
        Map<String, String> parameters = route.get().match(method, path).orElseThrow();
        byte[] event =
                new HttpEvent(exchange, route.get(), parameters, body, clock.instant())
                        .json()
                        .getBytes(StandardCharsets.UTF_8);
        if (event.length > MOST_PAYLOAD_BYTES) {
            answer(exchange, 413, "Request Entity Too Large");
            return;
        }
        Outcome outcome = routes.get(route.get()).invoke(event);
        if (outcome.failed()) {
            answer(exchange, 500, "Internal Server Error");
        } else {
            answer(exchange, outcome.payload());
        }
    }

    /** Answers with JSON of API Gateway's own. */
    public static void answer(HttpExchange exchange, int status, String message)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        send(
                exchange,
                status,
                Json.write(Map.of("message", message)).getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, String payload) throws IOException {
        Optional<Fields> answer = response(payload);
        if (answer.isEmpty()) {
            // Without a status code the answer is the body itself.
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            send(exchange, 200, payload.getBytes(StandardCharsets.UTF_8));
            return;
        }
        Fields response = answer.get();
        response.optionalObject("headers")
                .ifPresent(
                        headers ->
                                headers.asMap()
                                        .forEach(
                                                (name, value) ->
                                                        exchange.getResponseHeaders()
                                                                .add(name, String.valueOf(value))));
        response.texts("cookies")
                .forEach(cookie -> exchange.getResponseHeaders().add("Set-Cookie", cookie));
        String body = response.optionalText("body").orElse("");
        boolean encoded = response.optionalTruth("isBase64Encoded").orElse(false);
        send(
                exchange,
                (int) response.whole("statusCode", 100, 599),
                encoded ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Fields> response(String payload) {
        try {
            return Optional.of(Json.read(payload)).filter(fields -> fields.has("statusCode"));
        } catch (BadInput e) {
            // A text or a list is a body as well.
            return Optional.empty();
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static int headerBytes(HttpExchange exchange) {
        return exchange.getRequestHeaders().entrySet().stream()
                .mapToInt(
                        header ->
                                header.getValue().stream()
                                        .mapToInt(
                                                value -> header.getKey().length() + value.length())
                                        .sum())
                .sum();
    }
}
