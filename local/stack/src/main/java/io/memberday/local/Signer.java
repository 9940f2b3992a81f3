package io.memberday.local;

import io.memberday.ingest.Signatures;
import io.memberday.json.Json;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Map;

/** Signs webhooks as their senders do. */
public final class Signer {
    private static final String KUAIDI100 = "kuaidi100";

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
     * @param source as its path ends
     * @param at when it is signed
     * @throws IllegalArgumentException if there is no secret for the source, or it signs otherwise
     */
    public Map<String, String> headers(String source, Instant at, String body) {
        return headers(source, at, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The same of a body that need be no text. */
    public Map<String, String> headers(String source, Instant at, byte[] bytes) {
        return switch (source) {
            case "memberday" ->
                    Map.of("x-memberday-signature", Signatures.sign(bytes, secret(source), at));
            case "shopify" ->
                    Map.of("x-shopify-hmac-sha256", Signatures.signPlain(bytes, secret(source)));
            case "aftership" ->
                    Map.of("aftership-hmac-sha256", Signatures.signPlain(bytes, secret(source)));
            case "easypost" ->
                    Map.of(
                            "x-hmac-signature",
                            "hmac-sha256-hex="
                                    + Signatures.signHex(
                                            bytes,
                                            Normalizer.normalize(
                                                    secret(source), Normalizer.Form.NFKD)));
            case KUAIDI100 -> Map.of();
            case "woocommerce" ->
                    Map.of(
                            "x-wc-webhook-signature",
                            Signatures.signWordPress(bytes, secret(source)));
            case "youzan" -> Map.of("event-sign", Signatures.signEnclosed(bytes, secret(source)));
            default ->
                    throw new IllegalArgumentException(
                            "how " + source + " signs is not known here");
        };
    }

    /** The body as a source sends it: Kuaidi100 signs within its form. */
    public String body(String source, String body) {
        if (!source.equals(KUAIDI100)) {
            return body;
        }
        String escaped = body.replaceFirst("^.*param=", "").replaceFirst("&.*$", "");
        String param = URLDecoder.decode(escaped, StandardCharsets.UTF_8);
        return "sign=" + Signatures.signMd5(param + secret(source)) + "&param=" + escaped;
    }

    private String secret(String source) {
        return Json.read(secrets).texts(source).stream()
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("there is no secret for " + source));
    }
}
