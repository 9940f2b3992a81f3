package io.memberday.local.pipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.memberday.json.Json;
import io.memberday.local.clock.Activity;
import io.memberday.local.engine.DynamoDbLocal;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

/** A table's stream as the source of events. */
class PipeTest {
    private static final Duration A_WHILE = Duration.ofSeconds(30);
    private static final String DETAIL = "{\"of\": \"<$.dynamodb.Keys.id.S>\"}";

    private final Activity activity = new Activity();
    private final List<Map<String, Object>> put = new ArrayList<>();
    private final List<String> letters = new ArrayList<>();
    private final List<Integer> calls = new ArrayList<>();

    @Test
    void shouldTellEachChangeThatIsWantedOnceAndInItsSequenceAndLookAgainWhenTold() {
        try (DynamoDbLocal engine = DynamoDbLocal.start();
                DynamoDbClient tables = engine.client();
                DynamoDbStreamsClient streams = engine.streams()) {
            make(tables);
            Pipe.Source stream = new TableStream(tables, trimmedOnce(streams), "rows");
            try (Pipe pipe = pipe(stream, this::taken, DETAIL)) {
                pipe.start();
                write(tables, "a\"1", "Opened");
                write(tables, "b", "");
                write(tables, "a\"1", "Opened");
                write(tables, "a\"1", "Closed");
                pipe.look();
                activity.awaitQuiet(A_WHILE);

                assertEquals(List.of("Opened a\"1", "Closed a\"1"), told());

                write(tables, "c", "Opened");
                pipe.look();
                activity.awaitQuiet(A_WHILE);

                assertEquals(List.of("Opened a\"1", "Closed a\"1", "Opened c"), told());

                tables.deleteTable(table -> table.tableName("rows"));
                make(tables);
                pipe.forget();
                write(tables, "d", "Opened");
                pipe.look();
                activity.awaitQuiet(A_WHILE);

                assertEquals(List.of("Opened a\"1", "Closed a\"1", "Opened c", "Opened d"), told());
                assertEquals(List.of(), letters);
            }
        }
    }

    @Test
    void shouldTryAgainWhatAloneWasRefusedAndGiveUpAfterAWhileByNamingItsPlace() {
        try (Pipe pipe =
                pipe(
                        none(),
                        entries -> taken(entries).stream().map(any -> calls.size() > 2).toList(),
                        DETAIL)) {
            pipe.take(records(3));
        }
        assertEquals(List.of(3, 3, 3), calls);
        assertEquals(List.of(), letters);

        calls.clear();
        try (Pipe pipe =
                pipe(
                        none(),
                        entries -> {
                            taken(entries);
                            return entries.stream()
                                    .map(entry -> !entry.get("Detail").toString().contains("r1"))
                                    .toList();
                        },
                        DETAIL)) {
            pipe.take(records(3));
        }
        assertEquals(List.of(3, 1, 1, 1), calls);
        assertEquals(1, letters.size());
        assertEquals(
                "1",
                Json.read(letters.getFirst())
                        .object("DDBStreamBatchInfo")
                        .text("startSequenceNumber"));
        assertEquals(
                "RetryAttemptsExhausted",
                Json.read(letters.getFirst()).object("context").text("condition"));
    }

    @Test
    void shouldPutNoMoreAtOnceThanABatchAndGiveEachUpWhereTheTargetCannotBeReached() {
        try (Pipe pipe =
                pipe(
                        none(),
                        entries -> {
                            calls.add(entries.size());
                            throw new IllegalStateException("no such bus");
                        },
                        DETAIL)) {
            pipe.take(records(12));
        }

        assertEquals(List.of(10, 10, 10, 10, 2, 2, 2, 2), calls);
        assertEquals(12, letters.size());
    }

    @Test
    void shouldRefuseAPatternOrATemplateThatItCannotRead() {
        assertThrows(
                IllegalArgumentException.class,
                () -> pipe(none(), this::taken, "{\"at\": <aws.pipes.event.ingestion-time>}"));
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        new Pipe(
                                settings("{nothing", DETAIL),
                                none(),
                                this::taken,
                                clock(),
                                activity));
    }

    private Pipe pipe(Pipe.Source stream, Pipe.Target target, String template) {
        return new Pipe(
                settings(
                        "{\"dynamodb\": {\"NewImage\": {\"event\": {\"S\": [\"Opened\","
                                + " \"Closed\"]}}}}",
                        template),
                stream,
                target,
                clock(),
                activity);
    }

    private Pipe.Settings settings(String filter, String template) {
        return new Pipe.Settings(
                "Pipe",
                "arn:pipe",
                List.of(filter),
                10,
                3,
                "bus",
                "shop",
                "$.dynamodb.NewImage.event.S",
                template,
                letters::add);
    }

    private static InstantSource clock() {
        return InstantSource.fixed(Instant.parse("2026-05-08T02:00:00Z"));
    }

    private List<Boolean> taken(List<Map<String, Object>> entries) {
        calls.add(entries.size());
        put.addAll(entries);
        return entries.stream().map(entry -> true).toList();
    }

    private List<String> told() {
        return put.stream()
                .map(
                        entry ->
                                entry.get("DetailType")
                                        + " "
                                        + Json.read(entry.get("Detail").toString()).text("of"))
                .toList();
    }

    /** What it is first to read is too old to be there. */
    private static DynamoDbStreamsClient trimmedOnce(DynamoDbStreamsClient streams) {
        AtomicBoolean trimmed = new AtomicBoolean();
        return (DynamoDbStreamsClient)
                Proxy.newProxyInstance(
                        PipeTest.class.getClassLoader(),
                        new Class<?>[] {DynamoDbStreamsClient.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("getRecords")
                                    && trimmed.compareAndSet(false, true)) {
                                throw TrimmedDataAccessException.builder().build();
                            }
                            return method.invoke(streams, arguments);
                        });
    }

    /** For records that are handed over. */
    private static Pipe.Source none() {
        return new Pipe.Source() {
            @Override
            public List<StreamRecord> next() {
                return List.of();
            }

            @Override
            public void forget() {}
        };
    }

    private static List<StreamRecord> records(int many) {
        return IntStream.range(0, many)
                .mapToObj(
                        i ->
                                new StreamRecord(
                                        "shard",
                                        Integer.toString(i),
                                        Json.write(
                                                Map.of(
                                                        "dynamodb",
                                                        Map.of(
                                                                "Keys",
                                                                Map.of("id", Map.of("S", "r" + i)),
                                                                "NewImage",
                                                                Map.of(
                                                                        "event",
                                                                        Map.of("S", "Opened")))))))
                .toList();
    }

    private static void make(DynamoDbClient tables) {
        tables.createTable(
                table ->
                        table.tableName("rows")
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(
                                        AttributeDefinition.builder()
                                                .attributeName("id")
                                                .attributeType(ScalarAttributeType.S)
                                                .build())
                                .keySchema(
                                        KeySchemaElement.builder()
                                                .attributeName("id")
                                                .keyType(KeyType.HASH)
                                                .build())
                                .streamSpecification(
                                        stream ->
                                                stream.streamEnabled(true)
                                                        .streamViewType(StreamViewType.NEW_IMAGE)));
    }

    private static void write(DynamoDbClient tables, String id, String event) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("id", AttributeValue.fromS(id));
        item.put("n", AttributeValue.fromN("1"));
        item.put("list", AttributeValue.fromL(List.of(AttributeValue.fromBool(true))));
        if (!event.isEmpty()) {
            item.put("event", AttributeValue.fromS(event));
        }
        tables.putItem(put -> put.tableName("rows").item(item));
    }
}
