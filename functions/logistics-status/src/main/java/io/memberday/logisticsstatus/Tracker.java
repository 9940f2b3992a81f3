package io.memberday.logisticsstatus;

import io.memberday.aws.WebhookEndpoint.Source;
import io.memberday.aws.WebhookEndpoint.Taken;
import io.memberday.aws.WebhookRequest;
import io.memberday.ingest.ParcelIngest;
import io.memberday.parcel.Parcel;

import java.time.Instant;
import java.util.Optional;

/**
 * A tracking service that pushes all it knows of a parcel. It tries again for days what is refused,
 * and cannot mend what we cannot read; its next push has all of it. Its signature covers no time,
 * so a recorded body can be sent again; that changes nothing, as what it tells joins with what is
 * known.
 */
interface Tracker extends Source {
    /** Where parcels go. */
    ParcelIngest ingest();

    /** The parcel that the request tells of; empty if it tells of none. */
    Optional<Parcel> parcel(WebhookRequest request, Instant now);

    @Override
    default Taken take(WebhookRequest request, Instant now) {
        return parcel(request, now)
                .map(parcel -> Taken.of(ingest().take(parcel)))
                .orElse(Taken.IGNORED);
    }

    @Override
    default boolean swallows() {
        return true;
    }
}
