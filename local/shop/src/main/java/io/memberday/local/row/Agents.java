package io.memberday.local.row;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.storefront.Webhook;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** People who work on care cases through member-api, and the carrier that gives them work. */
final class Agents {
    private final Outside outside;

    Agents(Outside outside) {
        this.outside = outside;
    }

    /**
     * What member-api answers.
     *
     * @param status of HTTP
     * @param body JSON
     */
    record Answer(int status, Fields body) {}

    /** A call as the HTTP API hands it over once IAM has let it in. */
    Answer ask(String route, Map<String, Object> request) {
        String[] parts = route.split(" ");
        Map<String, Object> event = new HashMap<>();
        event.put("version", "2.0");
        event.put("routeKey", route);
        event.put("rawPath", parts[1]);
        event.put("headers", Map.of("content-type", "application/json"));
        event.put(
                "requestContext",
                Map.of(
                        "routeKey",
                        route,
                        "http",
                        Map.of("method", parts[0], "path", parts[1]),
                        "authorizer",
                        Map.of("iam", Map.of("userArn", "arn:aws:iam::123456789012:user/anna"))));
        if (parts[0].equals("GET")) {
            event.put("queryStringParameters", request);
        } else {
            event.put("body", Json.write(request));
        }
        Fields answer = outside.call("MemberApiFunction", event);
        return new Answer(
                Math.toIntExact(answer.whole("statusCode", 100, 599)),
                Json.read(answer.text("body")));
    }

    /** The open cases of a kind. */
    List<Fields> open(String kind) {
        return ask("GET /cases", Map.of("kind", kind)).body().objects("cases");
    }

    /** The carrier says that a parcel is in trouble. */
    void trouble(String parcel, Instant at) {
        Map<String, Object> scan = new LinkedHashMap<>();
        scan.put("carrier", "sf-express");
        scan.put("number", parcel);
        scan.put("status", "exception");
        scan.put("at", at.toString());
        outside.post(
                List.of(
                        new Webhook(
                                0,
                                "memberday",
                                "/logistics/memberday",
                                Map.of(),
                                Json.write(scan))));
    }
}
