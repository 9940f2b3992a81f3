package io.memberday.aws;

import io.memberday.campaign.Batch;
import io.memberday.member.Kind;
import io.memberday.touch.DueStore;
import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;

/** What waits for the clock, in the {@code byDue} index of the table of campaign results. */
public final class DynamoDbDueStore implements DueStore {
    private static final String INDEX = "byDue";

    /** Rows a page: a batch has some 3 KB, and most shards have nothing due. */
    private static final int A_PAGE = 25;

    private final DynamoDbClient client;
    private final String table;

    /**
     * @param table of campaign results
     */
    public DynamoDbDueStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public Iterator<ServiceTouch> touches(int shard, Instant now) {
        return due(Kind.SERVICE, shard, now, ServiceTouchFormat::touch);
    }

    @Override
    public Iterator<Batch> batches(int shard, Instant now) {
        return due(Kind.MARKETING, shard, now, BatchFormat::batch);
    }

    @Override
    public boolean push(ServiceTouch read, Instant dueAt) {
        return push(ServiceTouchFormat.key(read.id()), read.dueAt(), dueAt);
    }

    @Override
    public boolean push(Batch read, Instant dueAt) {
        return push(BatchFormat.key(read.run(), read.slice(), read.id()), read.dueAt(), dueAt);
    }

    private <T> Iterator<T> due(
            Kind kind, int shard, Instant now, Function<Map<String, AttributeValue>, T> read) {
        return client
                .queryPaginator(
                        query ->
                                query.tableName(table)
                                        .indexName(INDEX)
                                        .limit(A_PAGE)
                                        .keyConditionExpression(
                                                "dueShard = :shard AND dueAt <= :now")
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":shard",
                                                        RowDraft.of(Shards.due(kind.key(), shard)),
                                                        ":now",
                                                        RowDraft.of(now))))
                .items()
                .stream()
                .map(read)
                .iterator();
    }

    /** A row that has ended is in the index no more: it has no {@code dueShard}. */
    private boolean push(Map<String, AttributeValue> key, Instant read, Instant dueAt) {
        try {
            client.updateItem(
                    update ->
                            update.tableName(table)
                                    .key(key)
                                    .updateExpression("SET dueAt = :ahead")
                                    .conditionExpression(
                                            "attribute_exists(dueShard) AND dueAt = :read")
                                    .expressionAttributeValues(
                                            Map.of(
                                                    ":ahead", RowDraft.of(dueAt),
                                                    ":read", RowDraft.of(read))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
