package io.memberday.simulation;

import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.event.EventsLost;
import io.memberday.json.Json;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The bus with its rules: each event goes to its queue, and what was refused to dead letters. */
final class Bus implements EventBus {
    private static final String REFUSED = "Refused";

    private final Stage stage;
    private final Wire wire;
    private final Map<String, Queue> queues = new HashMap<>();
    private final List<BusEvent> told = new ArrayList<>();

    Bus(Stage stage, Wire wire) {
        this.stage = stage;
        this.wire = wire;
    }

    /**
     * @param event the event's name without {@code Due}
     */
    void rule(String event, Queue queue) {
        queues.put(event + "Due", queue);
        queues.put(event + REFUSED, queue);
    }

    /** What was put for people, not for a function. */
    List<BusEvent> told() {
        return told;
    }

    @Override
    public void put(List<BusEvent> events) {
        stage.step("EventBus.put");
        int lost = 0;
        for (BusEvent event : events) {
            if (wire.happens(wire.weather().throttled())) {
                lost++;
            } else {
                deliver(event);
            }
        }
        stage.step("…");
        if (lost > 0 || wire.happens(wire.weather().lost())) {
            throw new EventsLost(lost, "ThrottlingException");
        }
    }

    private void deliver(BusEvent event) {
        Queue queue = queues.get(event.type());
        if (queue == null) {
            told.add(event);
            return;
        }
        String record = Json.write(Map.of("detail-type", event.type(), "detail", event.detail()));
        if (event.type().endsWith(REFUSED)) {
            queue.refuse(record);
        } else {
            queue.put(record);
        }
    }
}
