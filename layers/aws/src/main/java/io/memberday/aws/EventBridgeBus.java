package io.memberday.aws;

import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.event.EventsLost;
import io.memberday.json.Json;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The bus on EventBridge. A PutEvents call that succeeds may still have refused single entries:
 * those are put again, a few times.
 */
public final class EventBridgeBus implements EventBus {
    /** PutEvents takes ten entries. */
    private static final int AT_ONCE = 10;

    private static final int TRIES = 3;
    private static final String SOURCE = "memberday";

    private final EventBridgeClient client;
    private final String bus;

    /**
     * @param client of EventBridge
     * @param bus name or ARN
     */
    public EventBridgeBus(EventBridgeClient client, String bus) {
        this.client = client;
        this.bus = bus;
    }

    @Override
    public void put(List<BusEvent> events) {
        List<PutEventsRequestEntry> left = events.stream().map(this::entry).toList();
        TreeSet<String> codes = new TreeSet<>();
        for (int tries = 0; tries < TRIES && !left.isEmpty(); tries++) {
            left = refused(left, codes);
        }
        if (!left.isEmpty()) {
            throw new EventsLost(left.size(), String.join(", ", codes));
        }
    }

    private List<PutEventsRequestEntry> refused(
            List<PutEventsRequestEntry> entries, TreeSet<String> codes) {
        List<PutEventsRequestEntry> refused = new ArrayList<>();
        for (int from = 0; from < entries.size(); from += AT_ONCE) {
            List<PutEventsRequestEntry> chunk =
                    entries.subList(from, Math.min(from + AT_ONCE, entries.size()));
            PutEventsResponse response = client.putEvents(put -> put.entries(chunk));
            for (int i = 0; i < chunk.size(); i++) {
                PutEventsResultEntry result = response.entries().get(i);
                if (result.eventId() == null) {
                    refused.add(chunk.get(i));
                    codes.add(String.valueOf(result.errorCode()));
                }
            }
        }
        return refused;
    }

    private PutEventsRequestEntry entry(BusEvent event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(SOURCE)
                .detailType(event.type())
                .detail(Json.write(event.detail()))
                .build();
    }
}
