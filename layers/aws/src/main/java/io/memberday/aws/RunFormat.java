package io.memberday.aws;

import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * A run's row in the CampaignResults table. What was frozen with it stands in a row of its own, as
 * this one is written with each batch's money and stays small.
 */
public final class RunFormat {
    public static final String PK = "pk";
    public static final String SK = "sk";

    /** The partition of all runs. */
    public static final String RUNS = "runs";

    /** A {@link Run.State}. */
    public static final String STATE = "state";

    /** Why the run is in its state; not there if there is nothing to say. */
    public static final String WHY = "why";

    /** The cap in micros; not there if the campaign has none. */
    public static final String BUDGET = "budget";

    /** Micros leased or spent. */
    public static final String COMMITTED = "committed";

    /** Micros spent for certain. */
    public static final String SPENT = "spent";

    private static final String FROZEN = "frozen";
    private static final String TOGETHER = "together";

    private RunFormat() {}

    /** The key of a run's row. */
    public static Map<String, AttributeValue> key(String run) {
        return Map.of(PK, RowDraft.of(RUNS), SK, RowDraft.of(run));
    }

    /** The row of a run. */
    public static Map<String, AttributeValue> item(Run run) {
        RowDraft item =
                new RowDraft()
                        .put(PK, RUNS)
                        .put(SK, run.id())
                        .put("campaign", run.campaign())
                        .put("date", run.date().toString())
                        .put("at", run.at())
                        .put("until", run.until())
                        .put("slices", run.slices())
                        .put(STATE, run.state().name())
                        .put(COMMITTED, run.committedMicros())
                        .put(SPENT, run.spentMicros());
        run.budgetMicros().ifPresent(micros -> item.put(BUDGET, micros));
        if (!run.why().isEmpty()) {
            item.put(WHY, run.why());
        }
        return item.done();
    }

    /** Reads {@link #item}. */
    public static Run run(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        return new Run(
                row.text(SK),
                row.text("campaign"),
                LocalDate.parse(row.text("date")),
                row.time("at"),
                row.time("until"),
                Math.toIntExact(row.number("slices")),
                Run.State.valueOf(row.text(STATE)),
                row.optionalNumber(BUDGET),
                row.number(COMMITTED),
                row.number(SPENT),
                row.optionalText(WHY).orElse(""));
    }

    /** The key of what was frozen with a run. */
    static Map<String, AttributeValue> frozenKey(String run) {
        return Map.of(PK, RowDraft.of("run#" + run), SK, RowDraft.of(FROZEN));
    }

    /**
     * @param together runs that share a scan; a run that is alone in its scan does not say so
     */
    static Map<String, AttributeValue> frozenItem(
            String run, String frozen, List<String> together) {
        RowDraft item = new RowDraft();
        frozenKey(run).forEach(item::put);
        return item.put(FROZEN, frozen)
                .putListUnlessEmpty(
                        TOGETHER, together.size() == 1 ? List.of() : together, RowDraft::of)
                .done();
    }

    /** Reads {@link #frozenItem}. */
    static RunStore.Plan plan(String run, Map<String, AttributeValue> item) {
        Row row = new Row(item);
        List<String> together = row.texts(TOGETHER);
        return new RunStore.Plan(row.text(FROZEN), together.isEmpty() ? List.of(run) : together);
    }
}
