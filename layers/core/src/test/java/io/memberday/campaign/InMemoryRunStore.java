package io.memberday.campaign;

import io.memberday.fault.Guard;
import io.memberday.fault.Guards;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Runs in memory. */
public final class InMemoryRunStore implements RunStore {
    private final Map<String, Run> runs = new TreeMap<>();
    private final Map<String, Plan> plans = new TreeMap<>();
    private final Guards guards;

    private static final Duration A_DAY = Duration.ofDays(1);

    public InMemoryRunStore() {
        this(Guards.intact());
    }

    public InMemoryRunStore(Guards guards) {
        this.guards = guards;
    }

    @Override
    public synchronized boolean plan(List<Planned> planned) {
        List<String> ids = planned.stream().map(each -> each.run().id()).toList();
        if (!guards.hold(Guard.RUN_ABSENT, ids.stream().noneMatch(runs::containsKey))) {
            return false;
        }
        for (Planned each : planned) {
            runs.put(each.run().id(), each.run());
            plans.put(each.run().id(), new Plan(each.frozen(), ids));
        }
        return true;
    }

    @Override
    public synchronized Optional<Plan> plan(String id) {
        return Optional.ofNullable(plans.get(id))
                .map(
                        plan ->
                                guards.hold(Guard.TOGETHER, false)
                                        ? new Plan(plan.frozen(), List.of(id))
                                        : plan);
    }

    @Override
    public synchronized boolean change(String id, Set<Run.State> from, Run.State to, String why) {
        Run run = runs.get(id);
        if (run == null || !guards.hold(Guard.RUN_STATE, from.contains(run.state()))) {
            return false;
        }
        runs.put(id, run.with(to, why));
        return true;
    }

    @Override
    public synchronized Optional<Run> find(String id) {
        return Optional.ofNullable(runs.get(id))
                .map(
                        run ->
                                guards.hold(Guard.WINDOW, false)
                                        ? with(run, run.until().plus(A_DAY), run.state())
                                        : run);
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
                run.spentMicros(),
                run.why());
    }
}
