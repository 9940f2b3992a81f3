package io.memberday.aws;

import static io.memberday.aws.Attributes.number;
import static io.memberday.aws.Attributes.optionalText;
import static io.memberday.aws.Attributes.optionalTime;
import static io.memberday.aws.Attributes.text;
import static io.memberday.aws.Attributes.texts;
import static io.memberday.aws.Attributes.time;

import io.memberday.campaign.Batch;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.touch.DueShard;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.HashMap;
import java.util.Map;

/**
 * A batch's row. It stands in the due index ({@code dueShard}) until it is done. {@code owner},
 * {@code ownedUntil} and {@code leased} are there while an invocation sends it.
 */
public final class BatchFormat {
    static final String START = "batch#";

    private BatchFormat() {}

    /** The key of a batch's row. */
    public static Map<String, AttributeValue> key(String run, int slice, String id) {
        return Map.of(
                "pk", text(PageFormat.partition(run, slice)),
                "sk", text(START + id));
    }

    /** The row of a batch. */
    public static Map<String, AttributeValue> item(Batch batch) {
        Map<String, AttributeValue> item =
                new HashMap<>(key(batch.run(), batch.slice(), batch.id()));
        item.put("run", text(batch.run()));
        item.put("slice", number(batch.slice()));
        item.put("batch", text(batch.id()));
        item.put("channel", text(batch.channel().key()));
        item.put("members", texts(batch.members()));
        item.put("held", texts(batch.held()));
        item.put("dueAt", time(batch.dueAt()));
        item.put("each", number(batch.eachMicros()));
        batch.owner()
                .ifPresent(
                        owner -> {
                            item.put("owner", text(owner.nonce()));
                            item.put("ownedUntil", time(owner.until()));
                            item.put("leased", number(owner.leasedMicros()));
                        });
        if (batch.done().isPresent()) {
            item.put("done", time(batch.done().get()));
        } else {
            item.put("dueShard", text(dueShard(batch)));
        }
        return item;
    }

    /** Reads {@link #item}. */
    public static Batch batch(Map<String, AttributeValue> item) {
        return new Batch(
                item.get("run").s(),
                Math.toIntExact(number(item, "slice")),
                item.get("batch").s(),
                Channel.of(item.get("channel").s()),
                texts(item, "members"),
                texts(item, "held"),
                time(item, "dueAt"),
                number(item, "each"),
                optionalText(item, "owner")
                        .map(
                                nonce ->
                                        new Batch.Owner(
                                                nonce,
                                                time(item, "ownedUntil"),
                                                number(item, "leased"))),
                optionalTime(item, "done"));
    }

    /** The key of the due index under which the batch waits. */
    static String dueShard(Batch batch) {
        return DueShard.of(
                Kind.MARKETING,
                PageFormat.partition(batch.run(), batch.slice()) + START + batch.id());
    }
}
