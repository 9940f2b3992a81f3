package io.memberday.aws;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

import java.util.Map;
import java.util.Optional;

/** Single items by strong reads. */
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
}
