package io.memberday.campaign;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The control group (R62): who is held out of a campaign gets nothing of any of its runs, so that
 * buyers among the others can be compared with buyers among them. Who it is follows from the hash
 * of campaign and member alone: the same at every run, another for every campaign.
 *
 * @param campaign id
 * @param percent of the members, 0 to 100
 */
public record Holdout(String campaign, int percent) {
    private static final int HUNDRED = 100;

    public Holdout {
        if (percent < 0 || percent > HUNDRED) {
            throw new IllegalArgumentException("a holdout is 0 to 100 percent, not " + percent);
        }
    }

    /** Whether the member is in the control group. */
    public boolean holds(String memberId) {
        return share(memberId) < percent;
    }

    /** Where the member stands between 0 and 99: even, as the first 63 bits of SHA-256 are. */
    private long share(String memberId) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest((campaign + "#" + memberId).getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(hash).getLong() >>> 1) % HUNDRED;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
