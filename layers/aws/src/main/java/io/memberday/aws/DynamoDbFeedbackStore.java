package io.memberday.aws;

import io.memberday.feedback.Feedback;
import io.memberday.feedback.FeedbackStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.util.Map;
import java.util.function.Consumer;

/** Providers' reports in the table of campaign results. */
public final class DynamoDbFeedbackStore implements FeedbackStore {
    private final DynamoDbClient client;
    private final String table;

    /**
     * @param client of DynamoDB
     * @param table of campaign results
     */
    public DynamoDbFeedbackStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public void write(String run, Feedback feedback) {
        client.putItem(put -> put.tableName(table).item(FeedbackFormat.item(run, feedback)));
    }

    @Override
    public void each(String run, Consumer<Feedback> report) {
        for (int shard = 0; shard < FeedbackFormat.SHARDS; shard++) {
            String partition = FeedbackFormat.partition(run, shard);
            client.queryPaginator(
                            query ->
                                    query.tableName(table)
                                            .keyConditionExpression("pk = :pk")
                                            .expressionAttributeValues(
                                                    Map.of(":pk", RowDraft.of(partition))))
                    .items()
                    .forEach(item -> report.accept(FeedbackFormat.feedback(item)));
        }
    }
}
