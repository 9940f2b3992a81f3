package io.memberday.release;

import io.memberday.campaign.Batch;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.event.BusEvent;
import io.memberday.touch.DueStore;
import io.memberday.touch.QuietHours;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Batches of runs, as one tick sees them. */
final class DueBatches implements Work<Batch> {
    private static final int MOST_READ = 20_000;

    private final DueStore due;
    private final RunStore runs;
    private final Approvals approvals;
    private final QuietHours quietHours;
    private final Map<String, Optional<Run>> known = new HashMap<>();
    private final Set<DueStore.Lane> waiting = new HashSet<>();

    /**
     * @param quietHours of the store; they hold on each batch's own clock
     */
    DueBatches(DueStore due, RunStore runs, Approvals approvals, QuietHours quietHours) {
        this.due = due;
        this.runs = runs;
        this.approvals = approvals;
        this.quietHours = quietHours;
    }

    /** One has some 3 KB, and a hundred messages. */
    @Override
    public int mostRead() {
        return MOST_READ;
    }

    @Override
    public Iterator<Batch> due(int shard, Instant now) {
        return due.batches(shard, now, () -> waiting);
    }

    @Override
    public Instant dueAt(Batch batch) {
        return batch.dueAt();
    }

    /**
     * In quiet hours a batch is put off to their end in one go: a clock that met it again each
     * minute of the night would find no room for those who are awake.
     */
    @Override
    public Optional<Instant> later(Batch batch, Instant now) {
        Instant over = quietHours.in(batch.zone()).over(now);
        return over.isAfter(now) ? Optional.of(over) : Optional.empty();
    }

    /**
     * A run's batches wait while it is paused or not approved. Those of a cancelled one go to be
     * closed at once, and past the run's window they do whatever its state; and so does a batch
     * without a run, for the sender to refuse it aloud.
     */
    @Override
    public Optional<Load> load(Batch batch, Instant now) {
        Optional<Run> run =
                known.computeIfAbsent(batch.run(), id -> runs.find(id).map(approvals::decided));
        if (run.isEmpty()
                || now.isAfter(run.get().until())
                || now.isAfter(batch.until())
                || run.get().state() == Run.State.CANCELLED) {
            return Optional.of(new Load(batch.channel(), 0));
        }
        return run.get().state() == Run.State.RUNNING
                ? Optional.of(new Load(batch.channel(), batch.members().size()))
                : Optional.empty();
    }

    /**
     * The batches of a run that waits, or of a channel that is full, must not stand in the way of
     * others: a large run has more of them than a tick can read.
     */
    @Override
    public void passOver(Batch batch) {
        waiting.add(new DueStore.Lane(batch.run(), batch.channel()));
    }

    @Override
    public boolean push(Batch batch, Instant dueAt) {
        return due.push(batch, dueAt);
    }

    @Override
    public List<BusEvent> events(List<Batch> batches) {
        return batches.stream()
                .map(batch -> BusEvent.batchDue(batch.run(), batch.slice(), batch.id()))
                .toList();
    }
}
