package io.memberday.touch;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Resolves what was recorded about touches to one outcome each (P3). An invocation that died and
 * the one that took over may both have left a record about the same touch; whoever reads them
 * resolves them here, so that sender, results and reports see the same.
 */
public final class Outcomes {
    /** What is known for certain to have reached the provider outweighs what is not. */
    private static final List<Outcome.Status> WEIGHTIEST_FIRST =
            List.of(
                    Outcome.Status.SENT,
                    Outcome.Status.UNKNOWN,
                    Outcome.Status.FAILED,
                    Outcome.Status.SUPPRESSED);

    /** Total over all fields, so that the sequence of reading does not matter. */
    private static final Comparator<Outcome> HOLDING_FIRST =
            Comparator.<Outcome>comparingInt(outcome -> WEIGHTIEST_FIRST.indexOf(outcome.status()))
                    .thenComparing(Outcome::at)
                    .thenComparing(Outcome::messageId)
                    .thenComparing(Outcome::reason)
                    .thenComparing(Outcome::channel)
                    .thenComparing(Outcome::costMicros)
                    .thenComparing(Outcome::parts)
                    .thenComparing(Outcome::template);

    private Outcomes() {}

    /**
     * The one that holds of two records about one touch: sent, before unknown, before failed,
     * before suppressed; of two alike the earlier.
     */
    public static Outcome holding(Outcome one, Outcome other) {
        return HOLDING_FIRST.compare(one, other) <= 0 ? one : other;
    }

    /** The outcome of each member of one batch, from all of the batch's records. */
    public static Map<String, Outcome> byMember(Iterable<Outcome> recorded) {
        Map<String, Outcome> holding = new LinkedHashMap<>();
        for (Outcome outcome : recorded) {
            holding.merge(outcome.memberId(), outcome, Outcomes::holding);
        }
        return holding;
    }
}
