package io.memberday.event;

import java.util.Map;

/**
 * One event on the bus.
 *
 * @param type its detail-type, such as {@code SliceDue}
 * @param detail ids and counts only, as plain maps, lists, text and numbers
 */
public record BusEvent(String type, Map<String, Object> detail) {
    public BusEvent {
        detail = Map.copyOf(detail);
    }

    /** A slice of a run is to be scanned on from where its pages end. */
    public static BusEvent sliceDue(String run, int slice) {
        return new BusEvent("SliceDue", Map.of("run", run, "slice", slice));
    }

    /**
     * A record that can never succeed: the bus takes it to its queue's dead-letter queue at once
     * (P9).
     *
     * @param type such as {@code SliceRefused}
     * @param reason why, in words without a person's data
     * @param record the record as it was received
     */
    public static BusEvent refused(String type, String reason, String record) {
        return new BusEvent(type, Map.of("reason", reason, "record", record));
    }
}
