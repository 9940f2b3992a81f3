package io.memberday.result;

import java.util.Optional;

/** Results as they were computed last, by run: once final, a result is never computed again. */
public interface ResultStore {

    /**
     * A result.
     *
     * @param json as {@link Report#json} wrote it
     * @param settled whether its figures cannot move any more
     */
    record Kept(String json, boolean settled) {}

    /** A run's result as it is kept. */
    Optional<Kept> find(String run);

    /**
     * Keeps a run's result in place of an earlier one.
     *
     * @return false if the one that is there is settled: it stays
     */
    boolean keep(String run, Kept result);
}
