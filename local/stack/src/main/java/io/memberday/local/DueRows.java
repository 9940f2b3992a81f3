package io.memberday.local;

import io.memberday.local.engine.Template;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the next row falls due that waits in a table for a schedule to look at it: the rows of the
 * indexes that the template sorts by {@code dueAt}, in epoch seconds.
 */
final class DueRows {
    private static final String DUE_AT = "dueAt";

    /** DynamoDB Local is slow without one. */
    private static final int PAGE = 1000;

    private final DynamoDbClient dynamoDb;
    private final List<Index> indexes = new ArrayList<>();

    private record Index(String table, String name) {}

    DueRows(DynamoDbClient dynamoDb, Template template) {
        this.dynamoDb = dynamoDb;
        for (Template.Resource table : template.resources("AWS::DynamoDB::Table")) {
            String tableName = template.nameOf(table.logicalId());
            if (template.resolve(table.properties().get("GlobalSecondaryIndexes"))
                    instanceof List<?> all) {
                for (Object index : all) {
                    if (index instanceof Map<?, ?> map
                            && String.valueOf(map.get("KeySchema"))
                                    .contains("AttributeName=" + DUE_AT)) {
                        indexes.add(new Index(tableName, String.valueOf(map.get("IndexName"))));
                    }
                }
            }
        }
    }

    /** The first due time after another. */
    Optional<Instant> next(Instant after) {
        return indexes.stream()
                .flatMap(index -> next(index, after).stream())
                .min(Comparator.naturalOrder());
    }

    /** Whether any is due by then; yes if there is no such index to tell it. */
    boolean areThere(Instant at) {
        return indexes.isEmpty()
                || indexes.stream().anyMatch(index -> due(index, "<=", at).findAny().isPresent());
    }

    private Optional<Instant> next(Index index, Instant after) {
        return due(index, ">", after).min(Comparator.naturalOrder());
    }

    private Stream<Instant> due(Index index, String compared, Instant to) {
        ScanRequest request =
                ScanRequest.builder()
                        .tableName(index.table())
                        .indexName(index.name())
                        .filterExpression("dueAt %s :to".formatted(compared))
                        .projectionExpression(DUE_AT)
                        .expressionAttributeValues(
                                Map.of(
                                        ":to",
                                        AttributeValue.fromN(Long.toString(to.getEpochSecond()))))
                        .limit(PAGE)
                        .build();
        return dynamoDb.scanPaginator(request).items().stream()
                .map(row -> Instant.ofEpochSecond(Long.parseLong(row.get(DUE_AT).n())));
    }
}
