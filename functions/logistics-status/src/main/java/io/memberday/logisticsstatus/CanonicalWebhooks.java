package io.memberday.logisticsstatus;

import io.memberday.aws.CanonicalSource;
import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.CanonicalParcels;
import io.memberday.ingest.ParcelIngest;

import java.time.Instant;

/** The source {@code memberday}: our own canonical JSON, with our own signature. */
record CanonicalWebhooks(ParcelIngest ingest) implements CanonicalSource {
    @Override
    public boolean changes(WebhookRequest request, Instant now) {
        return ingest.take(CanonicalParcels.read(request.text(), now));
    }
}
