package io.memberday.aws;

import io.memberday.feedback.Feedback;
import io.memberday.feedback.FeedbackStore;
import io.memberday.feedback.Origin;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Providers' reports in the table of campaign results. */
public final class DynamoDbFeedbackStore implements FeedbackStore {
    private static final int AT_ONCE = 25;
    private static final int TRIES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private final DynamoDbClient client;
    private final String table;
    private final Consumer<Duration> sleep;

    /**
     * @param client of DynamoDB
     * @param table of campaign results
     */
    public DynamoDbFeedbackStore(DynamoDbClient client, String table, Consumer<Duration> sleep) {
        this.client = client;
        this.table = table;
        this.sleep = sleep;
    }

    /**
     * @throws IllegalStateException if the table did not take all of them, however often it was
     *     asked
     */
    @Override
    public void write(Origin origin, List<Feedback> reports) {
        // One request may not name a row twice, and a log may repeat a line.
        Map<String, WriteRequest> byRow = new LinkedHashMap<>();
        for (Feedback report : reports) {
            Map<String, AttributeValue> item = FeedbackFormat.item(origin, report);
            byRow.put(
                    item.get("sk").s(),
                    WriteRequest.builder().putRequest(put -> put.item(item)).build());
        }
        List<WriteRequest> all = List.copyOf(byRow.values());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            writeAll(all.subList(from, Math.min(from + AT_ONCE, all.size())));
        }
    }

    private void writeAll(List<WriteRequest> together) {
        Duration pause = FIRST_PAUSE;
        List<WriteRequest> left = together;
        for (int tries = 1; ; tries++) {
            Map<String, List<WriteRequest>> request = Map.of(table, left);
            left =
                    client.batchWriteItem(write -> write.requestItems(request))
                            .unprocessedItems()
                            .getOrDefault(table, List.of());
            if (left.isEmpty()) {
                return;
            }
            if (tries == TRIES) {
                throw new IllegalStateException(
                        "%d of %d reports were not written"
                                .formatted(left.size(), together.size()));
            }
            sleep.accept(pause);
            pause = pause.multipliedBy(2);
        }
    }

    @Override
    public void each(Origin origin, Consumer<Feedback> report) {
        for (int shard = 0; shard < FeedbackFormat.shards(origin); shard++) {
            query(FeedbackFormat.partition(origin, shard), "").forEach(report);
        }
    }

    @Override
    public List<Feedback> of(Origin origin, String messageId) {
        return messageId.isEmpty()
                ? List.of()
                : query(FeedbackFormat.partition(origin, messageId), messageId).toList();
    }

    private Stream<Feedback> query(String partition, String messageId) {
        return client
                .queryPaginator(
                        query ->
                                query.tableName(table)
                                        .keyConditionExpression("pk = :pk AND begins_with(sk, :sk)")
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":pk", RowDraft.of(partition),
                                                        ":sk",
                                                                RowDraft.of(
                                                                        FeedbackFormat.start(
                                                                                messageId)))))
                .items()
                .stream()
                .map(FeedbackFormat::feedback);
    }
}
