package io.memberday.send;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcomes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The outcomes of one owned batch: those found, and those added, written in groups as they fill.
 */
final class OutcomeLog {
    private final BatchStore batches;
    private final Batch owned;
    private final Map<String, Outcome> known;
    private final List<Outcome> unwritten = new ArrayList<>();
    private int groups;

    OutcomeLog(BatchStore batches, Batch owned) {
        this.batches = batches;
        this.owned = owned;
        this.known = Outcomes.byMember(batches.outcomes(owned));
    }

    /** The batch's members that have no outcome yet, in the batch's sequence. */
    List<String> open() {
        return owned.members().stream().filter(id -> !known.containsKey(id)).toList();
    }

    void add(Outcome outcome) {
        known.put(outcome.memberId(), outcome);
        unwritten.add(outcome);
        if (unwritten.size() == BatchStore.GROUP) {
            write();
        }
    }

    /** Writes what is not written yet. */
    void write() {
        if (!unwritten.isEmpty()) {
            batches.record(owned, groups++, List.copyOf(unwritten));
            unwritten.clear();
        }
    }

    /** One outcome per member that has one. */
    Collection<Outcome> all() {
        return known.values();
    }
}
