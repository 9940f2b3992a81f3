package io.memberday.campaign;

import io.memberday.touch.Outcome;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * Batches while they are sent. One invocation at a time owns a batch, and it owns it for longer
 * than it can live: whoever finds an owner's time run out knows that it is dead.
 */
public interface BatchStore {

    /** A batch as it is now. */
    Optional<Batch> find(String run, int slice, String id);

    /** What all runs of a calendar month have leased and spent, with the cap that is given. */
    Funds month(YearMonth month, Optional<Long> capMicros);

    /**
     * Money to be set aside when a batch is taken.
     *
     * @param micros how much more than the batch already holds
     * @param runCapMicros the run's budget
     * @param month whose pot it counts to, beside the run's
     * @param monthCapMicros that pot's cap
     */
    record Lease(
            long micros,
            Optional<Long> runCapMicros,
            YearMonth month,
            Optional<Long> monthCapMicros) {}

    /**
     * Takes a batch for sending, in one transaction: it is not done and its owner is the one that
     * was read, the run is running, and neither the run's nor the month's cap is passed by the
     * lease.
     *
     * @param read as found; its owner's time has run out
     * @param owner the new one, with what the batch holds after the lease
     * @return false if any of it no longer holds: then nothing is changed
     */
    boolean take(Batch read, Batch.Owner owner, Lease lease);

    /**
     * Takes a batch only to close it: no money is needed and the run need not be running.
     *
     * @return false if the batch is done or its owner is not the one that was read
     */
    boolean takeToClose(Batch read, Batch.Owner owner);

    /** All that was recorded about a batch's touches, by whichever owner. */
    List<Outcome> outcomes(Batch batch);

    /**
     * Records a group of outcomes. Recording the same group again changes nothing.
     *
     * @param owned the batch with its owner
     * @param group number, unique for this owner
     * @param outcomes at most {@link #GROUP}
     */
    void record(Batch owned, int group, List<Outcome> outcomes);

    /** So many outcomes are recorded in one row at most. */
    int GROUP = 25;

    /**
     * Gives a batch up before it is done, with nothing claimed that has no outcome: its owner's
     * time becomes {@link Batch.Owner#GIVEN_UP}. What it leased it keeps for the next owner.
     *
     * @param owned the batch with its owner
     * @param dueAt when the clock is to release it again
     * @return false if it is another's by now
     */
    boolean giveBack(Batch owned, Instant dueAt);

    /**
     * Closes a batch whose touches all have an outcome and returns the money that was not needed,
     * in one transaction.
     *
     * @param owned the batch with its owner
     * @param tally of its touches
     * @param month as leased from
     * @return false if it is another's by now: then nothing is changed
     */
    boolean finish(Batch owned, Tally tally, YearMonth month, Instant done);

    /** How a batch's touches ended, and what they cost. */
    record Tally(int sent, int failed, int unknown, int suppressed, long costMicros) {

        /** Counts one outcome per touch. */
        public static Tally of(Iterable<Outcome> outcomes) {
            int[] counts = new int[Outcome.Status.values().length];
            long micros = 0;
            for (Outcome outcome : outcomes) {
                counts[outcome.status().ordinal()]++;
                micros += outcome.costMicros();
            }
            return new Tally(
                    counts[Outcome.Status.SENT.ordinal()],
                    counts[Outcome.Status.FAILED.ordinal()],
                    counts[Outcome.Status.UNKNOWN.ordinal()],
                    counts[Outcome.Status.SUPPRESSED.ordinal()],
                    micros);
        }
    }
}
