package io.memberday.orderwebhook;

import io.memberday.aws.WebhookEndpoint.Source;
import io.memberday.aws.WebhookEndpoint.Taken;
import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.OrderEvent;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.PrivacyIngest;
import io.memberday.ingest.PrivacyRequest;

import java.time.Instant;
import java.util.Optional;

/**
 * A platform that pushes in its own words. It cannot mend what we cannot read, and switches a
 * webhook off that refuses too often: what is signed and of no use is answered as taken, and an
 * alarm tells of it.
 */
interface Storefront extends Source {
    /** Where events of orders and people go. */
    OrderIngest ingest();

    /** Where what is asked on people's behalf goes. */
    PrivacyIngest privacy();

    /** The event that the request is; empty if it is none of ours. */
    Optional<OrderEvent> event(WebhookRequest request, Instant now);

    /** What the request asks for a person; empty if it asks nothing. */
    Optional<PrivacyRequest> asked(WebhookRequest request, Instant now);

    @Override
    default Taken take(WebhookRequest request, Instant now) {
        Optional<PrivacyRequest> asked = asked(request, now);
        if (asked.isPresent()) {
            return Taken.of(privacy().take(asked.get()));
        }
        return event(request, now)
                .map(event -> Taken.of(ingest().take(event)))
                .orElse(Taken.IGNORED);
    }

    @Override
    default boolean swallows() {
        return true;
    }
}
