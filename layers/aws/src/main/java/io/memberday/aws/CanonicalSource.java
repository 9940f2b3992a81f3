package io.memberday.aws;

import io.memberday.ingest.Signatures;

import java.time.Instant;
import java.util.List;

/** A source in our own canonical form: signed with {@code X-Memberday-Signature}. */
public interface CanonicalSource extends WebhookEndpoint.Source {
    /** The header of the signature, in lower case. */
    String SIGNATURE = "x-memberday-signature";

    /**
     * Takes the request; when this returns, it is durable.
     *
     * @return whether it changed anything
     */
    boolean changes(WebhookRequest request, Instant now);

    @Override
    default String signature() {
        return "X-Memberday-Signature";
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
