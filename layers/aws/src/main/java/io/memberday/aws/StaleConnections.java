package io.memberday.aws;

import java.io.UncheckedIOException;
import java.util.function.Supplier;

/**
 * Repeats what met a connection that the server had closed meanwhile. Where a request waits for
 * {@code 100 Continue}, as S3's larger ones do, url-connection-client throws that unchecked, and
 * the SDK's own retries do not know it.
 */
final class StaleConnections {
    private static final int TRIES = 4;

    private StaleConnections() {}

    /**
     * Makes a call whose repetition changes nothing.
     *
     * @throws UncheckedIOException if it fails so on every try
     */
    static <T> T repeating(Supplier<T> call) {
        for (int tries = 1; ; tries++) {
            try {
                return call.get();
            } catch (UncheckedIOException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }
}
