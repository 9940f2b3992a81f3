package io.memberday.result;

import io.memberday.touch.Outcome;

import java.util.List;
import java.util.function.BiConsumer;

/** What was written of a run's touches. */
@FunctionalInterface
public interface OutcomeRows {

    /**
     * Hands over a slice's outcomes row by row, with the id of the batch, rows of one batch one
     * after the other and batches by their ids. A batch that was taken up twice may name a member
     * more than once.
     */
    void each(String run, int slice, BiConsumer<String, List<Outcome>> row);
}
