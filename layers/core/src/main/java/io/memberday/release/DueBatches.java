package io.memberday.release;

import io.memberday.campaign.Batch;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.event.BusEvent;
import io.memberday.touch.DueStore;

import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Batches of runs, as one tick sees them. */
final class DueBatches implements Work<Batch> {
    private final DueStore due;
    private final RunStore runs;
    private final Map<String, Optional<Run>> known = new HashMap<>();

    DueBatches(DueStore due, RunStore runs) {
        this.due = due;
        this.runs = runs;
    }

    @Override
    public Iterator<Batch> due(int shard, Instant now) {
        return due.batches(shard, now);
    }

    @Override
    public Instant dueAt(Batch batch) {
        return batch.dueAt();
    }

    /**
     * A paused or cancelled run's batches wait. Past the run's window they go to be closed,
     * whatever its state; and so does a batch without a run, for the sender to refuse it aloud.
     */
    @Override
    public Optional<Load> load(Batch batch, Instant now) {
        Optional<Run> run = known.computeIfAbsent(batch.run(), runs::find);
        if (run.isEmpty() || now.isAfter(run.get().until())) {
            return Optional.of(new Load(batch.channel(), 0));
        }
        return run.get().state() == Run.State.RUNNING
                ? Optional.of(new Load(batch.channel(), batch.members().size()))
                : Optional.empty();
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
