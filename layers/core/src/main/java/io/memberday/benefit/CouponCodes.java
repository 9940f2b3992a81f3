package io.memberday.benefit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Supplier;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The codes of coupons: {@value #LENGTH} characters that nobody can guess, of an alphabet without
 * look-alikes, as customers read them from a phone and type them. A code follows from the key and
 * from what it was issued for, so that a retry says the same.
 */
public final class CouponCodes {
    /** 65 bits: of twenty million codes two are equal with a chance of one in 180,000. */
    public static final int LENGTH = 13;

    /** A code that was never issued, for samples: as long as the true ones. */
    public static final String SAMPLE = "K7M2QX9WTHB3F";

    /** Letters and digits without 0, 1, I and O. */
    static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private static final String ALGORITHM = "HmacSHA256";
    private static final int BITS = 5;

    /** The unsubscribe links' keys sign these, too: nothing that they sign begins so. */
    private static final String PURPOSE = "coupon|";

    private final Supplier<List<String>> keys;

    /**
     * @param keys live ones, the newest first; read only when a code is made
     */
    public CouponCodes(Supplier<List<String>> keys) {
        this.keys = keys;
    }

    /**
     * The code of a coupon.
     *
     * @param memberId whose it is
     * @param coupon its id in the playbook
     * @param cause what it is issued for: a run or an order
     * @throws IllegalStateException if there is no key
     */
    String code(String memberId, String coupon, String cause) {
        String key =
                keys.get().stream()
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("codes need a key"));
        BigInteger bits = new BigInteger(1, hmac(key, memberId + "|" + coupon + "|" + cause));
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(
                    ALPHABET.charAt(bits.shiftRight(i * BITS).intValue() & ALPHABET.length() - 1));
        }
        return code.toString();
    }

    private static byte[] hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), ALGORITHM));
            return mac.doFinal((PURPOSE + text).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }
}
