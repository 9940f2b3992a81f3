package io.memberday.ingest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves who sent a webhook; all comparisons take the same time whatever is wrong (P8). */
public final class Signatures {
    /** How far the signed time may be from now, either way. */
    public static final Duration TOLERANCE = Duration.ofSeconds(300);

    private static final String HMAC = "HmacSHA256";
    private static final Pattern TIMED = Pattern.compile("t=(\\d{1,12}),v1=([0-9a-f]{64})");

    /** The five characters that HTML writes otherwise, in all the ways that WordPress reads. */
    private static final Pattern WRITTEN =
            Pattern.compile(
                    "&(?:(amp|#0*38|#[xX]0*26)|(lt|#0*60)|(gt|#0*62)"
                            + "|(quot|#0*34|#[xX]0*22)|(#0*39|#[xX]0*27));");

    private static final List<String> MEANT = List.of("&", "<", ">", "\"", "'");

    private Signatures() {}

    /**
     * Whether {@code t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">} is by one of the secrets
     * and of now.
     */
    public static boolean timed(
            Optional<String> header, byte[] body, List<String> secrets, Instant now) {
        Matcher parts = TIMED.matcher(header.orElse(""));
        if (!parts.matches()) {
            return false;
        }
        Instant signedAt = Instant.ofEpochSecond(Long.parseLong(parts.group(1)));
        if (Duration.between(signedAt, now).abs().compareTo(TOLERANCE) > 0) {
            return false;
        }
        byte[] given = HexFormat.of().parseHex(parts.group(2));
        return byAny(given, secrets, (parts.group(1) + ".").getBytes(StandardCharsets.UTF_8), body);
    }

    /** The header that {@link #timed} accepts. */
    public static String sign(byte[] body, String secret, Instant now) {
        String time = Long.toString(now.getEpochSecond());
        byte[] hash = hash(secret, (time + ".").getBytes(StandardCharsets.UTF_8), body);
        return "t=" + time + ",v1=" + HexFormat.of().formatHex(hash);
    }

    /** Whether the header is the Base64 HMAC-SHA256 of the body by one of the secrets. */
    public static boolean plain(Optional<String> header, byte[] body, List<String> secrets) {
        try {
            byte[] given = Base64.getDecoder().decode(header.orElse(""));
            return byAny(given, secrets, new byte[0], body);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** The header that {@link #plain} accepts. */
    public static String signPlain(byte[] body, String secret) {
        return Base64.getEncoder().encodeToString(hash(secret, new byte[0], body));
    }

    /** Whether the text is the hex HMAC-SHA256 of the body by one of the secrets. */
    public static boolean hex(String hex, byte[] body, List<String> secrets) {
        try {
            return byAny(HexFormat.of().parseHex(hex), secrets, new byte[0], body);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** The text that {@link #hex} accepts. */
    public static String signHex(byte[] body, String secret) {
        return HexFormat.of().formatHex(hash(secret, new byte[0], body));
    }

    /**
     * Whether the text is the hex MD5 of what a platform puts together of its message and one of
     * the secrets, as those do that were there before HMAC was usual.
     *
     * @param signed what is hashed, by secret
     */
    public static boolean md5(String hex, List<String> secrets, UnaryOperator<String> signed) {
        try {
            byte[] given = HexFormat.of().parseHex(hex);
            boolean found = false;
            for (String secret : secrets) {
                found |= MessageDigest.isEqual(given, md5(bytes(signed.apply(secret))));
            }
            return found;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** The text that {@link #md5} accepts, in capitals. */
    public static String signMd5(String signed) {
        return HexFormat.of().withUpperCase().formatHex(md5(bytes(signed)));
    }

    /**
     * The same by secrets as WordPress keeps them: it signs with what {@code
     * wp_specialchars_decode} with {@code ENT_QUOTES} makes of them.
     */
    public static boolean wordPress(Optional<String> header, byte[] body, List<String> secrets) {
        return plain(header, body, secrets.stream().map(Signatures::decoded).toList());
    }

    /** The header that {@link #wordPress} accepts. */
    public static String signWordPress(byte[] body, String secret) {
        return signPlain(body, decoded(secret));
    }

    private static String decoded(String secret) {
        return WRITTEN.matcher(secret)
                .replaceAll(
                        found ->
                                IntStream.rangeClosed(1, MEANT.size())
                                        .filter(group -> found.group(group) != null)
                                        .mapToObj(group -> MEANT.get(group - 1))
                                        .findFirst()
                                        .orElseThrow());
    }

    /**
     * Whether the header is the hexadecimal MD5 of an application's id, the body and the
     * application's secret, in either case.
     *
     * @param applications each {@code id:secret}
     */
    public static boolean enclosed(
            Optional<String> header, byte[] body, List<String> applications) {
        byte[] given = bytes(header.orElse("").toLowerCase(Locale.ROOT));
        boolean found = false;
        for (String application : applications) {
            found |= MessageDigest.isEqual(given, bytes(signEnclosed(body, application)));
        }
        return found;
    }

    /** The header that {@link #enclosed} accepts. */
    public static String signEnclosed(byte[] body, String application) {
        int colon = application.indexOf(':');
        byte[] id = bytes(application.substring(0, Math.max(0, colon)));
        byte[] hash = md5(id, body, bytes(application.substring(colon + 1)));
        return HexFormat.of().formatHex(hash);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] md5(byte[]... parts) {
        try {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            for (byte[] part : parts) {
                md5.update(part);
            }
            return md5.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean byAny(byte[] given, List<String> secrets, byte[] prefix, byte[] body) {
        boolean found = false;
        for (String secret : secrets) {
            found |= MessageDigest.isEqual(given, hash(secret, prefix, body));
        }
        return found;
    }

    private static byte[] hash(String secret, byte[] prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC));
            mac.update(prefix);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
