package io.memberday.release;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Function;

/**
 * Rows of all shards as one sequence, the longest due first. Each shard is read only as far as it
 * is needed.
 */
final class EarliestFirst<T> implements Iterator<T> {
    private final PriorityQueue<Shard<T>> shards;
    private final Function<T, Instant> dueAt;
    private int left;

    private record Shard<T>(T head, Iterator<T> rest) {}

    /**
     * @param most rows that are read; then the sequence ends
     */
    EarliestFirst(Collection<Iterator<T>> shards, Function<T, Instant> dueAt, int most) {
        this.dueAt = dueAt;
        this.left = most;
        this.shards =
                new PriorityQueue<>(Comparator.comparing(shard -> this.dueAt.apply(shard.head())));
        shards.forEach(this::add);
    }

    @Override
    public boolean hasNext() {
        return left > 0 && !shards.isEmpty();
    }

    @Override
    public T next() {
        Shard<T> earliest = shards.poll();
        if (earliest == null) {
            throw new NoSuchElementException("nothing more is due");
        }
        left--;
        add(earliest.rest());
        return earliest.head();
    }

    private void add(Iterator<T> rows) {
        if (rows.hasNext()) {
            shards.add(new Shard<>(rows.next(), rows));
        }
    }
}
