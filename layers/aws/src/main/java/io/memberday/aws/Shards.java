package io.memberday.aws;

/** Spreads keys over the partitions of an index, the same way for ever. */
public final class Shards {
    /** Of the {@code byDue} index, for each kind. */
    public static final int DUE = 64;

    /** Of one day in the {@code byPaidDay} index. */
    public static final int PAID_DAY = 8;

    /** Of the open care cases of one kind. */
    public static final int OPEN_CASES = 4;

    private Shards() {}

    /** The shard of a key, from 0 to {@code count} less one. */
    public static int of(String key, int count) {
        int hash = key.hashCode();
        // Keys that differ in their last digits alone have hash codes that are close: mix them.
        hash ^= hash >>> 16;
        hash *= 0x85ebca6b;
        hash ^= hash >>> 13;
        hash *= 0xc2b2ae35;
        hash ^= hash >>> 16;
        return Math.floorMod(hash, count);
    }

    /** A {@code byDue} partition, such as {@code service#07}. */
    public static String due(String kind, String key) {
        return due(kind, of(key, DUE));
    }

    /** A {@code byDue} partition by its number. */
    public static String due(String kind, int shard) {
        return "%s#%02d".formatted(kind, shard);
    }
}
