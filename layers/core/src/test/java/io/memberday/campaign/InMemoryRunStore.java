package io.memberday.campaign;

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

    @Override
    public synchronized boolean plan(Run run, String frozenRun) {
        if (runs.putIfAbsent(run.id(), run) != null) {
            return false;
        }
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
}
