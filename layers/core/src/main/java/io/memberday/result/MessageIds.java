package io.memberday.result;

import java.util.Arrays;

/**
 * A set of providers' message ids, which are far too many to be kept as texts: eight bytes each, a
 * hash. Of 20 million ids and as many strangers one is mistaken for another once in 50,000 sets.
 */
final class MessageIds {
    private static final int BUCKETS = 256;
    private static final int FIRST = 4;
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    /** Each grows by itself, so that hardly more than the ids is ever held. */
    private final long[][] buckets = new long[BUCKETS][];

    private final int[] sizes = new int[BUCKETS];
    private boolean sorted = true;
    private boolean empty = true;

    void add(String id) {
        long hash = hash(id);
        int bucket = bucket(hash);
        long[] held = buckets[bucket];
        if (held == null) {
            held = new long[FIRST];
        } else if (sizes[bucket] == held.length) {
            held = Arrays.copyOf(held, held.length + held.length / 2);
        }
        held[sizes[bucket]++] = hash;
        buckets[bucket] = held;
        sorted = false;
        empty = false;
    }

    boolean isEmpty() {
        return empty;
    }

    /** Whether an id was added; to be asked once all are. */
    boolean contains(String id) {
        if (!sorted) {
            sort();
        }
        long hash = hash(id);
        int bucket = bucket(hash);
        return sizes[bucket] > 0
                && Arrays.binarySearch(buckets[bucket], 0, sizes[bucket], hash) >= 0;
    }

    private void sort() {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (sizes[bucket] > 0) {
                Arrays.sort(buckets[bucket], 0, sizes[bucket]);
            }
        }
        sorted = true;
    }

    private static int bucket(long hash) {
        return (int) (hash >>> 56);
    }

    /** FNV-1a, then MurmurHash3's finalizer, as the first bits of FNV change too little. */
    private static long hash(String id) {
        long hash = FNV_BASIS;
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
