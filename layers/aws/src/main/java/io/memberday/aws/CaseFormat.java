package io.memberday.aws;

import io.memberday.care.Case;
import io.memberday.care.Case.State;
import io.memberday.care.CaseId;
import io.memberday.care.CaseKind;
import io.memberday.ingest.Activity.CareCase;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Update;

import java.util.HashMap;
import java.util.Map;

/** A care case as an item of the MemberActivity table. */
public final class CaseFormat {
    /** There while the case waits: which shard of its kind. */
    public static final String SHARD = "openShard";

    /** There while the case waits: its place in its shard, the oldest first. */
    public static final String PLACE = "openAt";

    /** How the last write is called on the bus, if it is to be told there. */
    public static final String EVENT = "event";

    /** An {@link #EVENT}: a cause opened the case. */
    public static final String OPENED = "CareCaseOpened";

    /** An {@link #EVENT}: somebody closed it. */
    public static final String CLOSED = "CareCaseClosed";

    public static final String KIND = "kind";
    public static final String SUBJECT = "subject";
    public static final String REASON = "reason";
    public static final String STATE = "state";
    public static final String ASSIGNEE = "assignee";
    public static final String CLOSED_AT = "closedAt";
    public static final String RESULT = "result";
    public static final String TIMES = "times";

    private CaseFormat() {}

    public static Map<String, AttributeValue> key(CaseId id) {
        return Map.of(
                ActivityFormat.MEMBER_ID,
                RowDraft.of(id.memberId()),
                ActivityFormat.ITEM,
                RowDraft.of(id.item()));
    }

    /** Where a case that waits stands in the index. */
    static String shard(CaseId id) {
        return shard(id.kind(), Shards.of(id.memberId() + id.item(), Shards.OPEN_CASES));
    }

    /** A shard of the index by its number, such as {@code parcel#3}. */
    static String shard(CaseKind kind, int shard) {
        return kind.key() + "#" + shard;
    }

    /** Its place there: by the time of its cause; no two cases have the same. */
    static String place(CareCase opened) {
        return "%011d %s %s"
                .formatted(opened.at().getEpochSecond(), opened.memberId(), opened.item());
    }

    static AttributeValue state(State state) {
        return RowDraft.of(state.key());
    }

    /**
     * Writes a case as it is to be, if it has the version that was read. What the bus shall hear of
     * stands in the row itself: an assignment takes the last event away, so that the stream tells
     * none twice.
     */
    static Update update(String table, Case changed) {
        Map<String, String> names = new HashMap<>();
        Map<String, AttributeValue> values = new HashMap<>();
        names.put("#ver", MemberFormat.VERSION);
        names.put("#state", STATE);
        names.put("#assignee", ASSIGNEE);
        names.put("#event", EVENT);
        values.put(":read", RowDraft.of(changed.version()));
        values.put(":next", RowDraft.of(changed.version() + 1));
        values.put(":state", state(changed.state()));
        values.put(":assignee", RowDraft.of(changed.assignee().orElseThrow()));
        StringBuilder update =
                new StringBuilder("SET #ver = :next, #state = :state, #assignee = :assignee");
        if (changed.waits()) {
            update.append(" REMOVE #event");
        } else {
            names.put("#closedAt", CLOSED_AT);
            names.put("#result", RESULT);
            names.put("#shard", SHARD);
            names.put("#place", PLACE);
            values.put(":closedAt", RowDraft.of(changed.closedAt().orElseThrow()));
            values.put(":result", RowDraft.of(changed.result().orElseThrow()));
            values.put(":closed", RowDraft.of(CLOSED));
            update.append(", #closedAt = :closedAt, #result = :result, #event = :closed")
                    .append(" REMOVE #shard, #place");
        }
        return Update.builder()
                .tableName(table)
                .key(key(changed.id()))
                .updateExpression(update.toString())
                .conditionExpression("#ver = :read")
                .expressionAttributeNames(names)
                .expressionAttributeValues(values)
                .build();
    }

    public static Case read(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        return new Case(
                new CaseId(
                        row.text(ActivityFormat.MEMBER_ID),
                        CaseKind.of(row.text(KIND)),
                        row.text(SUBJECT)),
                row.time(ActivityFormat.AT),
                row.text(REASON),
                State.of(row.text(STATE)),
                row.optionalText(ASSIGNEE),
                row.optionalTime(CLOSED_AT),
                row.optionalText(RESULT),
                Math.toIntExact(row.numberOrZero(TIMES)),
                row.number(MemberFormat.VERSION));
    }
}
