package io.memberday.aws;

import static io.memberday.aws.Attributes.number;
import static io.memberday.aws.Attributes.optionalNumber;
import static io.memberday.aws.Attributes.text;
import static io.memberday.aws.Attributes.time;

import io.memberday.campaign.Run;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

/**
 * A run's row. What was frozen with it stands in a row of its own, as this one is written with each
 * batch's money and stays small.
 */
public final class RunFormat {
    /** The partition of all runs. */
    static final String RUNS = "runs";

    static final String FROZEN = "frozen";

    private RunFormat() {}

    /** The key of a run's row. */
    public static Map<String, AttributeValue> key(String run) {
        return Map.of("pk", text(RUNS), "sk", text(run));
    }

    /** The key of what was frozen with a run. */
    static Map<String, AttributeValue> frozenKey(String run) {
        return Map.of("pk", text("run#" + run), "sk", text(FROZEN));
    }

    /** The row of a run. */
    public static Map<String, AttributeValue> item(Run run) {
        Map<String, AttributeValue> item = new HashMap<>(key(run.id()));
        item.put("campaign", text(run.campaign()));
        item.put("date", text(run.date().toString()));
        item.put("at", time(run.at()));
        item.put("until", time(run.until()));
        item.put("slices", number(run.slices()));
        item.put("state", text(run.state().name()));
        run.budgetMicros().ifPresent(micros -> item.put("budget", number(micros)));
        item.put("committed", number(run.committedMicros()));
        item.put("spent", number(run.spentMicros()));
        return item;
    }

    /** Reads {@link #item}. */
    public static Run run(Map<String, AttributeValue> item) {
        return new Run(
                item.get("sk").s(),
                item.get("campaign").s(),
                LocalDate.parse(item.get("date").s()),
                time(item, "at"),
                time(item, "until"),
                Math.toIntExact(number(item, "slices")),
                Run.State.valueOf(item.get("state").s()),
                optionalNumber(item, "budget"),
                number(item, "committed"),
                number(item, "spent"));
    }
}
