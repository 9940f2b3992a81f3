package io.memberday.aws;

import io.memberday.campaign.Batch;
import io.memberday.touch.Outcome;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.List;
import java.util.Map;

/**
 * A group of outcomes as a row beside its batch: {@code outcome#<batch>#<nonce>#<group>}. The nonce
 * keeps owners of the same batch from overwriting each other's records.
 */
public final class OutcomeRowFormat {
    /** What the sort keys of all outcome rows of a slice begin with. */
    public static final String START = "outcome#";

    private static final String OUTCOMES = "outcomes";

    private OutcomeRowFormat() {}

    /** What the sort keys of one batch's outcome rows begin with. */
    public static String start(String batch) {
        return START + batch + "#";
    }

    /** The batch that an outcome row with this sort key belongs to. */
    public static String batch(String sortKey) {
        return sortKey.substring(START.length(), sortKey.indexOf('#', START.length()));
    }

    /** The row of one group. */
    public static Map<String, AttributeValue> item(
            Batch batch, String nonce, int group, List<Outcome> outcomes) {
        return new RowDraft()
                .put("pk", PageFormat.partition(batch.run(), batch.slice()))
                .put("sk", start(batch.id()) + nonce + "#" + group)
                .put(
                        OUTCOMES,
                        AttributeValue.fromL(outcomes.stream().map(OutcomeFormat::value).toList()))
                .done();
    }

    /** Reads {@link #item}. */
    public static List<Outcome> outcomes(Map<String, AttributeValue> item) {
        return new Row(item).list(OUTCOMES).stream().map(OutcomeFormat::outcome).toList();
    }
}
