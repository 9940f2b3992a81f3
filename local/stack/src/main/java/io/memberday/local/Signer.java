package io.memberday.local;

import io.memberday.json.Json;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

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
     * @param source {@code memberday} or {@code shopify}; any other signs as memberday does
     * @param at when it is signed
     * @throws io.memberday.json.BadInput if there is no secret for the source
     */
    public Map<String, String> headers(String source, Instant at, String body) {
        String secret = secret(source);
        if (source.equals("shopify")) {
            return Map.of(
                    "X-Shopify-Hmac-SHA256",
                    Base64.getEncoder().encodeToString(hmac(secret, body)));
        }
        long seconds = at.getEpochSecond();
        return Map.of(
                "X-Memberday-Signature",
                "t=%d,v1=%s"
                        .formatted(
                                seconds,
                                HexFormat.of().formatHex(hmac(secret, seconds + "." + body))));
    }

    private String secret(String source) {
        return Json.read(secrets).texts(source).stream()
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no secret for " + source));
    }

    private static byte[] hmac(String secret, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
