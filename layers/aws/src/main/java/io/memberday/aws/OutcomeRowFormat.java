package io.memberday.aws;

import io.memberday.campaign.Batch;
import io.memberday.member.Channel;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A group of outcomes as a row beside its batch: {@code outcome#<batch>#<nonce>#<group>}. The nonce
 * keeps owners of the same batch from overwriting each other's records. Each outcome is one text,
 * as a million messages have a million of them: as attributes they would take three times the bytes
 * to write and the processor time to sign.
 */
public final class OutcomeRowFormat {
    /** What the sort keys of all outcome rows of a slice begin with. */
    public static final String START = "outcome#";

    private static final String OUTCOMES = "outcomes";
    private static final String BETWEEN = "\t";
    private static final int FIELDS = 9;

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
                        AttributeValue.fromL(
                                outcomes.stream().map(OutcomeRowFormat::text).toList()))
                .done();
    }

    /** Reads {@link #item}. */
    public static List<Outcome> outcomes(Map<String, AttributeValue> item) {
        return new Row(item).texts(OUTCOMES).stream().map(OutcomeRowFormat::outcome).toList();
    }

    private static AttributeValue text(Outcome outcome) {
        return RowDraft.of(
                outcome.memberId()
                        + BETWEEN
                        + outcome.status().key()
                        + BETWEEN
                        + outcome.channel().key()
                        + BETWEEN
                        + outcome.parts()
                        + BETWEEN
                        + outcome.costMicros()
                        + BETWEEN
                        + outcome.at().getEpochSecond()
                        + BETWEEN
                        + outcome.template()
                        + BETWEEN
                        + field(outcome.reason())
                        + BETWEEN
                        + field(outcome.messageId()));
    }

    /** What a provider said: on its own in any case. */
    private static String field(String said) {
        return said.replace(BETWEEN, " ");
    }

    private static Outcome outcome(String text) {
        String[] fields = text.split(BETWEEN, FIELDS);
        return new Outcome(
                fields[0],
                Status.valueOf(fields[1].toUpperCase(Locale.ROOT)),
                fields[7],
                Channel.of(fields[2]),
                Integer.parseInt(fields[3]),
                Long.parseLong(fields[4]),
                Instant.ofEpochSecond(Long.parseLong(fields[5])),
                fields[8],
                fields[6]);
    }
}
