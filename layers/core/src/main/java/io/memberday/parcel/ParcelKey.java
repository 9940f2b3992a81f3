package io.memberday.parcel;

/**
 * Names one parcel.
 *
 * @param carrier such as {@code sf} or {@code ups}, lower case; has no colon
 * @param number the carrier's tracking number
 */
public record ParcelKey(String carrier, String number) implements Comparable<ParcelKey> {

    /** Reads {@link #toString}. */
    public static ParcelKey of(String key) {
        String[] parts = key.split(":", 2);
        return new ParcelKey(parts[0], parts[1]);
    }

    @Override
    public int compareTo(ParcelKey other) {
        return toString().compareTo(other.toString());
    }

    /** {@code carrier:number}, its name in rows. */
    @Override
    public String toString() {
        return carrier + ":" + number;
    }
}
