package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.Parcel.Scan;
import io.memberday.parcel.Parcel.Standing;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What Kuaidi100, AfterShip and EasyPost tell, as parcels. */
class CarrierFeedsTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final Kuaidi100Parcels KUAIDI = new Kuaidi100Parcels(SamplePlaybook.store());
    private static final AfterShipParcels AFTERSHIP = new AfterShipParcels(SamplePlaybook.store());
    private static final EasyPostParcels EASYPOST = new EasyPostParcels(SamplePlaybook.store());
    private static final String AT = "2026-05-07 10:00:00";
    private static final Instant SCANNED = Instant.parse("2026-05-07T02:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "1, SHIPPED",
        "103, SHIPPED",
        "0, IN_TRANSIT",
        "1002, IN_TRANSIT",
        "7, IN_TRANSIT",
        "12, IN_TRANSIT",
        "1001, ARRIVED",
        "5, ARRIVED",
        "501, ARRIVED",
        "3, SIGNED",
        "304, SIGNED",
        "2, EXCEPTION",
        "209, EXCEPTION",
        "14, EXCEPTION",
        "4, RETURNED",
        "6, RETURNED"
    })
    void shouldKnowTheStatesOfKuaidi100(String state, ParcelStatus status) {
        Optional<Standing> stands = Optional.of(new Standing(status, SCANNED));
        assertEquals(stands, one(kuaidi(state, scan(AT, state))).stands());
        // Without codes the newest scan stands where the whole does.
        assertEquals(stands, one(kuaidi(state, scan(AT, ""))).stands());
    }

    @Test
    void shouldReadTheWholeHistoryOfKuaidi100OnTheStoresClock() {
        Parcel parcel =
                one(
                        kuaidi(
                                "304",
                                scan("2026-05-07 10:00:00", "304"),
                                scan("2026-05-07 08:20:00.0", "5"),
                                scan("2026/05/06 23:00", "999"),
                                scan("2026-05-06 16:10:00", "103"),
                                scan("2026-05-06 15:00:00", "101")));
        assertEquals("sf:SF1", parcel.key().toString());
        assertEquals(
                Map.of(
                        ParcelStatus.SHIPPED, Instant.parse("2026-05-06T08:10:00Z"),
                        ParcelStatus.ARRIVED, Instant.parse("2026-05-07T00:20:00Z"),
                        ParcelStatus.SIGNED, SCANNED),
                parcel.statuses());
        assertEquals(Optional.of(new Scan(SCANNED, "杭州市")), parcel.lastScan());
    }

    @Test
    void shouldCountAScanOfAnUnknownStateAsMovement() {
        Parcel parcel = one(kuaidi("99", scan(AT, "99")));
        assertEquals(Map.of(), parcel.statuses());
        assertEquals(SCANNED, parcel.lastScan().orElseThrow().at());
    }

    @Test
    void shouldTellBothNamesOfACarrierThatWasFoundToBeAnother() {
        String push =
                kuaidi("0", scan(AT, "0"))
                        .replace(
                                "\"comOld\": \"\", \"comNew\": \"\"",
                                "\"comOld\": \"ems\", \"comNew\": \"shunfeng\"");
        assertEquals(
                List.of("sf:SF1", "ems:SF1"),
                KUAIDI.read(push, NOW).stream().map(it -> it.key().toString()).toList());
    }

    @Test
    void shouldTellNothingWhereTheCarrierNeverHadTheParcel() {
        assertEquals(List.of(), KUAIDI.read(kuaidi("0"), NOW));
        assertEquals(List.of(), KUAIDI.read(kuaidi("102", scan(AT, "102"), scan(AT, "101")), NOW));
        assertEquals(List.of(), KUAIDI.read(kuaidi("0").replace("polling", "abort"), NOW));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    InTransit          | InTransit_002 | IN_TRANSIT
                    OutForDelivery     | x             | ARRIVED
                    AvailableForPickup | x             | ARRIVED
                    AttemptFail        | x             | ARRIVED
                    Delivered          | Delivered_001 | SIGNED
                    Exception          | Exception_012 | EXCEPTION
                    Exception          | Exception_011 | RETURNED
                    """)
    void shouldKnowTheTagsOfAfterShip(String tag, String subtag, ParcelStatus status) {
        Standing stands = new Standing(status, SCANNED);
        String told = aftership(tag, subtag, checkpoint("2026-05-07T10:00:00", tag, subtag));
        assertEquals(stands, read(told).stands().orElseThrow());
        // A tag without checkpoints is of the event's own time.
        Standing bare = new Standing(status, NOW);
        assertEquals(bare, read(aftership(tag, subtag)).stands().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-05-07T10:00:00, 2026-05-07T02:00:00Z",
        "2026-05-07T10:00:00+02:00, 2026-05-07T08:00:00Z",
        "2026-05-07T10:00:00Z, 2026-05-07T10:00:00Z",
        // Of a day only: when AfterShip heard of it.
        "2026-05-07, 2026-05-07T03:00:00Z",
        "'', 2026-05-07T03:00:00Z",
        "yesterday, 2026-05-07T03:00:00Z"
    })
    void shouldReadEachTimeThatAfterShipWrites(String written, Instant at) {
        String told = aftership("Delivered", "", checkpoint(written, "Delivered", ""));
        assertEquals(at, read(told).at(ParcelStatus.SIGNED).orElseThrow());
    }

    @Test
    void shouldTakeFromAfterShipNothingButWhatTheCarrierTold() {
        for (String tag : List.of("Pending", "InfoReceived", "Expired", "Unheard-of")) {
            assertEquals(Optional.empty(), AFTERSHIP.read(aftership(tag, ""), NOW), tag);
        }
        String estimate = aftership("InTransit", "").replace("tracking_update", "edd_revise");
        assertEquals(Optional.empty(), AFTERSHIP.read(estimate, NOW));
    }

    @ParameterizedTest
    @CsvSource({
        "in_transit, departed_facility, IN_TRANSIT",
        "in_transit, received_at_destination_facility, ARRIVED",
        "in_transit, lost, EXCEPTION",
        "out_for_delivery, x, ARRIVED",
        "available_for_pickup, x, ARRIVED",
        "delivered, x, SIGNED",
        "failure, refused, EXCEPTION",
        "return_to_sender, x, RETURNED"
    })
    void shouldKnowTheStatusesOfEasyPost(String status, String detail, ParcelStatus is) {
        Parcel parcel = EASYPOST.read(easypost(status, detail), NOW).orElseThrow();
        assertEquals(new Standing(is, SCANNED), parcel.stands().orElseThrow());
        assertEquals("usps:EZ1", parcel.key().toString());
        assertEquals("HOUSTON", parcel.lastScan().orElseThrow().city());
    }

    @Test
    void shouldTakeNeitherTestsNorReturnsNorOtherEventsOfEasyPost() {
        String good = easypost("delivered", "x");
        for (String[] change :
                List.of(
                        new String[] {"\"mode\":\"production\"", "\"mode\":\"test\""},
                        new String[] {"\"is_return\":false", "\"is_return\":true"},
                        new String[] {"tracker.updated", "batch.updated"})) {
            assertFalse(good.equals(good.replace(change[0], change[1])), change[0]);
            assertEquals(Optional.empty(), EASYPOST.read(good.replace(change[0], change[1]), NOW));
        }
        assertEquals(Optional.empty(), EASYPOST.read(easypost("pre_transit", "x"), NOW));
        assertEquals(Optional.empty(), EASYPOST.read(easypost("cancelled", "x"), NOW));
    }

    @Test
    void shouldPassOverAScanOfTheFutureOrOfNoTimeAndKeepTheOthers() {
        Parcel parcel =
                one(
                        kuaidi(
                                "5",
                                scan("2026-05-08 10:06:00", "3"),
                                scan("0000-00-00 00:00:00", "3"),
                                scan("0001-01-01 00:00:00", "3"),
                                scan(AT, "5")));
        assertEquals(Map.of(ParcelStatus.ARRIVED, SCANNED), parcel.statuses());
    }

    @Test
    void shouldRefuseWhatTellsOfTheFutureOnly() {
        String push = kuaidi("3", scan("2026-05-08 10:06:00", "3"));
        BadInput refusal = assertThrows(BadInput.class, () -> KUAIDI.read(push, NOW));
        assertEquals("lastResult.data[0].ftime", refusal.field());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "[]", "{\"lastResult\":[]}", "{\"lastResult\":{\"nu\":\"1\"}}", "text"})
    void shouldRefuseWhatIsNoPush(String body) {
        assertThrows(BadInput.class, () -> KUAIDI.read(body, NOW));
        assertThrows(BadInput.class, () -> AFTERSHIP.read(body, NOW));
        assertThrows(BadInput.class, () -> EASYPOST.read(body, NOW));
    }

    private static Parcel one(String push) {
        List<Parcel> told = KUAIDI.read(push, NOW);
        assertEquals(1, told.size());
        return told.getFirst();
    }

    private static Parcel read(String event) {
        Parcel parcel = AFTERSHIP.read(event, NOW).orElseThrow();
        assertEquals(new ParcelKey("usps", "EZ1"), parcel.key());
        return parcel;
    }

    static String scan(String at, String code) {
        return """
        {"time": "%s", "ftime": "%s", "context": "", "areaName": "浙江,杭州市,西湖区", "statusCode": "%s"}\
        """
                .formatted(at, at, code);
    }

    static String kuaidi(String state, String... scans) {
        return """
        {"status": "polling", "message": "", "autoCheck": "0", "comOld": "", "comNew": "",
         "lastResult": {"message": "ok", "state": "%s", "com": "shunfeng", "nu": "SF1", "data": [%s]}}
        """
                .formatted(state, String.join(",", scans));
    }

    private static String checkpoint(String at, String tag, String subtag) {
        return Json.write(
                Map.of(
                        "checkpoint_time", at,
                        "created_at", "2026-05-07T03:00:00+00:00",
                        "tag", tag,
                        "subtag", subtag,
                        "city", "Houston"));
    }

    private static String aftership(String tag, String subtag, String... checkpoints) {
        return """
        {"ts": %d, "event": "tracking_update", "event_id": "6f1f5d3e", "msg":
         {"tracking_number": "EZ1", "slug": "usps", "tag": "%s", "subtag": "%s", "checkpoints": [%s]}}
        """
                .formatted(NOW.getEpochSecond(), tag, subtag, String.join(",", checkpoints));
    }

    private static String easypost(String... detail) {
        List<Object> details = new ArrayList<>();
        for (String status : Arrays.asList("pre_transit", detail[0])) {
            details.add(
                    Map.of(
                            "status",
                            status,
                            "status_detail",
                            detail[1],
                            "datetime",
                            "2026-05-07T02:00:00Z",
                            "tracking_location",
                            Map.of("city", "HOUSTON")));
        }
        return Json.write(
                Map.of(
                        "description", "tracker.updated",
                        "mode", "production",
                        "result",
                                Map.of(
                                        "tracking_code",
                                        "EZ1",
                                        "carrier",
                                        "USPS",
                                        "is_return",
                                        false,
                                        "status",
                                        detail[0],
                                        "status_detail",
                                        detail[1],
                                        "updated_at",
                                        "2026-05-07T03:00:00Z",
                                        "tracking_details",
                                        details)));
    }
}
