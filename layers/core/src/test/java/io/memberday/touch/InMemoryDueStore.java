package io.memberday.touch;

import io.memberday.campaign.Batch;
import io.memberday.campaign.InMemoryAudienceStore;
import io.memberday.member.Kind;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What waits for the clock, in memory, over the rows that are there. */
public final class InMemoryDueStore implements DueStore {
    private final int shards;
    private final InMemoryAudienceStore audience;
    private final InMemoryServiceTouches touches;
    private int read;

    public InMemoryDueStore(
            int shards, InMemoryAudienceStore audience, InMemoryServiceTouches touches) {
        this.shards = shards;
        this.audience = audience;
        this.touches = touches;
    }

    @Override
    public Iterator<ServiceTouch> touches(
            Kind kind, int shard, Instant now, Supplier<Set<String>> waiting) {
        Iterator<ServiceTouch> all = dueTouches(kind, shard, now);
        return Stream.generate(() -> nextTouch(all, now, waiting))
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .iterator();
    }

    private Optional<ServiceTouch> nextTouch(
            Iterator<ServiceTouch> all, Instant now, Supplier<Set<String>> waiting) {
        while (all.hasNext()) {
            ServiceTouch touch = all.next();
            boolean passed =
                    waiting.get().contains(touch.touchpoint()) && !now.isAfter(touch.validUntil());
            if (!passed) {
                read++;
                return Optional.of(touch);
            }
        }
        return Optional.empty();
    }

    private Iterator<ServiceTouch> dueTouches(Kind kind, int shard, Instant now) {
        return due(
                touches.all(),
                touch -> touch.state() != ServiceTouch.State.ENDED && touch.kind() == kind,
                ServiceTouch::id,
                ServiceTouch::dueAt,
                shard,
                now);
    }

    @Override
    public Iterator<Batch> batches(int shard, Instant now, Supplier<Set<Lane>> waiting) {
        Iterator<Batch> all =
                due(
                        audience.allBatches(),
                        batch -> batch.done().isEmpty(),
                        batch -> batch.run() + batch.slice() + batch.id(),
                        Batch::dueAt,
                        shard,
                        now);
        // As a query by pages of one row does it: what is met, is asked for when it is reached.
        return Stream.generate(() -> next(all, now, waiting))
                .takeWhile(Optional::isPresent)
                .map(Optional::get)
                .iterator();
    }

    private Optional<Batch> next(Iterator<Batch> all, Instant now, Supplier<Set<Lane>> waiting) {
        while (all.hasNext()) {
            Batch batch = all.next();
            boolean passed =
                    waiting.get().contains(new Lane(batch.run(), batch.channel()))
                            && !now.isAfter(batch.until());
            if (!passed) {
                read++;
                return Optional.of(batch);
            }
        }
        return Optional.empty();
    }

    /** How many rows were read in all. */
    public int read() {
        return read;
    }

    @Override
    public boolean push(ServiceTouch read, Instant dueAt) {
        Optional<ServiceTouch> now =
                touches.find(read.id())
                        .filter(touch -> touch.state() != ServiceTouch.State.ENDED)
                        .filter(touch -> touch.dueAt().equals(read.dueAt()));
        return now.isPresent() && touches.replace(now.get(), now.get().withDueAt(dueAt));
    }

    @Override
    public boolean push(Batch read, Instant dueAt) {
        AtomicBoolean pushed = new AtomicBoolean();
        audience.change(
                read,
                batch -> {
                    if (batch.done().isPresent() || !batch.dueAt().equals(read.dueAt())) {
                        return batch;
                    }
                    pushed.set(true);
                    return batch.with(dueAt, batch.owner(), batch.done());
                });
        return pushed.get();
    }

    /** The clock asks each minute: the rows that are not due cost least. */
    private <T> Iterator<T> due(
            List<T> rows,
            Predicate<T> waits,
            Function<T, String> key,
            Function<T, Instant> dueAt,
            int shard,
            Instant now) {
        List<T> due = new ArrayList<>();
        for (T row : rows) {
            if (waits.test(row)
                    && !dueAt.apply(row).isAfter(now)
                    && Math.floorMod(key.apply(row).hashCode(), shards) == shard) {
                due.add(row);
            }
        }
        due.sort(Comparator.comparing(dueAt));
        return due.iterator();
    }
}
