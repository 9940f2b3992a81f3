package io.memberday.aws;

import io.memberday.care.Case;
import io.memberday.care.Case.State;
import io.memberday.care.CaseId;
import io.memberday.care.CaseKind;
import io.memberday.ingest.Activity.CareCase;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

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
