package io.memberday.local.row;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.storefront.Webhook;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * People who look members up and work on care cases through member-api, by requests signed as IAM
 * wants them, and the carrier that gives them work.
 */
final class Agents {
    private final Outside outside;

    Agents(Outside outside) {
        this.outside = outside;
    }

    /** A signed request of a route without parameters. */
    Outside.Answer ask(String path, Map<String, Object> request) {
        return outside.asked("POST", path, Json.write(request));
    }

    /** What an agent sees of whoever is named so. */
    Outside.Answer find(String by, String name) {
        return ask("/members/find", Map.of(by, name));
    }

    /** The open cases of a kind. */
    List<Fields> open(String kind) {
        return outside.asked("GET", "/cases?limit=100&kind=" + kind, "").body().objects("cases");
    }

    /** The carrier says that a parcel is in trouble. */
    void trouble(String parcel, Instant at) {
        Map<String, Object> scan = new LinkedHashMap<>();
        scan.put("carrier", "sf");
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
