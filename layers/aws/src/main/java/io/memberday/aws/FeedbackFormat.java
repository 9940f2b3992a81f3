package io.memberday.aws;

import io.memberday.feedback.Feedback;
import io.memberday.feedback.Origin;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.Map;
import java.util.Optional;

/** A provider's report on a message as a row of campaign results. */
public final class FeedbackFormat {
    /** How many partitions hold the reports: a provider reports as fast as it sends. */
    private static final int SHARDS = 8;

    private static final String START = "feedback#";
    private static final String LASTING = "lasting";
    private static final String AT = "at";
    private static final String WHY = "why";
    private static final String PARTS = "parts";
    private static final String MICRO_DOLLARS = "usd";

    private FeedbackFormat() {}

    /** How many partitions hold an origin's reports; a touch has them beside it. */
    static int shards(Origin origin) {
        return origin instanceof Origin.OfTouch ? 1 : SHARDS;
    }

    /** A partition of an origin's reports by its number. */
    static String partition(Origin origin, int shard) {
        return switch (origin) {
            case Origin.OfRun(String run) -> "run#" + run + "#" + START + shard;
            case Origin.OfSms(var day) -> START + "sms#" + day + "#" + shard;
            case Origin.OfTouch(String touchpoint, String subject) ->
                    ServiceTouchFormat.partition(touchpoint, subject);
        };
    }

    /** The partition in which a message's reports are. */
    static String partition(Origin origin, String messageId) {
        return partition(origin, Shards.of(messageId, shards(origin)));
    }

    /** What the sort keys of a message's reports begin with; without an id those of all. */
    static String start(String messageId) {
        return messageId.isEmpty() ? START : START + messageId + "#";
    }

    /** The row of a report; the same report is the same row. */
    static Map<String, AttributeValue> item(Origin origin, Feedback feedback) {
        String message = feedback.messageId();
        RowDraft item =
                new RowDraft()
                        .put("pk", partition(origin, message))
                        .put("sk", start(message) + feedback.kind().key())
                        .putUnlessZero(LASTING, feedback.lasting() ? 1 : 0)
                        .put(AT, feedback.at())
                        .putUnlessBlank(WHY, feedback.reason());
        feedback.bill()
                .ifPresent(
                        bill ->
                                item.put(PARTS, bill.parts())
                                        .put(MICRO_DOLLARS, bill.microDollars()));
        return item.done();
    }

    /** Reads {@link #item}. */
    static Feedback feedback(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        String key = row.text("sk");
        int end = key.lastIndexOf('#');
        Optional<Feedback.Bill> bill =
                row.optionalNumber(MICRO_DOLLARS)
                        .map(
                                micros ->
                                        new Feedback.Bill(
                                                Math.toIntExact(row.numberOrZero(PARTS)), micros));
        return new Feedback(
                key.substring(START.length(), end),
                Feedback.Kind.of(key.substring(end + 1)),
                row.numberOrZero(LASTING) > 0,
                row.time(AT),
                row.optionalText(WHY).orElse(""),
                bill);
    }
}
