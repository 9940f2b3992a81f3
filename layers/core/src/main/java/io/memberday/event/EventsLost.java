package io.memberday.event;

import java.io.Serial;

/** Some events could not be put on the bus. */
public final class EventsLost extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    /**
     * @param count how many
     * @param codes the bus's error codes
     */
    public EventsLost(int count, String codes) {
        super(count + " events could not be put on the bus: " + codes);
    }
}
