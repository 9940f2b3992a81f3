package io.memberday.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.memberday.json.BadInput;
import io.memberday.json.Json;

import org.junit.jupiter.api.Test;

import java.util.Map;

class BusEventTest {
    private static final BusEvent EVENT = BusEvent.sliceDue("member-day@2026-05-08", 7);

    @Test
    void shouldSayWhatARecordIsAbout() {
        assertEquals(7, BusEvent.detail(onQueue(EVENT)).whole("slice", 0, 9));
    }

    @Test
    void shouldSayWhatARefusedRecordIsAboutWhenItComesBackFromItsDeadLetters() {
        String refused = onQueue(BusEvent.refused("SliceRefused", "no such run", onQueue(EVENT)));
        String refusedAgain = onQueue(BusEvent.refused("SliceRefused", "no such run", refused));

        assertEquals("member-day@2026-05-08", BusEvent.detail(refused).text("run"));
        assertEquals("member-day@2026-05-08", BusEvent.detail(refusedAgain).text("run"));
    }

    @Test
    void shouldRefuseWhatIsNoEvent() {
        assertThrows(BadInput.class, () -> BusEvent.detail("not JSON"));
        assertThrows(BadInput.class, () -> BusEvent.detail("{\"detail-type\": \"SliceDue\"}"));
        assertThrows(
                BadInput.class,
                () ->
                        BusEvent.detail(
                                onQueue(BusEvent.refused("SliceRefused", "garbled", "not JSON"))));
    }

    private static String onQueue(BusEvent event) {
        return Json.write(Map.of("detail-type", event.type(), "detail", event.detail()));
    }
}
