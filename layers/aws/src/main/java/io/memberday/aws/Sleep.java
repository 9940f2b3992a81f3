package io.memberday.aws;

import java.time.Duration;
import java.util.function.Consumer;

/** Waits in real time between tries. */
public final class Sleep implements Consumer<Duration> {
    @Override
    public void accept(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted between tries", e);
        }
    }
}
