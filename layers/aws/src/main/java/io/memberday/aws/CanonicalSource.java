package io.memberday.aws;

import io.memberday.ingest.Signatures;

import java.time.Instant;
import java.util.List;

/** A source in our own canonical form, with our own signature. */
public interface CanonicalSource extends WebhookEndpoint.Source {
    /** The header of the signature. */
    String SIGNATURE = "X-Memberday-Signature";

    /**
     * Takes the request; when this returns, it is durable.
     *
     * @return whether it changed anything
     */
    boolean changes(WebhookRequest request, Instant now);

    @Override
    default String signature() {
        return SIGNATURE;
    }

    @Override
    default boolean signed(WebhookRequest request, List<String> secrets, Instant now) {
        return Signatures.timed(request.header(SIGNATURE), request.body(), secrets, now);
    }

    @Override
    default WebhookEndpoint.Taken take(WebhookRequest request, Instant now) {
        return WebhookEndpoint.Taken.of(changes(request, now));
    }
}
