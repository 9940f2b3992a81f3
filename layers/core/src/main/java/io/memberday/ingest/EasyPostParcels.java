package io.memberday.ingest;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what EasyPost tells of a tracker: all of its details so far, and the status that it stands
 * at.
 *
 * @see <a href="https://docs.easypost.com/docs/trackers">trackers</a>
 */
public final class EasyPostParcels {
    /** The source's name in paths. */
    public static final String SOURCE = "easypost";

    private static final Set<String> EVENTS = Set.of("tracker.created", "tracker.updated");

    /** Of the tracker, not of the carrier: nobody scanned anything. */
    private static final Set<String> NO_SCANS = Set.of("pre_transit", "cancelled", "error");

    private final Store store;

    public EasyPostParcels(Store store) {
        this.store = store;
    }

    /**
     * Reads one event.
     *
     * @return what it tells of its parcel; nothing if it is of another kind, a test, or of a return
     * @throws io.memberday.json.BadInput if it is no such event
     */
    public Optional<Parcel> read(String body, Instant now) {
        Fields event = Json.read(body);
        if (!EVENTS.contains(event.text("description"))
                || event.optionalText("mode").filter("test"::equals).isPresent()) {
            return Optional.empty();
        }
        Fields tracker = event.object("result");
        if (tracker.optionalTruth("is_return").orElse(false)) {
            return Optional.empty();
        }
        PushedScans scans = new PushedScans(store.zone(), now);
        for (Fields detail : tracker.objects("tracking_details")) {
            if (!isScan(detail)) {
                continue;
            }
            scans.time(detail, "datetime")
                    .ifPresent(
                            at -> {
                                List<ParcelStatus> statuses = statuses(detail);
                                statuses.forEach(
                                        told -> scans.add(Optional.of(told), at, city(detail)));
                                if (statuses.isEmpty()) {
                                    scans.add(Optional.empty(), at, city(detail));
                                }
                            });
        }
        if (isScan(tracker)) {
            scans.time(tracker, "updated_at")
                    .ifPresent(at -> statuses(tracker).forEach(told -> scans.whole(told, at)));
        }
        return scans.of(Payload.parcel(tracker, "carrier", "tracking_code", store.logistics()));
    }

    private static boolean isScan(Fields told) {
        return !NO_SCANS.contains(told.optionalText("status").orElse(""));
    }

    private static String city(Fields detail) {
        return detail.optionalObject("tracking_location")
                .flatMap(place -> place.optionalText("city"))
                .orElse("");
    }

    /** A carrier that moves a parcel has got it. */
    private static List<ParcelStatus> statuses(Fields told) {
        return switch (told.optionalText("status").orElse("")) {
            case "in_transit" ->
                    switch (told.optionalText("status_detail").orElse("")) {
                        case "arrived_at_destination",
                                "arrived_at_pickup_location",
                                "received_at_destination_facility",
                                "out_for_delivery" ->
                                List.of(ParcelStatus.ARRIVED);
                        case "damaged", "lost", "delivery_exception", "refused" ->
                                List.of(ParcelStatus.EXCEPTION);
                        case "return" -> List.of(ParcelStatus.RETURNED);
                        default -> List.of(ParcelStatus.SHIPPED, ParcelStatus.IN_TRANSIT);
                    };
            case "out_for_delivery", "available_for_pickup" -> List.of(ParcelStatus.ARRIVED);
            case "delivered" -> List.of(ParcelStatus.SIGNED);
            case "failure" -> List.of(ParcelStatus.EXCEPTION);
            case "return_to_sender" -> List.of(ParcelStatus.RETURNED);
            default -> List.of();
        };
    }
}
