package io.memberday.aws;

import io.memberday.ingest.ParcelRow;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.Parcel.Scan;
import io.memberday.parcel.Parcel.Standing;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A parcel as an item of the Orders table. */
public final class ParcelFormat {
    private static final String PREFIX = "parcel#";
    private static final String KEY = "parcel";
    private static final String STATUSES = "statuses";
    private static final String STANDS = "stands";
    private static final String TOLD_AT = "toldAt";
    private static final String SCANNED_AT = "scannedAt";
    private static final String CITY = "city";
    private static final String ORDERS = "orders";

    private ParcelFormat() {}

    /** The key of a parcel's item. */
    public static Map<String, AttributeValue> key(ParcelKey parcel) {
        return Map.of(OrderFormat.ID, RowDraft.of(PREFIX + parcel));
    }

    /** Whether an item of the Orders table is a parcel. */
    static boolean is(Map<String, AttributeValue> item) {
        return item.get(OrderFormat.ID).s().startsWith(PREFIX);
    }

    /** The whole item with the version that the row carries. */
    public static Map<String, AttributeValue> item(ParcelRow row) {
        Parcel parcel = row.parcel();
        RowDraft item =
                new RowDraft()
                        .put(OrderFormat.ID, PREFIX + parcel.key())
                        .put(OrderFormat.VERSION, row.version())
                        .put(KEY, parcel.key().toString())
                        .putMapUnlessEmpty(
                                STATUSES, parcel.statuses(), ParcelStatus::key, RowDraft::of)
                        .putListUnlessEmpty(ORDERS, new TreeSet<>(parcel.orders()), RowDraft::of);
        parcel.stands()
                .ifPresent(now -> item.put(STANDS, now.status().key()).put(TOLD_AT, now.at()));
        parcel.lastScan().ifPresent(scan -> item.put(SCANNED_AT, scan.at()).put(CITY, scan.city()));
        return item.done();
    }

    /** Reads {@link #item}. */
    public static ParcelRow parcel(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        Map<ParcelStatus, Instant> statuses = new EnumMap<>(ParcelStatus.class);
        Row reached = row.map(STATUSES);
        reached.values()
                .keySet()
                .forEach(name -> statuses.put(ParcelStatus.of(name), reached.time(name)));
        return new ParcelRow(
                new Parcel(
                        ParcelKey.of(row.text(KEY)),
                        statuses,
                        row.optionalText(STANDS)
                                .map(now -> new Standing(ParcelStatus.of(now), row.time(TOLD_AT))),
                        row.optionalTime(SCANNED_AT).map(at -> new Scan(at, row.text(CITY))),
                        Set.copyOf(row.texts(ORDERS))),
                row.number(OrderFormat.VERSION));
    }
}
