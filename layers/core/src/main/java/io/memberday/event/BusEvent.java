package io.memberday.event;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Kind;
import io.memberday.touch.ServiceTouch;

import java.util.List;
import java.util.Map;

/**
 * One event on the bus.
 *
 * @param type its detail-type, such as {@code SliceDue}
 * @param detail ids and counts only, as plain maps, lists, text and numbers
 */
public record BusEvent(String type, Map<String, Object> detail) {
    private static final String REFUSED = "Refused";
    private static final String RECORD = "record";

    public BusEvent {
        detail = Map.copyOf(detail);
    }

    /** A slice of a run is to be scanned on from where its pages end. */
    public static BusEvent sliceDue(String run, int slice) {
        return new BusEvent("SliceDue", Map.of("run", run, "slice", slice));
    }

    /** A batch of a run may be sent. */
    public static BusEvent batchDue(String run, int slice, String batch) {
        return new BusEvent("BatchDue", Map.of("run", run, "slice", slice, "batch", batch));
    }

    /** An export is to be written on from where its progress ends. */
    public static BusEvent exportDue(String export) {
        return new BusEvent("ExportDue", Map.of("export", export));
    }

    /** Touches of touchpoints, all of one kind, may be sent; at most 10 in one event. */
    public static BusEvent touchesDue(Kind kind, List<ServiceTouch> touches) {
        return new BusEvent(
                kind == Kind.SERVICE ? "TouchesDue" : "MarketingTouchesDue",
                Map.of(
                        "touches",
                        touches.stream()
                                .map(
                                        touch ->
                                                Map.of(
                                                        "touchpoint", touch.touchpoint(),
                                                        "subject", touch.subject()))
                                .toList()));
    }

    /**
     * A run waits for somebody: its state and why, in ids and codes.
     *
     * @param state {@code paused} as the account cannot send, or {@code awaiting} an approval
     */
    public static BusEvent runHalted(String run, String state, String why) {
        return new BusEvent("RunHalted", Map.of("run", run, "state", state, "why", why));
    }

    /** Messages of a channel wait, as the account cannot send on it. */
    public static BusEvent sendingHalted(String channel, String why) {
        return new BusEvent("SendingHalted", Map.of("channel", channel, "why", why));
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
        return new BusEvent(type, Map.of("reason", reason, RECORD, record));
    }

    /**
     * What a queue's record is about: the detail of the event in it. A record that was refused
     * comes back from its dead letters with the reason around it; then it is about the record
     * inside.
     *
     * @param record an event as EventBridge puts it on a queue
     * @throws io.memberday.json.BadInput if it is not one
     */
    public static Fields detail(String record) {
        Fields event = Json.read(record);
        Fields detail = event.object("detail");
        return event.text("detail-type").endsWith(REFUSED) ? detail(detail.text(RECORD)) : detail;
    }
}
