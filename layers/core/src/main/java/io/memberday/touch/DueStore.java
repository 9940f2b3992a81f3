package io.memberday.touch;

import io.memberday.campaign.Batch;
import io.memberday.member.Channel;
import io.memberday.member.Kind;

import java.time.Instant;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Supplier;

/** What waits for the clock. Reads may lag behind writes: {@code push} decides. */
public interface DueStore {

    /**
     * Touches of touchpoints, of one kind and shard, that are due, the longest due first, read as
     * they are asked for.
     *
     * @param waiting asked before each read: touchpoints of which nothing can be released now. Of
     *     these only what is past its validity is read; some that were read before may come all the
     *     same
     */
    Iterator<ServiceTouch> touches(
            Kind kind, int shard, Instant now, Supplier<Set<String>> waiting);

    /** Batches of one run on one channel. */
    record Lane(String run, Channel channel) {}

    /**
     * Batches of one shard that are due, the longest due first, read as they are asked for.
     *
     * @param waiting asked before each read: lanes of which nothing can be released now. Of these
     *     only what is past its window is read; some that were read before may come all the same
     */
    Iterator<Batch> batches(int shard, Instant now, Supplier<Set<Lane>> waiting);

    /**
     * Moves a touch's due time if it still is what was read and the touch has not ended.
     *
     * @return false if another clock was first, or the touch has ended or gone
     */
    boolean push(ServiceTouch read, Instant dueAt);

    /**
     * Moves a batch's due time if it still is what was read and the batch is not done.
     *
     * @return false if another clock was first, or the batch is done
     */
    boolean push(Batch read, Instant dueAt);
}
