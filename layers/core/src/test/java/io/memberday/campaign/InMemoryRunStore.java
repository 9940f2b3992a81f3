package io.memberday.campaign;

import io.memberday.fault.Guard;
import io.memberday.fault.Guards;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Runs in memory. */
public final class InMemoryRunStore implements RunStore {
    private final Map<String, Run> runs = new TreeMap<>();
    private final Map<String, String> frozen = new TreeMap<>();
    private final Guards guards;

    public InMemoryRunStore() {
        this(Guards.intact());
    }

    public InMemoryRunStore(Guards guards) {
        this.guards = guards;
    }

    @Override
    public synchronized boolean plan(Run run, String frozenRun) {
        if (!guards.hold(Guard.RUN_ABSENT, !runs.containsKey(run.id()))) {
            return false;
        }
        runs.put(run.id(), run);
        frozen.put(run.id(), frozenRun);
        return true;
    }

    @Override
    public synchronized Optional<Run> find(String id) {
        return Optional.ofNullable(runs.get(id));
    }

    @Override
    public synchronized Optional<String> frozen(String id) {
        return Optional.ofNullable(frozen.get(id));
    }

    @Override
    public synchronized List<Run> all() {
        return List.copyOf(runs.values());
    }

    /** Changes a run, as an operator or the sender does. */
    public synchronized void change(String id, UnaryOperator<Run> change) {
        if (runs.computeIfPresent(id, (key, run) -> change.apply(run)) == null) {
            throw new NoSuchElementException(id);
        }
    }

    /** Pauses, resumes or cancels a run. */
    public void change(String id, Run.State state) {
        change(id, run -> with(run, run.until(), state));
    }

    /** Moves the end of a run's window. */
    public void change(String id, Instant until) {
        change(id, run -> with(run, until, run.state()));
    }

    private static Run with(Run run, Instant until, Run.State state) {
        return new Run(
                run.id(),
                run.campaign(),
                run.date(),
                run.at(),
                until,
                run.slices(),
                state,
                run.budgetMicros(),
                run.committedMicros(),
                run.spentMicros());
    }
}
