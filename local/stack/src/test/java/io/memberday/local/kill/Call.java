package io.memberday.local.kill;

import com.sun.net.httpserver.HttpExchange;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call to AWS as a relay sees it.
 *
 * @param key the access key: which process called
 * @param service its signing name, such as {@code dynamodb}
 * @param action such as {@code UpdateItem}; empty in the query protocol
 */
record Call(String key, String service, String action, String body) {
    private static final Pattern CREDENTIAL =
            Pattern.compile("Credential=([^/]+)/\\d+/[^/]+/([^/]+)/");

    static Call of(HttpExchange exchange, byte[] body) {
        Matcher credential =
                CREDENTIAL.matcher(
                        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
                                .orElse(""));
        boolean signed = credential.find();
        String target =
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                        .orElse("");
        return new Call(
                signed ? credential.group(1) : "",
                signed ? credential.group(2) : "",
                target.substring(target.lastIndexOf('.') + 1),
                new String(body, StandardCharsets.UTF_8));
    }

    boolean by(String function) {
        return key.startsWith(function);
    }

    boolean on(String table) {
        return body.contains("\"TableName\":\"" + table + "\"")
                || body.contains("\"" + table + "\":");
    }
}
