package io.memberday.local.page;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Writes times as the store's people read them.
 *
 * @param zone the store's
 */
record Moments(ZoneId zone) {
    /** ISO 8601 with the store's offset. */
    String written(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }

    /** The same, or empty text where there is no time. */
    String written(Optional<Instant> at) {
        return at.map(this::written).orElse("");
    }
}
