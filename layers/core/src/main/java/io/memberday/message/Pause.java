package io.memberday.message;

import java.time.Duration;

/** Waits: the sender keeps to its channel's rate by it. In tests it moves their clock instead. */
@FunctionalInterface
public interface Pause {

    /** Returns after the time has passed. */
    void pause(Duration time);
}
