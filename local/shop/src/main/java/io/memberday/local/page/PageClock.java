package io.memberday.local.page;

import java.time.Instant;

/** The stack's clock, as the page moves it. */
public interface PageClock {
    Instant now();

    /** Moves it forward; all that is due on the way has happened when this returns. */
    void moveTo(Instant target);
}
