package io.memberday.aws;

import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads of several items at once, to the last one. */
final class BatchReads {
    private static final int MOST = 100;

    private final DynamoDbClient client;

    BatchReads(DynamoDbClient client) {
        this.client = client;
    }

    /** The items that there are, by strong reads. */
    Map<String, List<Map<String, AttributeValue>>> read(
            Map<String, Collection<Map<String, AttributeValue>>> keys) {
        return read(keys, true);
    }

    /**
     * The items that there are, by table, in no order.
     *
     * @param keys by table, 100 in all at most, each once
     * @param strong whether the reads see every write that was answered before them
     */
    Map<String, List<Map<String, AttributeValue>>> read(
            Map<String, Collection<Map<String, AttributeValue>>> keys, boolean strong) {
        Map<String, KeysAndAttributes> pending = new HashMap<>();
        keys.forEach(
                (table, wanted) -> {
                    if (!wanted.isEmpty()) {
                        pending.put(
                                table,
                                KeysAndAttributes.builder()
                                        .keys(wanted)
                                        .consistentRead(strong)
                                        .build());
                    }
                });
        if (pending.values().stream().mapToInt(each -> each.keys().size()).sum() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " keys");
        }
        Map<String, List<Map<String, AttributeValue>>> items = new HashMap<>();
        keys.keySet().forEach(table -> items.put(table, new ArrayList<>()));
        Map<String, KeysAndAttributes> rest = pending;
        while (!rest.isEmpty()) {
            Map<String, KeysAndAttributes> now = rest;
            BatchGetItemResponse response = client.batchGetItem(get -> get.requestItems(now));
            response.responses().forEach((table, found) -> items.get(table).addAll(found));
            rest = response.unprocessedKeys();
        }
        return items;
    }

    /** Those of the service touches that there are, by id. */
    Map<String, ServiceTouch> touches(String table, Collection<String> ids) {
        Map<String, ServiceTouch> found = new HashMap<>();
        read(Map.of(table, ids.stream().map(ServiceTouchFormat::key).toList()))
                .get(table)
                .forEach(
                        item -> {
                            ServiceTouch touch = ServiceTouchFormat.touch(item);
                            found.put(touch.id(), touch);
                        });
        return found;
    }
}
