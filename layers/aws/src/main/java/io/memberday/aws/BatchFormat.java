package io.memberday.aws;

import static io.memberday.aws.RunFormat.PK;
import static io.memberday.aws.RunFormat.SK;

import io.memberday.campaign.Batch;
import io.memberday.member.Channel;
import io.memberday.member.Kind;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.ZoneId;
import java.util.Map;

/** A batch's row in the CampaignResults table. It stands in the due index until it is done. */
public final class BatchFormat {
    /** Partition of the {@code byDue} index; a batch that is done has none. */
    public static final String DUE_SHARD = "dueShard";

    public static final String DUE_AT = "dueAt";

    /** The nonce of the invocation that sends it, while it does. */
    public static final String OWNER = "owner";

    /** When its owner is taken for dead. */
    public static final String OWNED_UNTIL = "ownedUntil";

    /** Micros set aside by its owner. */
    public static final String LEASED = "leased";

    /** When every member had an outcome. */
    public static final String DONE = "done";

    static final String MEMBERS = "members";
    static final String HELD = "held";

    /** Not there if the campaign has none. */
    private static final String VARIANT = "variant";

    /** Two or three letters a member. */
    private static final String MARKS = "marks";

    /** What each member's message is about; there for campaigns over orders only. */
    private static final String BOUGHT = "bought";

    static final String START = "batch#";

    private BatchFormat() {}

    /** The key of a batch's row. */
    public static Map<String, AttributeValue> key(String run, int slice, String id) {
        return Map.of(
                PK, RowDraft.of(PageFormat.partition(run, slice)), SK, RowDraft.of(START + id));
    }

    /** The row of a batch. */
    public static Map<String, AttributeValue> item(Batch batch) {
        String partition = PageFormat.partition(batch.run(), batch.slice());
        RowDraft item =
                new RowDraft()
                        .put(PK, partition)
                        .put(SK, START + batch.id())
                        .put("run", batch.run())
                        .put("slice", batch.slice())
                        .put("batch", batch.id())
                        .put("channel", batch.channel().key())
                        .putListUnlessEmpty(MEMBERS, batch.members(), RowDraft::of)
                        .putListUnlessEmpty(HELD, batch.held(), RowDraft::of)
                        .put(DUE_AT, batch.dueAt())
                        .put("until", batch.until())
                        .put("zone", batch.zone().getId())
                        .put("each", batch.eachMicros())
                        .putTime(DONE, batch.done())
                        .putUnlessBlank(VARIANT, batch.variant())
                        .putUnlessBlank(MARKS, batch.marks())
                        .putListUnlessEmpty(BOUGHT, batch.bought(), RowDraft::of);
        batch.owner()
                .ifPresent(
                        owner ->
                                item.put(OWNER, owner.nonce())
                                        .put(OWNED_UNTIL, owner.until())
                                        .put(LEASED, owner.leasedMicros()));
        if (batch.done().isEmpty()) {
            item.put(DUE_SHARD, Shards.due(Kind.MARKETING.key(), partition + "#" + batch.id()));
        }
        return item.done();
    }

    /** Reads {@link #item}. */
    public static Batch batch(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        return new Batch(
                row.text("run"),
                Math.toIntExact(row.number("slice")),
                row.text("batch"),
                Channel.of(row.text("channel")),
                row.texts(MEMBERS),
                row.texts(HELD),
                row.time(DUE_AT),
                row.time("until"),
                ZoneId.of(row.text("zone")),
                row.number("each"),
                row.optionalText(OWNER)
                        .map(
                                nonce ->
                                        new Batch.Owner(
                                                nonce, row.time(OWNED_UNTIL), row.number(LEASED))),
                row.optionalTime(DONE),
                row.optionalText(VARIANT).orElse(""),
                row.optionalText(MARKS).orElse(""),
                row.texts(BOUGHT));
    }
}
