package io.memberday.logisticsstatus;

import io.memberday.ingest.Signatures;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Map;

/** Signs as the carriers do. */
final class CarrierSignature {
    private CarrierSignature() {}

    /** Kuaidi100's form with its sign; of others the body as it is. */
    static String body(String source, String body, String secret) {
        if (!source.equals("kuaidi100") || !body.contains("param=")) {
            return body;
        }
        String escaped = body.substring(body.indexOf("param=") + "param=".length());
        String param = URLDecoder.decode(escaped, StandardCharsets.UTF_8);
        return "sign=" + Signatures.signMd5(param + secret) + "&param=" + escaped;
    }

    static Map<String, String> headers(String source, String body, String secret) {
        return headers(source, body.getBytes(StandardCharsets.UTF_8), secret);
    }

    static Map<String, String> headers(String source, byte[] body, String secret) {
        return switch (source) {
            case "aftership" -> Map.of("AfterShip-Hmac-SHA256", Signatures.signPlain(body, secret));
            case "easypost" ->
                    Map.of(
                            "X-Hmac-Signature",
                            "hmac-sha256-hex="
                                    + Signatures.signHex(
                                            body,
                                            Normalizer.normalize(secret, Normalizer.Form.NFKD)));
            default -> Map.of();
        };
    }
}
