package io.memberday.campaign;

import java.util.List;
import java.util.Optional;

/** The runs of all campaigns. */
public interface RunStore {

    /**
     * Writes a new run and what is frozen with it, together.
     *
     * @param frozen campaign, templates, tiers and offers as compiled JSON
     * @return false if the run is there already: then nothing is changed
     */
    boolean plan(Run run, String frozen);

    /** A run as it is now. */
    Optional<Run> find(String id);

    /** What was frozen when the run was planned; it never changes. */
    Optional<String> frozen(String id);

    /** All runs, by id. */
    List<Run> all();
}
