package io.memberday.local.aws;

import io.memberday.json.Fields;
import io.memberday.json.Json;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One call as it came over the wire.
 *
 * @param service its signing name, such as {@code sns}
 * @param action such as {@code Publish}
 * @param body JSON, or a form for services of the query protocol
 */
public record AwsCall(String service, String action, String body) {
    /** The body of a call in JSON. */
    Fields json() {
        return Json.read(body);
    }

    /** The body of a call in the query protocol. */
    Form form() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : body.split("&")) {
            String[] sides = pair.split("=", 2);
            values.put(decode(sides[0]), sides.length == 2 ? decode(sides[1]) : "");
        }
        return new Form(values);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** A form's fields; lists and maps are numbered from 1, as in {@code Names.member.1}. */
    record Form(Map<String, String> values) {
        Optional<String> get(String name) {
            return Optional.ofNullable(values.get(name));
        }

        String required(String name) {
            return get(name)
                    .filter(value -> !value.isEmpty())
                    .orElseThrow(
                            () -> new AwsError(400, "InvalidParameter", name + " is required"));
        }
    }
}
