package io.memberday.campaign;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The runs of all campaigns. */
public interface RunStore {

    /**
     * A new run.
     *
     * @param frozen campaign, templates, tiers and offers as compiled JSON
     */
    record Planned(Run run, String frozen) {}

    /**
     * Writes new runs that share one scan of the members, each with what is frozen with it: all of
     * them or none.
     *
     * @param together the first wins a member before the second
     * @return false if one of the runs is there already: then nothing is changed
     */
    boolean plan(List<Planned> together);

    /** Writes a new run that is scanned by itself. */
    default boolean plan(Run run, String frozen) {
        return plan(List.of(new Planned(run, frozen)));
    }

    /**
     * Changes a run's state if it is one of those expected: a stop that came first is not undone by
     * whoever looked before it.
     *
     * @param why in ids and codes; empty if there is nothing to say
     * @return false if the state is another by now, or there is no such run
     */
    boolean change(String id, Set<Run.State> from, Run.State to, String why);

    /** A run as it is now. */
    Optional<Run> find(String id);

    /**
     * What never changes of a run.
     *
     * @param frozen as planned
     * @param together the runs that share its scan, itself included: the first wins a member
     */
    record Plan(String frozen, List<String> together) {}

    /** How a run was planned. */
    Optional<Plan> plan(String id);

    /** What was frozen when the run was planned. */
    default Optional<String> frozen(String id) {
        return plan(id).map(Plan::frozen);
    }

    /** All runs, by id. */
    List<Run> all();
}
