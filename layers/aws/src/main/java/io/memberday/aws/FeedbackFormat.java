package io.memberday.aws;

import io.memberday.feedback.Feedback;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.Map;

/** A provider's report on a run's message as a row of campaign results. */
public final class FeedbackFormat {
    /** How many partitions hold a run's reports: a provider reports as fast as it sends. */
    public static final int SHARDS = 8;

    private static final String START = "feedback#";
    private static final String LASTING = "lasting";
    private static final String AT = "at";

    private FeedbackFormat() {}

    /** The partition of a run by its number. */
    public static String partition(String run, int shard) {
        return "run#" + run + "#" + START + shard;
    }

    /** The row of a report; the same report is the same row. */
    public static Map<String, AttributeValue> item(String run, Feedback feedback) {
        String message = feedback.messageId();
        return new RowDraft()
                .put("pk", partition(run, Shards.of(message, SHARDS)))
                .put("sk", START + message + "#" + feedback.kind().key())
                .putUnlessZero(LASTING, feedback.lasting() ? 1 : 0)
                .put(AT, feedback.at())
                .done();
    }

    /** Reads {@link #item}. */
    public static Feedback feedback(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        String key = row.text("sk");
        int end = key.lastIndexOf('#');
        return new Feedback(
                key.substring(START.length(), end),
                Feedback.Kind.of(key.substring(end + 1)),
                row.numberOrZero(LASTING) > 0,
                row.time(AT));
    }
}
