package io.memberday.aws;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Puts rows in one transaction if the first of them is not there yet. */
final class PutsIfAbsent {
    private final AllOrNothing transaction;
    private final String table;

    PutsIfAbsent(DynamoDbClient client, String table, Consumer<Duration> sleep) {
        this.transaction = new AllOrNothing(client, sleep);
        this.table = table;
    }

    /**
     * Writes the rows, or nothing: at most 100, together at most 4 MB.
     *
     * @param absent rows none of which may be there
     * @param beside rows that stand or fall with them
     * @return false if one is there
     */
    boolean write(
            List<Map<String, AttributeValue>> absent, List<Map<String, AttributeValue>> beside) {
        return transaction.write(
                Stream.concat(
                                absent.stream().map(item -> put(item, true)),
                                beside.stream().map(item -> put(item, false)))
                        .toList());
    }

    private TransactWriteItem put(Map<String, AttributeValue> item, boolean ifAbsent) {
        Put.Builder put = Put.builder().tableName(table).item(item);
        if (ifAbsent) {
            put.conditionExpression("attribute_not_exists(pk)");
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }
}
