package io.memberday.orderwebhook;

import io.memberday.aws.CanonicalSource;
import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.CanonicalOrders;
import io.memberday.ingest.OrderIngest;

import java.time.Instant;

/** The source {@code memberday}: our own canonical JSON, with our own signature. */
record CanonicalWebhooks(CanonicalOrders orders, OrderIngest ingest) implements CanonicalSource {
    @Override
    public boolean changes(WebhookRequest request, Instant now) {
        return ingest.take(orders.read(request.text(), now));
    }
}
