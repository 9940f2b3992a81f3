package io.memberday.local.http;

import com.sun.net.httpserver.Headers;

import io.memberday.file.Sha256;
import io.memberday.local.engine.LocalCredentials;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * API Gateway's IAM authorizer: lets in what the local credentials signed by Signature Version 4 in
 * its headers, and nothing else. Times are real, as signers know of no moved clock.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">signed
 *     requests</a>
 */
final class IamAuthorizer {
    private static final String SERVICE = "execute-api";
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String HMAC = "HmacSHA256";
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final Pattern AUTHORIZATION =
            Pattern.compile(
                    ALGORITHM
                            + " +Credential=([^/,]+)/(\\d{8})/([^/,]+)/([^/,]+)/aws4_request *,"
                            + " *SignedHeaders=([^, ]+) *, *Signature=([0-9a-f]{64})");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final InstantSource clock;

    /**
     * @param clock real time
     */
    IamAuthorizer(InstantSource clock) {
        this.clock = clock;
    }

    /** Whether the local credentials signed the request, and now. */
    boolean letsIn(String method, URI uri, Headers headers, byte[] body) {
        Matcher given =
                AUTHORIZATION.matcher(
                        Optional.ofNullable(headers.getFirst("Authorization")).orElse(""));
        String time = Optional.ofNullable(headers.getFirst("X-Amz-Date")).orElse("");
        if (!given.matches() || !ofNow(time) || !time.startsWith(given.group(2))) {
            return false;
        }
        List<String> signed = List.of(given.group(5).split(";"));
        boolean ours =
                given.group(1).equals(LocalCredentials.KEY)
                        && given.group(3).equals(LocalCredentials.REGION)
                        && given.group(4).equals(SERVICE)
                        && signed.containsAll(List.of("host", "x-amz-date"));
        String scope = given.group(2) + "/" + given.group(3) + "/" + SERVICE + "/aws4_request";
        String toSign =
                String.join(
                        "\n",
                        ALGORITHM,
                        time,
                        scope,
                        Sha256.hex(bytes(canonical(method, uri, headers, signed, body))));
        byte[] key = bytes("AWS4" + LocalCredentials.KEY);
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        byte[] right = hmac(key, toSign);
        return MessageDigest.isEqual(right, HexFormat.of().parseHex(given.group(6))) && ours;
    }

    private boolean ofNow(String time) {
        try {
            Duration off = Duration.between(TIME.parse(time, Instant::from), clock.instant());
            return off.abs().compareTo(TOLERANCE) <= 0;
        } catch (DateTimeException _) {
            return false;
        }
    }

    private static String canonical(
            String method, URI uri, Headers headers, List<String> signed, byte[] body) {
        String named =
                signed.stream()
                        .map(name -> name + ":" + value(headers, name) + "\n")
                        .collect(Collectors.joining());
        return String.join(
                "\n",
                method,
                path(uri),
                query(Optional.ofNullable(uri.getRawQuery()).orElse("")),
                named,
                String.join(";", signed),
                Sha256.hex(body));
    }

    private static String value(Headers headers, String name) {
        return headers.getOrDefault(name, List.of()).stream()
                .map(value -> value.strip().replaceAll(" +", " "))
                .collect(Collectors.joining(","));
    }

    /** Every service but S3 signs the path encoded once more than it is sent. */
    private static String path(URI uri) {
        return Stream.of(uri.getRawPath().split("/", -1))
                .map(IamAuthorizer::encoded)
                .collect(Collectors.joining("/"));
    }

    private static String query(String raw) {
        List<Map.Entry<String, String>> pairs = new ArrayList<>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&")) {
            String[] sides = pair.split("=", 2);
            pairs.add(
                    Map.entry(
                            encoded(decoded(sides[0])),
                            sides.length == 2 ? encoded(decoded(sides[1])) : ""));
        }
        return pairs.stream()
                .sorted(
                        Comparator.comparing(Map.Entry<String, String>::getKey)
                                .thenComparing(Map.Entry::getValue))
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .collect(Collectors.joining("&"));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** As RFC 3986 has it: all but letters, digits and {@code -._~}. */
    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
