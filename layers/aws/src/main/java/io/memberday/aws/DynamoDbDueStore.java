package io.memberday.aws;

import io.memberday.campaign.Batch;
import io.memberday.member.Kind;
import io.memberday.touch.DueStore;
import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What waits for the clock, in the {@code byDue} index of the table of campaign results. */
public final class DynamoDbDueStore implements DueStore {
    private static final String INDEX = "byDue";

    /** Rows a page: a batch has some 3 KB, and most shards have nothing due. */
    private static final int A_PAGE = 25;

    /** So many fit an expression. */
    private static final int MOST_LANES = 60;

    private static final Map<String, String> LANE =
            Map.of("#run", "run", "#channel", "channel", "#until", "until");

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
        return due(Kind.SERVICE, shard, now, Set::of).map(ServiceTouchFormat::touch).iterator();
    }

    @Override
    public Iterator<Batch> batches(int shard, Instant now, Supplier<Set<Lane>> waiting) {
        return due(Kind.MARKETING, shard, now, waiting).map(BatchFormat::batch).iterator();
    }

    @Override
    public boolean push(ServiceTouch read, Instant dueAt) {
        return push(ServiceTouchFormat.key(read.id()), read.dueAt(), dueAt);
    }

    @Override
    public boolean push(Batch read, Instant dueAt) {
        return push(BatchFormat.key(read.run(), read.slice(), read.id()), read.dueAt(), dueAt);
    }

    private Stream<Map<String, AttributeValue>> due(
            Kind kind, int shard, Instant now, Supplier<Set<Lane>> waiting) {
        return Stream.iterate(
                        page(kind, shard, now, waiting.get(), Map.of()),
                        Objects::nonNull,
                        page ->
                                page.hasLastEvaluatedKey()
                                        ? page(
                                                kind,
                                                shard,
                                                now,
                                                waiting.get(),
                                                page.lastEvaluatedKey())
                                        : null)
                .flatMap(page -> page.items().stream());
    }

    /**
     * A few rows if all are wanted. If some are left out, as many as are read at once (1 MB): what
     * is left out is read, but does not come.
     */
    private QueryResponse page(
            Kind kind,
            int shard,
            Instant now,
            Set<Lane> waiting,
            Map<String, AttributeValue> after) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":shard", RowDraft.of(Shards.due(kind.key(), shard)));
        values.put(":now", RowDraft.of(now));
        QueryRequest.Builder query =
                QueryRequest.builder()
                        .tableName(table)
                        .indexName(INDEX)
                        .keyConditionExpression("dueShard = :shard AND dueAt <= :now");
        if (!after.isEmpty()) {
            query.exclusiveStartKey(after);
        }
        if (waiting.isEmpty()) {
            query.limit(A_PAGE);
        } else {
            query.filterExpression(without(waiting, values)).expressionAttributeNames(LANE);
        }
        return client.query(query.expressionAttributeValues(values).build());
    }

    private static String without(Set<Lane> waiting, Map<String, AttributeValue> values) {
        List<String> lanes = new ArrayList<>();
        for (Lane lane : waiting) {
            if (lanes.size() == MOST_LANES) {
                break;
            }
            String run = ":run" + lanes.size();
            String channel = ":channel" + lanes.size();
            values.put(run, RowDraft.of(lane.run()));
            values.put(channel, RowDraft.of(lane.channel().key()));
            lanes.add("#run = %s AND #channel = %s".formatted(run, channel));
        }
        return "#until < :now OR NOT (%s)".formatted(String.join(" OR ", lanes));
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
