package io.memberday.orderwebhook;

import io.memberday.aws.WebhookEndpoint.Source;
import io.memberday.aws.WebhookEndpoint.Taken;
import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.CanonicalOrders;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.Signatures;

import java.time.Instant;
import java.util.List;

/** The source {@code memberday}: our own canonical JSON, with our own signature. */
record CanonicalWebhooks(CanonicalOrders orders, OrderIngest ingest) implements Source {
    private static final String SIGNATURE = "x-memberday-signature";

    @Override
    public boolean signed(WebhookRequest request, List<String> secrets, Instant now) {
        return Signatures.timed(request.header(SIGNATURE), request.body(), secrets, now);
    }

    @Override
    public Taken take(WebhookRequest request, Instant now) {
        return ingest.take(orders.read(request.text(), now)) ? Taken.ACCEPTED : Taken.KNOWN;
    }
}
