package io.memberday.ingest;

import io.memberday.parcel.Parcel;

/**
 * A parcel as it is stored.
 *
 * @param parcel what is known of it
 * @param version of the row; 0 before the first write
 */
public record ParcelRow(Parcel parcel, long version) {}
