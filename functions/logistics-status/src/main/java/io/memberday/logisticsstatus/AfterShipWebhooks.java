package io.memberday.logisticsstatus;

import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.AfterShipParcels;
import io.memberday.ingest.ParcelIngest;
import io.memberday.ingest.Signatures;
import io.memberday.parcel.Parcel;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The source {@code aftership}. */
record AfterShipWebhooks(AfterShipParcels parcels, ParcelIngest ingest) implements Tracker {
    private static final String SIGNATURE = "aftership-hmac-sha256";

    @Override
    public String signature() {
        return SIGNATURE;
    }

    @Override
    public boolean signed(WebhookRequest request, List<String> secrets, Instant now) {
        return Signatures.plain(request.header(SIGNATURE), request.body(), secrets);
    }

    @Override
    public Optional<Parcel> parcel(WebhookRequest request, Instant now) {
        return parcels.read(request.text(), now);
    }
}
