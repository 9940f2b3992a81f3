package io.memberday.logisticsstatus;

import io.memberday.aws.WebhookEndpoint.Source;
import io.memberday.aws.WebhookEndpoint.Taken;
import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.AfterShipParcels;
import io.memberday.ingest.ParcelIngest;
import io.memberday.ingest.Signatures;

import java.time.Instant;
import java.util.List;

/**
 * The source {@code aftership}. Its signature covers no time, so a recorded body can be sent again;
 * that changes nothing, as what it tells joins with what is known.
 */
record AfterShipWebhooks(AfterShipParcels parcels, ParcelIngest ingest) implements Source {
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
    public Taken take(WebhookRequest request, Instant now) {
        return parcels.read(request.text(), now)
                .map(parcel -> Taken.of(ingest.take(parcel)))
                .orElse(Taken.IGNORED);
    }

    /**
     * It tries again for days, and cannot mend what we cannot read; its next push has all of it.
     */
    @Override
    public boolean swallows() {
        return true;
    }
}
