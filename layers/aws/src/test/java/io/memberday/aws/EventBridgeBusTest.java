package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.event.BusEvent;
import io.memberday.event.EventsLost;
import io.memberday.json.Fields;
import io.memberday.json.Json;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequest;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

class EventBridgeBusTest {
    private final RefusingClient client = new RefusingClient();
    private final EventBridgeBus bus = new EventBridgeBus(client, "memberday");

    @Test
    void shouldPutEventsAsIdsTenAtATime() {
        // When
        bus.put(slices(23));

        // Then
        assertEquals(List.of(10, 10, 3), client.calls);
        PutEventsRequestEntry first = client.accepted.getFirst();
        assertEquals("memberday", first.source());
        assertEquals("memberday", first.eventBusName());
        assertEquals("SliceDue", first.detailType());
        Fields slice = Json.read(first.detail());
        assertEquals("member-day@2026-05-08", slice.text("run"));
        assertEquals(0, slice.whole("slice", 0, 99));
    }

    @Test
    void shouldPutAgainOnlyWhatWasRefusedInACallThatSucceeded() {
        // Given: every third entry of the first two calls is refused
        client.refuseEveryThirdOf = 2;

        // When
        bus.put(slices(20));

        // Then
        assertEquals(20, client.accepted.size());
        assertEquals(
                20, client.accepted.stream().map(PutEventsRequestEntry::detail).distinct().count());
        assertEquals(List.of(10, 10, 8), client.calls);
    }

    @Test
    void shouldFailWhenSomeAreRefusedAgainAndAgain() {
        // Given
        client.refuseEveryThirdOf = Integer.MAX_VALUE;

        // When
        EventsLost lost = assertThrows(EventsLost.class, () -> bus.put(slices(1)));

        // Then
        assertTrue(lost.getMessage().contains("1 events"), lost.getMessage());
        assertTrue(lost.getMessage().contains("InternalFailure"), lost.getMessage());
        assertEquals(List.of(1, 1, 1), client.calls);
    }

    @Test
    void shouldCallNobodyForNoEvents() {
        bus.put(List.of());
        assertEquals(List.of(), client.calls);
    }

    private static List<BusEvent> slices(int count) {
        return IntStream.range(0, count)
                .mapToObj(slice -> BusEvent.sliceDue("member-day@2026-05-08", slice))
                .toList();
    }

    private static final class RefusingClient implements EventBridgeClient {
        private final List<Integer> calls = new ArrayList<>();
        private final List<PutEventsRequestEntry> accepted = new ArrayList<>();
        private int refuseEveryThirdOf;

        @Override
        public PutEventsResponse putEvents(PutEventsRequest request) {
            calls.add(request.entries().size());
            List<PutEventsResultEntry> results = new ArrayList<>();
            for (int number = 0; number < request.entries().size(); number++) {
                if (calls.size() <= refuseEveryThirdOf && number % 3 == 0) {
                    results.add(
                            PutEventsResultEntry.builder().errorCode("InternalFailure").build());
                } else {
                    accepted.add(request.entries().get(number));
                    results.add(PutEventsResultEntry.builder().eventId("e" + number).build());
                }
            }
            return PutEventsResponse.builder().entries(results).build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
