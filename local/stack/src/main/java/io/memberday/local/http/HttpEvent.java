package io.memberday.local.http;

import com.sun.net.httpserver.HttpExchange;

import io.memberday.json.Json;
import io.memberday.local.engine.LocalCredentials;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A request as API Gateway hands it to a function, payload format 2.0. */
record HttpEvent(
        HttpExchange exchange,
        Route route,
        Map<String, String> pathParameters,
        byte[] body,
        Instant at) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** The one user that there is, whose key the authorizer knows. */
    private static final Map<String, String> CALLER =
            Map.of(
                    "accessKey",
                    LocalCredentials.KEY,
                    "accountId",
                    LocalCredentials.ACCOUNT_ID,
                    "callerId",
                    "AIDALOCAL",
                    "userArn",
                    "arn:aws:iam::" + LocalCredentials.ACCOUNT_ID + ":user/local",
                    "userId",
                    "AIDALOCAL");

    String json() {
        Map<String, String> headers = headers();
        String path = exchange.getRequestURI().getRawPath();
        String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "2.0");
        event.put("routeKey", route.key());
        event.put("rawPath", path);
        event.put("rawQueryString", query);
        List<String> cookies = exchange.getRequestHeaders().getOrDefault("Cookie", List.of());
        if (!cookies.isEmpty()) {
            event.put("cookies", List.of(String.join("; ", cookies).split("; ?")));
        }
        event.put("headers", headers);
        if (!query.isEmpty()) {
            event.put("queryStringParameters", parameters(query));
        }
        event.put("requestContext", context(headers, path));
        if (!pathParameters.isEmpty()) {
            event.put("pathParameters", pathParameters);
        }
        boolean text = isText(headers.getOrDefault("content-type", ""));
        if (body.length > 0) {
            event.put(
                    "body",
                    text
                            ? new String(body, StandardCharsets.UTF_8)
                            : Base64.getEncoder().encodeToString(body));
        }
        event.put("isBase64Encoded", body.length > 0 && !text);
        return Json.write(event);
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        exchange.getRequestHeaders()
                .forEach(
                        (name, values) -> {
                            if (!name.equalsIgnoreCase("cookie")) {
                                headers.put(
                                        name.toLowerCase(Locale.ROOT), String.join(",", values));
                            }
                        });
        return headers;
    }

    private Map<String, Object> context(Map<String, String> headers, String path) {
        Map<String, Object> http = new LinkedHashMap<>();
        http.put("method", exchange.getRequestMethod());
        http.put("path", path);
        http.put("protocol", exchange.getProtocol());
        http.put("sourceIp", exchange.getRemoteAddress().getAddress().getHostAddress());
        http.put("userAgent", headers.getOrDefault("user-agent", ""));
        Map<String, Object> context = new LinkedHashMap<>();
        context.put("accountId", LocalCredentials.ACCOUNT_ID);
        context.put("apiId", "local");
        if (route.signed()) {
            context.put("authorizer", Map.of("iam", CALLER));
        }
        context.put("domainName", headers.getOrDefault("host", "127.0.0.1"));
        context.put("domainPrefix", "local");
        context.put("http", http);
        context.put("requestId", UUID.randomUUID().toString());
        context.put("routeKey", route.key());
        context.put("stage", "$default");
        context.put("time", TIME.format(at));
        context.put("timeEpoch", at.toEpochMilli());
        return context;
    }

    /** Of a name that comes more than once the values are joined by commas. */
    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            String[] sides = pair.split("=", 2);
            String value =
                    sides.length == 2 ? URLDecoder.decode(sides[1], StandardCharsets.UTF_8) : "";
            parameters.merge(
                    URLDecoder.decode(sides[0], StandardCharsets.UTF_8),
                    value,
                    (first, second) -> first + "," + second);
        }
        return parameters;
    }

    /** API Gateway hands on as text what is surely text, and all else, forms too, as base64. */
    private static boolean isText(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.startsWith("text/")
                || type.equals("application/json")
                || type.equals("application/xml")
                || type.equals("application/javascript");
    }
}
