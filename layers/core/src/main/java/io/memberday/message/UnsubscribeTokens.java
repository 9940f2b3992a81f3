package io.memberday.message;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.memberday.member.Channel;
import io.memberday.member.Kind;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and reads the tokens of unsubscribe links: {@code <ids>.<HMAC-SHA256 of them>}, both
 * base64url, so that nobody can unsubscribe anybody else and no session or row is needed to honour
 * a link (R50, RFC 8058). A token does not expire: a link in an old mail must still work.
 */
public final class UnsubscribeTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SEPARATOR = "|";

    /** Longer ones are refused unread: ours have some 150 characters. */
    private static final int LONGEST = 600;

    private final List<SecretKeySpec> keys;

    /**
     * @param keys live secrets, the newest first: it signs, all of them verify, so that links sent
     *     before a rotation still work
     * @throws IllegalArgumentException if there is none or one is empty
     */
    public UnsubscribeTokens(List<String> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("unsubscribe links need at least one key");
        }
        this.keys =
                keys.stream()
                        .map(key -> new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM))
                        .toList();
    }

    /** The token of a link, safe in a URL's path. */
    public String token(Unsubscription link) {
        String ids =
                encoded(
                        String.join(
                                        SEPARATOR,
                                        link.memberId(),
                                        link.channel().key(),
                                        link.kind().key(),
                                        link.cause())
                                .getBytes(UTF_8));
        return ids + "." + sign(keys.getFirst(), ids);
    }

    /** What a token asks for; nothing if it is not one of ours. */
    public Optional<Unsubscription> read(String token) {
        int dot = token.indexOf('.');
        if (token.length() > LONGEST
                || dot < 0
                || !signed(token.substring(0, dot), token.substring(dot + 1))) {
            return Optional.empty();
        }
        return Optional.of(link(Base64.getUrlDecoder().decode(token.substring(0, dot))));
    }

    private boolean signed(String ids, String signature) {
        boolean signed = false;
        // Every key is tried and each comparison takes constant time (P8).
        for (SecretKeySpec key : keys) {
            signed |=
                    MessageDigest.isEqual(
                            sign(key, ids).getBytes(UTF_8), signature.getBytes(UTF_8));
        }
        return signed;
    }

    private static Unsubscription link(byte[] ids) {
        String[] parts = new String(ids, UTF_8).split("\\" + SEPARATOR, 4);
        return new Unsubscription(parts[0], Channel.of(parts[1]), Kind.of(parts[2]), parts[3]);
    }

    private static String sign(SecretKeySpec key, String ids) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return encoded(mac.doFinal(ids.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
