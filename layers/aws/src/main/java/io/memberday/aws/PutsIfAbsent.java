package io.memberday.aws;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

import java.util.List;
import java.util.Map;

/**
 * One transaction that puts rows if the first of them is not there yet. The SDK gives each call a
 * token and repeats it with the call, so that a write whose answer was lost is not mistaken for
 * another's.
 */
final class PutsIfAbsent {
    private PutsIfAbsent() {}

    /**
     * @param items at most 100, together at most 4 MB
     */
    static TransactWriteItemsRequest of(String table, List<Map<String, AttributeValue>> items) {
        return TransactWriteItemsRequest.builder()
                .transactItems(
                        items.stream()
                                .map(item -> put(table, item, item == items.getFirst()))
                                .toList())
                .build();
    }

    /** Whether the transaction was refused because the first row is there. */
    static boolean found(TransactionCanceledException refused) {
        return refused.hasCancellationReasons()
                && "ConditionalCheckFailed".equals(refused.cancellationReasons().getFirst().code());
    }

    private static TransactWriteItem put(
            String table, Map<String, AttributeValue> item, boolean ifAbsent) {
        Put.Builder put = Put.builder().tableName(table).item(item);
        if (ifAbsent) {
            put.conditionExpression("attribute_not_exists(pk)");
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }
}
