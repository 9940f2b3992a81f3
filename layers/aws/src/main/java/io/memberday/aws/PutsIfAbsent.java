package io.memberday.aws;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Puts rows in one transaction if the first of them is not there yet. */
final class PutsIfAbsent {
    private final AllOrNothing transaction;
    private final String table;

    PutsIfAbsent(DynamoDbClient client, String table, Consumer<Duration> sleep) {
        this.transaction = new AllOrNothing(client, sleep);
        this.table = table;
    }

    /**
     * Writes the rows, or nothing.
     *
     * @param items at most 100, together at most 4 MB
     * @return false if the first is there
     */
    boolean write(List<Map<String, AttributeValue>> items) {
        return transaction.write(
                items.stream().map(item -> put(item, item == items.getFirst())).toList());
    }

    private TransactWriteItem put(Map<String, AttributeValue> item, boolean ifAbsent) {
        Put.Builder put = Put.builder().tableName(table).item(item);
        if (ifAbsent) {
            put.conditionExpression("attribute_not_exists(pk)");
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }
}
