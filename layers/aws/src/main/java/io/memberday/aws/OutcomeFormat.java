package io.memberday.aws;

import io.memberday.member.Channel;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.Locale;

/** The outcome of a service touch as a map attribute. */
public final class OutcomeFormat {
    private OutcomeFormat() {}

    public static AttributeValue value(Outcome outcome) {
        return AttributeValue.fromM(
                new RowDraft()
                        .put("m", outcome.memberId())
                        .put("s", outcome.status().key())
                        .putUnlessBlank("why", outcome.reason())
                        .put("c", outcome.channel().key())
                        .putUnlessZero("parts", outcome.parts())
                        .putUnlessZero("cost", outcome.costMicros())
                        .put("at", outcome.at())
                        .putUnlessBlank("id", outcome.messageId())
                        .putUnlessBlank("t", outcome.template())
                        .done());
    }

    /** Reads {@link #value}. */
    public static Outcome outcome(AttributeValue value) {
        Row row = new Row(value.m());
        return new Outcome(
                row.text("m"),
                Status.valueOf(row.text("s").toUpperCase(Locale.ROOT)),
                row.optionalText("why").orElse(""),
                Channel.of(row.text("c")),
                Math.toIntExact(row.numberOrZero("parts")),
                row.numberOrZero("cost"),
                row.time("at"),
                row.optionalText("id").orElse(""),
                row.optionalText("t").orElse(""));
    }
}
