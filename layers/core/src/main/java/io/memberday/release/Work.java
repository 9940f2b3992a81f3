package io.memberday.release;

import io.memberday.event.BusEvent;
import io.memberday.member.Channel;

import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** One kind of rows that the clock releases. */
interface Work<T> {

    /** So many rows are read at most in one tick. */
    int mostRead();

    /** The shard's due rows, the longest due first. */
    Iterator<T> due(int shard, Instant now);

    Instant dueAt(T row);

    /**
     * What releasing a row puts on a channel.
     *
     * @param messages none for a row that will only be closed
     */
    record Load(Channel channel, long messages) {
        boolean isFree() {
            return messages == 0;
        }
    }

    /** When to look at the row again, if nothing is to be done about it until then. */
    Optional<Instant> later(T row, Instant now);

    /** The row's load; nothing if it has to wait. */
    Optional<Load> load(T row, Instant now);

    /** The row, and all that is like it, has to wait until the next tick: it need not be read. */
    void passOver(T row);

    /** Takes the row for this tick, by moving its due time. */
    boolean push(T row, Instant dueAt);

    /** What tells the senders. */
    List<BusEvent> events(List<T> rows);
}
