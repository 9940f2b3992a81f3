package io.memberday.aws;

import io.memberday.care.Case.State;
import io.memberday.care.CaseId;
import io.memberday.ingest.Activity;
import io.memberday.ingest.Activity.CareCase;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Rows of activity as items of the transaction of their cause. */
final class ActivityWrites {
    private static final String OPEN =
            "SET #at = :at, #kind = :kind, #subject = :subject, #reason = :reason,"
                    + " #state = :open, #event = :opened, #shard = :shard, #place = :place,"
                    + " #times = if_not_exists(#times, :none) + :one,"
                    + " #ver = if_not_exists(#ver, :none) + :one REMOVE #assignee";

    private static final String NO_CASE_OR_CLOSED_BEFORE =
            "attribute_not_exists(#state) OR (#state = :closed AND #closedAt < :at)";

    private ActivityWrites() {}

    /** All but care cases: each is put over what stands there. */
    static List<TransactWriteItem> rows(String table, Collection<? extends Activity> rows) {
        return rows.stream()
                .filter(row -> !(row instanceof CareCase))
                .map(row -> Writes.put(table, ActivityFormat.item(row)))
                .toList();
    }

    /**
     * Care cases: each only where its cause has none, or one closed before it occurred anew, under
     * whichever id it may stand.
     *
     * @return for each what is to be written together or not at all
     */
    static List<List<TransactWriteItem>> cases(String table, Collection<? extends Activity> rows) {
        return rows.stream()
                .filter(CareCase.class::isInstance)
                .map(CareCase.class::cast)
                .map(
                        opened ->
                                Stream.concat(
                                                Stream.of(open(table, opened)),
                                                opened.others().stream()
                                                        .map(id -> free(table, id, opened)))
                                        .toList())
                .toList();
    }

    private static TransactWriteItem free(String table, CaseId other, CareCase opened) {
        return TransactWriteItem.builder()
                .conditionCheck(
                        check ->
                                check.tableName(table)
                                        .key(CaseFormat.key(other))
                                        .conditionExpression(NO_CASE_OR_CLOSED_BEFORE)
                                        .expressionAttributeNames(
                                                Map.of(
                                                        "#state", CaseFormat.STATE,
                                                        "#closedAt", CaseFormat.CLOSED_AT))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":closed", CaseFormat.state(State.CLOSED),
                                                        ":at", RowDraft.of(opened.at()))))
                .build();
    }

    private static TransactWriteItem open(String table, CareCase opened) {
        Map<String, String> names = new HashMap<>();
        names.put("#at", ActivityFormat.AT);
        names.put("#kind", CaseFormat.KIND);
        names.put("#subject", CaseFormat.SUBJECT);
        names.put("#reason", CaseFormat.REASON);
        names.put("#state", CaseFormat.STATE);
        names.put("#event", CaseFormat.EVENT);
        names.put("#shard", CaseFormat.SHARD);
        names.put("#place", CaseFormat.PLACE);
        names.put("#times", CaseFormat.TIMES);
        names.put("#ver", MemberFormat.VERSION);
        names.put("#assignee", CaseFormat.ASSIGNEE);
        names.put("#closedAt", CaseFormat.CLOSED_AT);
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":at", RowDraft.of(opened.at()));
        values.put(":kind", RowDraft.of(opened.kind()));
        values.put(":subject", RowDraft.of(opened.subject()));
        values.put(":reason", RowDraft.of(opened.reason()));
        values.put(":open", CaseFormat.state(State.OPEN));
        values.put(":closed", CaseFormat.state(State.CLOSED));
        values.put(":opened", RowDraft.of(CaseFormat.OPENED));
        values.put(":shard", RowDraft.of(CaseFormat.shard(opened.id())));
        values.put(":place", RowDraft.of(CaseFormat.place(opened)));
        values.put(":none", RowDraft.of(0));
        values.put(":one", RowDraft.of(1));
        return TransactWriteItem.builder()
                .update(
                        update ->
                                update.tableName(table)
                                        .key(ActivityFormat.key(opened))
                                        .updateExpression(OPEN)
                                        .conditionExpression(NO_CASE_OR_CLOSED_BEFORE)
                                        .expressionAttributeNames(names)
                                        .expressionAttributeValues(values))
                .build();
    }
}
