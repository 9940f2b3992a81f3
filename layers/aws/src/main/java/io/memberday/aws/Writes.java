package io.memberday.aws;

import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The items of webhooks' transactions, each with the condition that it rests on. */
final class Writes {
    private static final String CONDITION = "ConditionalCheckFailed";
    private static final String RIVAL = "TransactionConflict";

    /** Reasons of a cancelled transaction after which a new look helps. */
    private static final Set<String> PASSING = Set.of("None", CONDITION, RIVAL);

    private static final String UNWRITTEN = "attribute_not_exists(#ver)";
    private static final String AS_READ = "#ver = :read";
    private static final String PLANNED = "#state = :planned";
    private static final Map<String, String> STATE_NAME =
            Map.of("#state", ServiceTouchFormat.STATE);
    private static final Map<String, AttributeValue> IS_PLANNED =
            Map.of(":planned", ServiceTouchFormat.state(State.PLANNED));

    private Writes() {}

    /** Puts a row with a version one above the one read, if it still has that one. */
    static TransactWriteItem put(String table, Map<String, AttributeValue> item, long read) {
        Map<String, AttributeValue> raised = new HashMap<>(item);
        raised.put(MemberFormat.VERSION, RowDraft.of(read + 1));
        return TransactWriteItem.builder()
                .put(
                        put ->
                                put.tableName(table)
                                        .item(raised)
                                        .conditionExpression(read == 0 ? UNWRITTEN : AS_READ)
                                        .expressionAttributeNames(
                                                Map.of("#ver", MemberFormat.VERSION))
                                        .expressionAttributeValues(values(read)))
                .build();
    }

    /** Nothing is written if the row has another version than the one read. */
    static TransactWriteItem check(String table, Map<String, AttributeValue> key, long read) {
        return TransactWriteItem.builder()
                .conditionCheck(
                        check ->
                                check.tableName(table)
                                        .key(key)
                                        .conditionExpression(read == 0 ? UNWRITTEN : AS_READ)
                                        .expressionAttributeNames(
                                                Map.of("#ver", MemberFormat.VERSION))
                                        .expressionAttributeValues(values(read)))
                .build();
    }

    private static @Nullable Map<String, AttributeValue> values(long read) {
        return read == 0 ? null : Map.of(":read", RowDraft.of(read));
    }

    /** Puts a row whose key names its cause. */
    static TransactWriteItem put(String table, Map<String, AttributeValue> item) {
        return TransactWriteItem.builder().put(put -> put.tableName(table).item(item)).build();
    }

    /** Puts a touch, if there is none of its id. */
    static TransactWriteItem plan(String table, ServiceTouch touch) {
        return TransactWriteItem.builder()
                .put(
                        put ->
                                put.tableName(table)
                                        .item(ServiceTouchFormat.item(touch))
                                        .conditionExpression("attribute_not_exists(#pk)")
                                        .expressionAttributeNames(
                                                Map.of("#pk", ServiceTouchFormat.PK)))
                .build();
    }

    /** Puts a touch anew, if nobody claimed it yet. */
    static TransactWriteItem move(String table, ServiceTouch touch) {
        return TransactWriteItem.builder()
                .put(
                        put ->
                                put.tableName(table)
                                        .item(ServiceTouchFormat.item(touch))
                                        .conditionExpression(PLANNED)
                                        .expressionAttributeNames(STATE_NAME)
                                        .expressionAttributeValues(IS_PLANNED))
                .build();
    }

    /** Deletes a touch, if nobody claimed it yet. */
    static TransactWriteItem drop(String table, ServiceTouch touch) {
        return TransactWriteItem.builder()
                .delete(
                        delete ->
                                delete.tableName(table)
                                        .key(ServiceTouchFormat.key(touch.id()))
                                        .conditionExpression(PLANNED)
                                        .expressionAttributeNames(STATE_NAME)
                                        .expressionAttributeValues(IS_PLANNED))
                .build();
    }

    /**
     * Writes all or none.
     *
     * @throws Conflict if a condition did not hold or another transaction was under way
     */
    static void commit(DynamoDbClient client, List<TransactWriteItem> items) throws Conflict {
        commit(client, items, List.of());
    }

    /**
     * Writes all or none, but for care cases that need not be opened: those are left out.
     *
     * @param cases from {@link ActivityWrites#cases}: of each either all or nothing
     * @throws Conflict if another condition did not hold or another transaction was under way
     */
    static void commit(
            DynamoDbClient client,
            List<TransactWriteItem> items,
            List<List<TransactWriteItem>> cases)
            throws Conflict {
        List<TransactWriteItem> all = new ArrayList<>(items);
        cases.forEach(all::addAll);
        if (all.isEmpty()) {
            // All that there was to write is a case that there is already.
            return;
        }
        try {
            client.transactWriteItems(write -> write.transactItems(all));
        } catch (TransactionInProgressException _) {
            throw new Conflict("an earlier try is still under way");
        } catch (TransactionCanceledException e) {
            List<String> reasons =
                    e.cancellationReasons().stream().map(CancellationReason::code).toList();
            if (!reasons.stream().allMatch(PASSING::contains)) {
                throw e;
            }
            List<List<TransactWriteItem>> left = new ArrayList<>();
            int from = items.size();
            for (List<TransactWriteItem> opening : cases) {
                if (!reasons.subList(from, from + opening.size()).contains(CONDITION)) {
                    left.add(opening);
                }
                from += opening.size();
            }
            boolean others =
                    reasons.subList(0, items.size()).contains(CONDITION) || reasons.contains(RIVAL);
            if (others || left.size() == cases.size()) {
                throw new Conflict("a row has changed");
            }
            commit(client, items, left);
        }
    }
}
