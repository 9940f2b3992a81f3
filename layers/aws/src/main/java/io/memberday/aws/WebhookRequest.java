package io.memberday.aws;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

import io.memberday.json.BadInput;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A webhook as it came over HTTP.
 *
 * @param source the last part of its path
 * @param headers by name in lower case
 * @param body the bytes that were signed
 */
public record WebhookRequest(String source, Map<String, String> headers, byte[] body) {
    private static final String SOURCE = "source";

    /** From API Gateway's event, whose body is Base64 if the gateway took it for binary. */
    public static WebhookRequest of(APIGatewayV2HTTPEvent event) {
        Map<String, String> headers = new HashMap<>();
        Optional.ofNullable(event.getHeaders())
                .orElse(Map.of())
                .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        String body = Optional.ofNullable(event.getBody()).orElse("");
        return new WebhookRequest(
                Optional.ofNullable(event.getPathParameters())
                        .orElse(Map.of())
                        .getOrDefault(SOURCE, ""),
                headers,
                event.getIsBase64Encoded()
                        ? Base64.getDecoder().decode(body)
                        : body.getBytes(StandardCharsets.UTF_8));
    }

    /** A header by its name, in whatever case. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * A field of a form; nothing if the body has no such field, is no form, or is not UTF-8. The
     * first counts if there are several.
     */
    public Optional<String> formField(String name) {
        // Each char is one byte until all escapes are resolved.
        for (String field : new String(body, StandardCharsets.ISO_8859_1).split("&")) {
            int equals = field.indexOf('=');
            if (equals > 0 && unescaped(field.substring(0, equals)).equals(Optional.of(name))) {
                return unescaped(field.substring(equals + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> unescaped(String escaped) {
        try {
            byte[] bytes =
                    URLDecoder.decode(escaped, StandardCharsets.ISO_8859_1)
                            .getBytes(StandardCharsets.ISO_8859_1);
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (IllegalArgumentException | CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /**
     * The body as text.
     *
     * @throws BadInput if it is not UTF-8
     */
    public String text() {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException _) {
            throw new BadInput("body", body.length + " bytes", "send well-formed JSON in UTF-8");
        }
    }
}
