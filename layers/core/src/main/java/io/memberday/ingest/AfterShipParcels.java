package io.memberday.ingest;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Reads what AfterShip tells of a tracking: its checkpoints so far, and the tag that it stands at.
 *
 * @see <a
 *     href="https://www.aftership.com/docs/tracking/2025-01/webhook/webhook-specifications">webhooks</a>
 */
public final class AfterShipParcels {
    /** The source's name in paths. */
    public static final String SOURCE = "aftership";

    private static final String UPDATE = "tracking_update";

    private final Store store;

    public AfterShipParcels(Store store) {
        this.store = store;
    }

    /**
     * Reads one event.
     *
     * @return what it tells of its parcel; nothing if it is of another kind, such as a new estimate
     * @throws io.memberday.json.BadInput if it is no such event
     */
    public Optional<Parcel> read(String body, Instant now) {
        Fields event = Json.read(body);
        if (!event.text("event").equals(UPDATE)) {
            return Optional.empty();
        }
        Fields tracking = event.object("msg");
        PushedScans scans = new PushedScans(store.zone(), now);
        for (Fields checkpoint : tracking.objects("checkpoints")) {
            List<ParcelStatus> statuses = statuses(checkpoint);
            if (!isBefore(checkpoint)) {
                scans.time(checkpoint, "checkpoint_time", "created_at")
                        .ifPresent(at -> add(scans, statuses, at, city(checkpoint)));
            }
        }
        if (!isBefore(tracking)) {
            scans.time(event, "ts")
                    .ifPresent(at -> statuses(tracking).forEach(told -> scans.whole(told, at)));
        }
        return scans.of(Payload.parcel(tracking, "slug", "tracking_number", store.logistics()));
    }

    private static void add(
            PushedScans scans, List<ParcelStatus> statuses, Instant at, String city) {
        statuses.forEach(status -> scans.add(Optional.of(status), at, city));
        if (statuses.isEmpty()) {
            scans.add(Optional.empty(), at, city);
        }
    }

    private static String city(Fields checkpoint) {
        return checkpoint.optionalText("city").orElse("");
    }

    /** Announced and not handed over yet, or given up by AfterShip: no scan of the carrier. */
    private static boolean isBefore(Fields tagged) {
        return switch (tagged.optionalText("tag").orElse("")) {
            case "Pending", "InfoReceived", "Expired" -> true;
            default -> false;
        };
    }

    /** A carrier that moves a parcel has got it. */
    private static List<ParcelStatus> statuses(Fields tagged) {
        return switch (tagged.optionalText("tag").orElse("")) {
            case "InTransit" -> List.of(ParcelStatus.SHIPPED, ParcelStatus.IN_TRANSIT);
            case "OutForDelivery", "AvailableForPickup", "AttemptFail" ->
                    List.of(ParcelStatus.ARRIVED);
            case "Delivered" -> List.of(ParcelStatus.SIGNED);
            case "Exception" ->
                    List.of(
                            switch (tagged.optionalText("subtag").orElse("")) {
                                case "Exception_010", "Exception_011" -> ParcelStatus.RETURNED;
                                default -> ParcelStatus.EXCEPTION;
                            });
            default -> List.of();
        };
    }
}
