package io.memberday.event;

import java.util.List;

/** The bus of the functions. */
public interface EventBus {

    /**
     * Puts all events, or throws. After an error some may have been put: whoever reads them takes
     * an event twice without harm.
     *
     * @throws EventsLost if some could not be put although it was tried again
     */
    void put(List<BusEvent> events);
}
