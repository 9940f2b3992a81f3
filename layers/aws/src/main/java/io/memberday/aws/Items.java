package io.memberday.aws;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.Update;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Items by strong reads, and single ones written on a condition. */
final class Items {
    private Items() {}

    /** The item of a key as it is now. */
    static Optional<Map<String, AttributeValue>> find(
            DynamoDbClient client, String table, Map<String, AttributeValue> key) {
        return Optional.of(
                        client.getItem(get -> get.tableName(table).key(key).consistentRead(true)))
                .filter(GetItemResponse::hasItem)
                .map(GetItemResponse::item);
    }

    /** The items of a member's activity that begin so, one page after the other. */
    static Stream<Map<String, AttributeValue>> ofMember(
            DynamoDbClient client, String activity, String memberId, String start) {
        return beginning(
                client,
                activity,
                Map.of("#part", ActivityFormat.MEMBER_ID, "#sort", ActivityFormat.ITEM),
                memberId,
                start);
    }

    /** The items of a partition of the results that begin so, one page after the other. */
    static Stream<Map<String, AttributeValue>> ofResults(
            DynamoDbClient client, String results, String partition, String start) {
        return beginning(
                client,
                results,
                Map.of("#part", RunFormat.PK, "#sort", RunFormat.SK),
                partition,
                start);
    }

    private static Stream<Map<String, AttributeValue>> beginning(
            DynamoDbClient client,
            String table,
            Map<String, String> key,
            String partition,
            String start) {
        return client
                .queryPaginator(
                        query ->
                                query.tableName(table)
                                        .consistentRead(true)
                                        .keyConditionExpression(
                                                "#part = :part AND begins_with(#sort, :start)")
                                        .expressionAttributeNames(key)
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":part", RowDraft.of(partition),
                                                        ":start", RowDraft.of(start))))
                .items()
                .stream();
    }

    /**
     * Changes one item alone.
     *
     * @return false if the condition does not hold: nothing is written
     */
    static boolean update(DynamoDbClient client, Update update) {
        try {
            client.updateItem(
                    request ->
                            request.tableName(update.tableName())
                                    .key(update.key())
                                    .updateExpression(update.updateExpression())
                                    .conditionExpression(update.conditionExpression())
                                    .expressionAttributeNames(update.expressionAttributeNames())
                                    .expressionAttributeValues(update.expressionAttributeValues()));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
