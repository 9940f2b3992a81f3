package io.memberday.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, by which files are checked and members divided evenly. */
public final class Sha256 {
    private Sha256() {}

    /** A new digest, for content that comes piece by piece. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The 32 bytes of some content. */
    public static byte[] of(byte[] content) {
        return digest().digest(content);
    }

    /** The same in lower-case hex, as manifests write it. */
    public static String hex(byte[] content) {
        return HexFormat.of().formatHex(of(content));
    }
}
