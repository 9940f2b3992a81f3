package io.memberday.fault;

import java.io.Serial;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Rows that remember what they were before their last write: so a weak read may see them. */
public final class Lagging<K extends Comparable<K>, V> extends TreeMap<K, V> {
    @Serial private static final long serialVersionUID = 1;

    private final transient Map<K, V> before = new HashMap<>();

    @Override
    public V put(K key, V row) {
        V replaced = super.put(key, row);
        before.put(key, replaced == null ? row : replaced);
        return replaced;
    }

    /** The row as it was before its last write; the first one as it is. */
    public V before(K key) {
        return before.get(key);
    }
}
