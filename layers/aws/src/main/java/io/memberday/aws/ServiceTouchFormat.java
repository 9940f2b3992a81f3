package io.memberday.aws;

import io.memberday.member.Kind;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.Lease;
import io.memberday.touch.ServiceTouch.Owner;
import io.memberday.touch.ServiceTouch.State;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A service touch as a row of the CampaignResults table. */
public final class ServiceTouchFormat {
    public static final String PK = "pk";
    public static final String SK = "sk";

    /** Partition of the {@code byDue} index; a touch that has ended has none. */
    public static final String DUE_SHARD = "dueShard";

    public static final String DUE_AT = "dueAt";

    /** {@code planned}, {@code claimed} or {@code ended}. */
    public static final String STATE = "state";

    /** Of the invocation that claimed it; there once one has. */
    public static final String NONCE = "nonce";

    private static final String KIND = "kind";

    /** Of the pot from which a marketing message's money was leased, as {@code 2026-05}. */
    private static final String MONTH = "month";

    /** Micros of it. */
    private static final String LEASED = "leased";

    private static final String ROW = "touch";
    private static final String PREFIX = "touch#";

    private ServiceTouchFormat() {}

    /** The key of a touch's row; {@code id} is {@link ServiceTouch#id}. */
    public static Map<String, AttributeValue> key(String id) {
        return Map.of(PK, RowDraft.of(PREFIX + id), SK, RowDraft.of(ROW));
    }

    /** What names the index's partitions of a kind of touches; batches have others. */
    static String shards(Kind kind) {
        return kind == Kind.SERVICE ? kind.key() : "touch";
    }

    /** The partition of a touch's row and of what providers report of its messages. */
    static String partition(String touchpoint, String subject) {
        return PREFIX + touchpoint + "#" + subject;
    }

    /** The state as it stands in the row. */
    public static AttributeValue state(State state) {
        return RowDraft.of(state.name().toLowerCase(Locale.ROOT));
    }

    public static Map<String, AttributeValue> item(ServiceTouch touch) {
        RowDraft item =
                new RowDraft()
                        .put(PK, PREFIX + touch.id())
                        .put(SK, ROW)
                        .put(KIND, touch.kind().key())
                        .put("touchpoint", touch.touchpoint())
                        .put("subject", touch.subject())
                        .put("memberId", touch.memberId())
                        .put("order", touch.order())
                        .putText("parcel", touch.parcel())
                        .put("since", touch.since())
                        .put(DUE_AT, touch.dueAt())
                        .put("validUntil", touch.validUntil())
                        .putText("zone", touch.zone().map(ZoneId::getId))
                        .put(STATE, state(touch.state()))
                        .putUnlessZero("attempts", touch.attempts());
        if (touch.state() != State.ENDED) {
            item.put(DUE_SHARD, Shards.due(shards(touch.kind()), touch.id()));
        }
        touch.claim()
                .ifPresent(
                        owner -> {
                            item.put(NONCE, owner.nonce()).put("claimedUntil", owner.until());
                            owner.lease()
                                    .ifPresent(
                                            lease ->
                                                    item.put(MONTH, lease.month().toString())
                                                            .put(LEASED, lease.micros()));
                        });
        touch.outcome().ifPresent(outcome -> item.put("outcome", OutcomeFormat.value(outcome)));
        return item.done();
    }

    /** Reads {@link #item}. */
    public static ServiceTouch touch(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        return new ServiceTouch(
                Kind.of(row.text(KIND)),
                row.text("touchpoint"),
                row.text("subject"),
                row.text("memberId"),
                row.text("order"),
                row.optionalText("parcel"),
                row.time("since"),
                row.time(DUE_AT),
                row.time("validUntil"),
                row.optionalText("zone").map(ZoneId::of),
                State.valueOf(row.text(STATE).toUpperCase(Locale.ROOT)),
                row.optionalText(NONCE)
                        .map(
                                nonce ->
                                        new Owner(
                                                nonce,
                                                row.time("claimedUntil"),
                                                row.optionalText(MONTH)
                                                        .map(
                                                                month ->
                                                                        new Lease(
                                                                                YearMonth.parse(
                                                                                        month),
                                                                                row.numberOrZero(
                                                                                        LEASED))))),
                Math.toIntExact(row.numberOrZero("attempts")),
                Optional.ofNullable(item.get("outcome")).map(OutcomeFormat::outcome));
    }
}
