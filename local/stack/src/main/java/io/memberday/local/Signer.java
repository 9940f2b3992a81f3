package io.memberday.local;

import io.memberday.ingest.Signatures;
import io.memberday.json.Json;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** Signs webhooks as their senders do. */
public final class Signer {
    private final String secrets;

    /**
     * @param secrets the secret's JSON: each source's live secrets, of which the first signs
     */
    public Signer(String secrets) {
        this.secrets = secrets;
    }

    /**
     * The headers by which a source signs a body.
     *
     * @param source {@code memberday} or {@code shopify}
     * @param at when it is signed
     * @throws IllegalArgumentException if there is no secret for the source, or it signs otherwise
     */
    public Map<String, String> headers(String source, Instant at, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return switch (source) {
            case "memberday" ->
                    Map.of("x-memberday-signature", Signatures.sign(bytes, secret(source), at));
            case "shopify" ->
                    Map.of("x-shopify-hmac-sha256", Signatures.signPlain(bytes, secret(source)));
            default ->
                    throw new IllegalArgumentException(
                            "how " + source + " signs is not known here");
        };
    }

    private String secret(String source) {
        return Json.read(secrets).texts(source).stream()
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no secret for " + source));
    }
}
