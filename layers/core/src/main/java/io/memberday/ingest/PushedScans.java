package io.memberday.ingest;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Gathers the scans of one push. Carriers tell the whole history each time, so a scan whose time
 * cannot be read or lies ahead is passed over: it must not cost the others, and comes again. Not
 * for sharing.
 */
final class PushedScans {
    /** Older than that is a clock that was never set. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final DateTimeFormatter TIME =
            new DateTimeFormatterBuilder()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .optionalStart()
                    .appendLiteral('T')
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .optionalStart()
                    .appendOffsetId()
                    .toFormatter(Locale.ROOT);

    private final ZoneId zone;
    private final Instant latest;
    private final List<Scan> scans = new ArrayList<>();
    private Optional<BadInput> ahead = Optional.empty();

    private record Scan(Optional<ParcelStatus> status, Instant at, String city) {
        Parcel of(ParcelKey key) {
            return status.map(told -> Parcel.scanned(key, told, at, city))
                    .orElseGet(() -> Parcel.scanned(key, at, city));
        }
    }

    /**
     * @param zone of times that are told without one: the store's
     */
    PushedScans(ZoneId zone, Instant now) {
        this.zone = zone;
        this.latest = now.plus(Payload.AHEAD);
    }

    /**
     * When something was scanned: the first of the fields that holds a time of day, else the first
     * that holds a date; nothing if none can be used.
     */
    Optional<Instant> time(Fields scan, String... names) {
        List<TemporalAccessor> read = new ArrayList<>();
        for (String name : names) {
            scan.raw(name).flatMap(PushedScans::parsed).ifPresent(read::add);
        }
        Optional<Instant> time =
                read.stream()
                        .min(Comparator.comparing(LocalDate.class::isInstance))
                        .map(this::instant)
                        .filter(at -> !at.isBefore(EARLIEST));
        if (time.filter(at -> at.isAfter(latest)).isPresent()) {
            ahead = Optional.of(scan.bad(names[0], "lies in the future: check the clock"));
            return Optional.empty();
        }
        return time;
    }

    private static Optional<TemporalAccessor> parsed(Object written) {
        if (written instanceof Integer || written instanceof Long) {
            return Optional.of(Instant.ofEpochSecond(((Number) written).longValue()));
        }
        try {
            return Optional.of(
                    TIME.parseBest(
                            written.toString().strip().replace('/', '-').replace(' ', 'T'),
                            OffsetDateTime::from,
                            LocalDateTime::from,
                            LocalDate::from));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    private Instant instant(TemporalAccessor read) {
        return switch (read) {
            case OffsetDateTime exact -> exact.toInstant();
            case LocalDateTime local -> local.atZone(zone).toInstant();
            case LocalDate day -> day.atStartOfDay(zone).toInstant();
            default -> Instant.from(read);
        };
    }

    /** A scan; without a status it only says that the parcel moves. */
    void add(Optional<ParcelStatus> status, Instant at, String city) {
        scans.add(new Scan(status, at, BuyerDraft.tidy(city)));
    }

    /** What the push says of the parcel as a whole, unless its scans say as much or more. */
    void whole(ParcelStatus status, Instant at) {
        boolean told =
                scans.stream()
                        .flatMap(scan -> scan.status().stream())
                        .anyMatch(known -> known.compareTo(status) >= 0);
        if (!told) {
            scans.add(new Scan(Optional.of(status), at, ""));
        }
    }

    /** The time of the newest scan. */
    Optional<Instant> newest() {
        return scans.stream().map(Scan::at).max(Comparator.naturalOrder());
    }

    /**
     * The parcel as the scans tell of it; nothing if there are none.
     *
     * @throws BadInput if there are only scans of the future
     */
    Optional<Parcel> of(ParcelKey key) {
        if (scans.isEmpty() && ahead.isPresent()) {
            throw ahead.get();
        }
        return scans.stream().map(scan -> scan.of(key)).reduce(Parcel::join);
    }
}
