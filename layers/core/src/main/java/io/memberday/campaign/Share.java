package io.memberday.campaign;

import io.memberday.file.Sha256;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Divides members into hundredths by a hash: the same each time, and evenly. */
final class Share {
    static final int HUNDRED = 100;

    private Share() {}

    /**
     * Where a text stands between 0 and 99: even, as the first 63 bits of SHA-256 are. Texts that
     * differ in their beginning divide the same members independently of each other.
     */
    static int of(String text) {
        byte[] hash = Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        return (int) ((ByteBuffer.wrap(hash).getLong() >>> 1) % HUNDRED);
    }
}
