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
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What waits for the clock, in the {@code byDue} index of the table of campaign results. */
public final class DynamoDbDueStore implements DueStore {
    private static final String INDEX = "byDue";

    /** Rows a page: a batch has some 3 KB, and most shards have nothing due. */
    private static final int A_PAGE = 25;

    /** One has some 400 bytes, and in a rush each shard has hundreds. */
    private static final int A_PAGE_OF_TOUCHES = 100;

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
    public Iterator<ServiceTouch> touches(
            Kind kind, int shard, Instant now, Supplier<Set<String>> waiting) {
        return due(
                        shard(ServiceTouchFormat.shards(kind), shard, now),
                        A_PAGE_OF_TOUCHES,
                        query -> withoutTouchpoints(query, waiting.get()),
                        ServiceTouchFormat::touch)
                .iterator();
    }

    @Override
    public Iterator<Batch> batches(int shard, Instant now, Supplier<Set<Lane>> waiting) {
        return due(
                        shard(Kind.MARKETING.key(), shard, now),
                        A_PAGE,
                        query -> withoutLanes(query, waiting.get()),
                        BatchFormat::batch)
                .iterator();
    }

    @Override
    public boolean push(ServiceTouch read, Instant dueAt) {
        return push(ServiceTouchFormat.key(read.id()), read.dueAt(), dueAt);
    }

    @Override
    public boolean push(Batch read, Instant dueAt) {
        return push(BatchFormat.key(read.run(), read.slice(), read.id()), read.dueAt(), dueAt);
    }

    /** What is asked of a shard, and with which values. */
    private static Map<String, AttributeValue> shard(String rows, int shard, Instant now) {
        return Map.of(":shard", RowDraft.of(Shards.due(rows, shard)), ":now", RowDraft.of(now));
    }

    /** Leaves something out of a query, of which it knows the values; nothing if all is wanted. */
    @FunctionalInterface
    private interface Without {
        Optional<QueryRequest.Builder> from(Asked asked);
    }

    /** A query, and what stands in it. */
    private record Asked(QueryRequest.Builder query, Map<String, AttributeValue> values) {
        /** Rows past their window or validity come whatever is left out. */
        Optional<QueryRequest.Builder> filter(
                String until, String others, Map<String, String> names) {
            return Optional.of(
                    query.filterExpression("%s < :now OR NOT (%s)".formatted(until, others))
                            .expressionAttributeNames(names));
        }
    }

    /**
     * A page's rows are read out of it at once: a page of each shard is held, and as what the SDK
     * makes of it, it is many times as large.
     */
    private <T> Stream<T> due(
            Map<String, AttributeValue> shard,
            int size,
            Without without,
            Function<Map<String, AttributeValue>, T> format) {
        return Stream.iterate(
                        read(page(shard, size, without, Map.of()), format),
                        Objects::nonNull,
                        page ->
                                page.next().isEmpty()
                                        ? null
                                        : read(page(shard, size, without, page.next()), format))
                .flatMap(page -> page.rows().stream());
    }

    /**
     * @param next from where the next page goes on; empty if there is none
     */
    private record Rows<T>(List<T> rows, Map<String, AttributeValue> next) {}

    private static <T> Rows<T> read(
            QueryResponse page, Function<Map<String, AttributeValue>, T> format) {
        return new Rows<>(
                page.items().stream().map(format).toList(),
                page.hasLastEvaluatedKey() ? page.lastEvaluatedKey() : Map.of());
    }

    /**
     * A few rows if all are wanted. If some are left out, as many as are read at once (1 MB): what
     * is left out is read, but does not come.
     */
    private QueryResponse page(
            Map<String, AttributeValue> shard,
            int size,
            Without without,
            Map<String, AttributeValue> after) {
        Asked asked = new Asked(QueryRequest.builder(), new HashMap<>(shard));
        if (without.from(asked).isEmpty()) {
            asked.query().limit(size);
        }
        if (!after.isEmpty()) {
            asked.query().exclusiveStartKey(after);
        }
        return client.query(
                asked.query()
                        .tableName(table)
                        .indexName(INDEX)
                        .keyConditionExpression("dueShard = :shard AND dueAt <= :now")
                        .expressionAttributeValues(asked.values())
                        .build());
    }

    private static Optional<QueryRequest.Builder> withoutTouchpoints(
            Asked asked, Set<String> waiting) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        waiting.stream()
                .limit(MOST_LANES)
                .forEach(
                        touchpoint -> {
                            names.add(":touchpoint" + names.size());
                            asked.values().put(names.getLast(), RowDraft.of(touchpoint));
                        });
        return asked.filter(
                "validUntil",
                "#touchpoint IN (%s)".formatted(String.join(", ", names)),
                Map.of("#touchpoint", "touchpoint"));
    }

    private static Optional<QueryRequest.Builder> withoutLanes(Asked asked, Set<Lane> waiting) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        List<String> lanes = new ArrayList<>();
        waiting.stream()
                .limit(MOST_LANES)
                .forEach(
                        lane -> {
                            String run = ":run" + lanes.size();
                            String channel = ":channel" + lanes.size();
                            asked.values().put(run, RowDraft.of(lane.run()));
                            asked.values().put(channel, RowDraft.of(lane.channel().key()));
                            lanes.add("#run = %s AND #channel = %s".formatted(run, channel));
                        });
        return asked.filter("#until", String.join(" OR ", lanes), LANE);
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
