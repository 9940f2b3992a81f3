package io.memberday.aws;

import io.memberday.message.Pause;

import java.time.Duration;

/** Waits for real. */
public final class ThreadPause implements Pause {

    /**
     * @throws IllegalStateException if the thread is told to end
     */
    @Override
    public void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("told to end while keeping the pace", e);
        }
    }
}
