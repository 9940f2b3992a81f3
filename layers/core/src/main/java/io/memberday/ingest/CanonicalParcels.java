package io.memberday.ingest;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelStatus;

import java.time.Instant;
import java.util.Set;

/**
 * Reads our own canonical JSON of parcels, the source {@code memberday}, as laid down in {@code
 * docs/canonical-logistics.schema.json}.
 */
public final class CanonicalParcels {
    /** The source's name in paths. */
    public static final String SOURCE = "memberday";

    private CanonicalParcels() {}

    /**
     * Reads one event.
     *
     * @return what it tells of its parcel
     * @throws io.memberday.json.BadInput if it is not as the schema says
     */
    public static Parcel read(String body, Instant now) {
        Fields event = Json.read(body);
        Payload.only(event, Set.of("carrier", "number", "status", "at", "city"));
        Instant at = Payload.requiredTime(event, "at", now);
        ParcelStatus status = Payload.word(event, "status", ParcelStatus.class);
        String city = BuyerDraft.tidy(event.optionalText("city").orElse(""));
        return Parcel.scanned(Payload.parcel(event), status, at, city);
    }
}
