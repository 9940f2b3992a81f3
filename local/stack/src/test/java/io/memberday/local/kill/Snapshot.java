package io.memberday.local.kill;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rows of some tables at one time, to be put back. */
final class Snapshot {
    private static final int PAGE = 1000;
    private static final int WRITES = 25;

    private final DynamoDbClient dynamoDb;
    private final Map<String, List<String>> keys;
    private final Map<String, Map<Map<String, AttributeValue>, Map<String, AttributeValue>>> rows =
            new HashMap<>();

    /**
     * @param keys each table's name and the names of its key
     */
    Snapshot(DynamoDbClient dynamoDb, Map<String, List<String>> keys) {
        this.dynamoDb = dynamoDb;
        this.keys = keys;
        keys.keySet().forEach(table -> rows.put(table, read(table)));
    }

    /** Makes the tables as they were; only what differs is written. */
    void restore() {
        rows.forEach(
                (table, then) -> {
                    List<WriteRequest> writes = new ArrayList<>();
                    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> now = read(table);
                    now.keySet().stream()
                            .filter(key -> !then.containsKey(key))
                            .map(key -> WriteRequest.builder().deleteRequest(d -> d.key(key)))
                            .map(WriteRequest.Builder::build)
                            .forEach(writes::add);
                    then.forEach(
                            (key, row) -> {
                                if (!row.equals(now.get(key))) {
                                    writes.add(
                                            WriteRequest.builder()
                                                    .putRequest(put -> put.item(row))
                                                    .build());
                                }
                            });
                    write(table, writes);
                });
    }

    private void write(String table, List<WriteRequest> writes) {
        for (int from = 0; from < writes.size(); from += WRITES) {
            List<WriteRequest> some = writes.subList(from, Math.min(writes.size(), from + WRITES));
            dynamoDb.batchWriteItem(batch -> batch.requestItems(Map.of(table, some)));
        }
    }

    private Map<Map<String, AttributeValue>, Map<String, AttributeValue>> read(String table) {
        Map<Map<String, AttributeValue>, Map<String, AttributeValue>> all = new HashMap<>();
        dynamoDb.scanPaginator(scan -> scan.tableName(table).limit(PAGE))
                .items()
                .forEach(
                        row -> {
                            Map<String, AttributeValue> key = new HashMap<>(row);
                            key.keySet().retainAll(keys.get(table));
                            all.put(key, row);
                        });
        return all;
    }
}
