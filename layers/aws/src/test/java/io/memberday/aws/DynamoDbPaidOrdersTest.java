package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.InMemoryOrderIndex;
import io.memberday.ingest.OrderRow;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.order.Order;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The orders of a paid day on emulated tables. */
@ExtendWith(EmulatorExtension.class)
class DynamoDbPaidOrdersTest {
    private final Emulator emulator;

    DynamoDbPaidOrdersTest(Emulator emulator) {
        this.emulator = emulator;
    }

    @BeforeEach
    void empty() {
        emulator.tables().reset();
    }

    @Test
    void shouldHandOverEveryOrderOfAPaidDayInTheStoresZoneAndOfAMember() {
        // Given: orders around both ends of the day, on all shards, of two members and of nobody
        ZoneId zone = ZoneId.of("Asia/Shanghai");
        Instant start = Instant.parse("2026-11-10T16:00:00Z");
        Map<String, Order> ofTheDay = new HashMap<>();
        Set<Integer> shards = new HashSet<>();
        for (int i = -3; i < 51; i++) {
            Order order = InMemoryOrderIndex.order("n" + i, start.plusSeconds(1_800L * i), 100);
            put(order, i % 5 == 0 ? Optional.empty() : Optional.of("m" + i % 2), zone);
            if (i >= 0 && i < 48 && i % 5 != 0) {
                ofTheDay.put(order.key().toString(), order);
                shards.add(Shards.of(order.key().toString(), Shards.PAID_DAY));
            }
        }
        DynamoDbPaidOrders orders =
                new DynamoDbPaidOrders(emulator.dynamoDb(), emulator.table("OrdersTable"));

        // When
        Map<String, Order> found = new HashMap<>();
        orders.paidOn(
                LocalDate.parse("2026-11-11"),
                (member, order) -> {
                    assertEquals(null, found.put(order.key().toString(), order));
                    assertTrue(Set.of("m0", "m1", "m-1").contains(member), member);
                });

        // Then
        assertEquals(ofTheDay, found);
        assertTrue(shards.size() > 4, shards.toString());
        assertEquals(
                Set.of("n6", "n8", "n12"),
                orders.of("m0").stream()
                        .map(order -> order.key().number())
                        .filter(Set.of("n6", "n8", "n10", "n12", "n7")::contains)
                        .collect(Collectors.toSet()));
        assertEquals(List.of(), orders.of("m9"));
    }

    @Test
    void shouldFailRatherThanHandOverSomeOfADaysOrders() {
        // Given: the second page of the first shard cannot be read
        Order order = InMemoryOrderIndex.order("1", Instant.parse("2026-11-11T02:00:00Z"), 100);
        put(order, Optional.of("m1"), ZoneId.of("Asia/Shanghai"));
        byte[] first =
                """
                {"Count":0,"Items":[],"ScannedCount":0,
                 "LastEvaluatedKey":{"id":{"S":"order#a"},"paidDay":{"S":"2026-11-11#0"}}}
                """
                        .getBytes(StandardCharsets.UTF_8);
        byte[] refused =
                """
                {"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}
                """
                        .getBytes(StandardCharsets.UTF_8);
        CannedHttp http = new CannedHttp().then(200, Map.of(), first).then(400, Map.of(), refused);
        DynamoDbPaidOrders orders =
                new DynamoDbPaidOrders(
                        DynamoDbClient.builder()
                                .httpClient(http)
                                .region(Region.US_EAST_1)
                                .credentialsProvider(
                                        StaticCredentialsProvider.create(
                                                AwsBasicCredentials.create("key", "secret")))
                                .build(),
                        "Orders");

        // Then
        assertThrows(
                DynamoDbException.class,
                () -> orders.paidOn(LocalDate.parse("2026-11-11"), (member, one) -> {}));
        assertEquals(2, http.calls());
    }

    private void put(Order order, Optional<String> member, ZoneId zone) {
        emulator.dynamoDb()
                .putItem(
                        put ->
                                put.tableName(emulator.table("OrdersTable"))
                                        .item(
                                                OrderFormat.item(
                                                        new OrderRow(order, 1, member, 0, 0),
                                                        zone)));
    }
}
