package io.memberday.local.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.local.http.LocalServer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address at which functions find AWS ({@code AWS_ENDPOINT_URL}). Takes what the SDK sends, in
 * the protocols json-1.1 and query, and answers as AWS does; signatures are not looked at.
 */
public final class AwsEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AwsEndpoint.class);

    /** In the Authorization header: Credential=key/date/region/service/aws4_request. */
    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d+/[^/]+/([^/]+)/");

    private final HttpServer server;
    private final Map<String, AwsService> services = new HashMap<>();
    private final AtomicReference<Consumer<AwsCall>> fault = new AtomicReference<>(call -> {});

    private AwsEndpoint(HttpServer server, List<AwsService> services) {
        this.server = server;
        services.forEach(service -> this.services.put(service.signingName(), service));
    }

    /**
     * Starts to serve.
     *
     * @throws IllegalStateException if the port is in use
     */
    public static AwsEndpoint start(int port, List<AwsService> services) {
        HttpServer server = LocalServer.bind("the AWS endpoint", port);
        AwsEndpoint endpoint = new AwsEndpoint(server, services);
        server.createContext("/", endpoint::serve);
        server.start();
        return endpoint;
    }

    public URI address() {
        return LocalServer.address(server);
    }

    /**
     * Has something look at each call before it is answered; it throws an {@link AwsError} to have
     * the call refused, or any other exception to have the connection break with no answer.
     */
    public void injectFault(Consumer<AwsCall> before) {
        fault.set(before);
    }

    /**
     * Answers a call of this process's own, such as a pipe's, as if it had come over the wire.
     *
     * @throws AwsError if it is refused
     */
    public String answer(AwsCall call) {
        fault.get().accept(call);
        AwsService service = services.get(call.service());
        if (service == null) {
            throw new AwsError(
                    400,
                    "UnknownOperationException",
                    "the local AWS has no service " + call.service());
        }
        return service.answer(call);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        AwsCall call = call(exchange, body);
        AwsService service = services.get(call.service());
        boolean json = service == null || service.speaksJson();
        try {
            String answer = answer(call);
            send(exchange, 200, json, json ? answer : result(call.action(), answer));
        } catch (BadInput e) {
            send(
                    exchange,
                    400,
                    json,
                    error(json, new AwsError(400, "ValidationException", e.getMessage())));
        } catch (AwsError e) {
            LOG.info("{} {} refused: {}", call.service(), call.action(), e.code());
            send(exchange, e.status(), json, error(json, e));
        } catch (RuntimeException e) {
            LOG.warn("{} {} broke off: {}", call.service(), call.action(), e.toString());
            exchange.close();
        }
    }

    private static AwsCall call(HttpExchange exchange, String body) {
        String authorization =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                        .orElse("");
        Matcher scope = SCOPE.matcher(authorization);
        String service = scope.find() ? scope.group(1) : "unsigned";
        // json: "AWSEvents.PutEvents"; query: a field of the form.
        String action =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                        .map(target -> target.substring(target.lastIndexOf('.') + 1))
                        .or(() -> new AwsCall(service, "", body).form().get("Action"))
                        .orElse("");
        return new AwsCall(service, action, body);
    }

    private static String result(String action, String inner) {
        return "<%1$sResponse><%1$sResult>%2$s</%1$sResult><ResponseMetadata><RequestId>%3$s</RequestId></ResponseMetadata></%1$sResponse>"
                .formatted(action, inner, UUID.randomUUID());
    }

    private static String error(boolean json, AwsError error) {
        String message = String.valueOf(error.getMessage());
        return json
                ? Json.write(Map.of("__type", error.code(), "message", message))
                : "<ErrorResponse><Error><Type>%s</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>%s</RequestId></ErrorResponse>"
                        .formatted(
                                error.status() < 500 ? "Sender" : "Receiver",
                                error.code(),
                                Xml.escape(message),
                                UUID.randomUUID());
    }

    private static void send(HttpExchange exchange, int status, boolean json, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", json ? "application/x-amz-json-1.1" : "text/xml");
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
