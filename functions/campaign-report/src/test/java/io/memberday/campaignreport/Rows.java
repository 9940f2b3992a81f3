package io.memberday.campaignreport;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes many rows fast: groups of 25, several at a time, each until all of it is taken. */
final class Rows {
    private static final int AT_ONCE = 25;
    private static final int WRITERS = 4;

    private final DynamoDbClient client;
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    private final List<Future<?>> writing = new ArrayList<>();

    Rows(DynamoDbClient client) {
        this.client = client;
    }

    void write(String table, List<Map<String, AttributeValue>> items) {
        for (int start = 0; start < items.size(); start += AT_ONCE) {
            List<WriteRequest> group =
                    items.subList(start, Math.min(start + AT_ONCE, items.size())).stream()
                            .map(
                                    item ->
                                            WriteRequest.builder()
                                                    .putRequest(put -> put.item(item))
                                                    .build())
                            .toList();
            writing.add(writers.submit(() -> put(Map.of(table, group))));
        }
    }

    private void put(Map<String, List<WriteRequest>> group) {
        Map<String, List<WriteRequest>> rest = group;
        while (!rest.isEmpty()) {
            Map<String, List<WriteRequest>> now = rest;
            rest = client.batchWriteItem(write -> write.requestItems(now)).unprocessedItems();
        }
    }

    /** Waits for all that was written. */
    void end() throws Exception {
        for (Future<?> each : writing) {
            each.get();
        }
        writers.shutdown();
    }
}
