package io.memberday.local.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class TemplateTablesTest {
    private static final Path TEMPLATE = Path.of("src/test/resources/shop.yaml");

    @RegisterExtension static final EmulatorExtension EMULATOR = EmulatorExtension.of(TEMPLATE);

    private final Emulator emulator;
    private final DynamoDbClient dynamoDb;
    private final TemplateTables tables;

    TemplateTablesTest(Emulator emulator, DynamoDbClient dynamoDb, TemplateTables tables) {
        this.emulator = emulator;
        this.dynamoDb = dynamoDb;
        this.tables = tables;
    }

    @Test
    void shouldCreateTablesWithTheirIndexes() {
        TableDescription orders = describe(tables.name("OrdersTable"));
        GlobalSecondaryIndexDescription byMember = orders.globalSecondaryIndexes().getFirst();

        assertEquals(List.of("order"), keys(orders));
        assertEquals("PAY_PER_REQUEST", orders.billingModeSummary().billingModeAsString());
        assertEquals("NEW_IMAGE", orders.streamSpecification().streamViewTypeAsString());
        assertEquals("byMember", byMember.indexName());
        assertEquals(
                List.of("member:HASH", "placedAt:RANGE"),
                byMember.keySchema().stream()
                        .map(key -> key.attributeName() + ":" + key.keyTypeAsString())
                        .toList());
        assertEquals(List.of("total"), byMember.projection().nonKeyAttributes());
    }

    @Test
    void shouldCreateProvisionedTablesWithLocalIndexes() {
        TableDescription ledger = describe(tables.name("LedgerTable"));
        LocalSecondaryIndexDescription byTime = ledger.localSecondaryIndexes().getFirst();

        assertEquals(List.of("member", "entry"), keys(ledger));
        assertEquals(5, ledger.provisionedThroughput().readCapacityUnits());
        assertEquals(4, ledger.provisionedThroughput().writeCapacityUnits());
        assertEquals("byTime", byTime.indexName());
        assertEquals("KEYS_ONLY", byTime.projection().projectionTypeAsString());
    }

    @Test
    void shouldEmptyTablesAtReset() {
        String orders = tables.name("OrdersTable");
        Map<String, AttributeValue> order = Map.of("order", AttributeValue.fromS("o-1"));
        dynamoDb.putItem(put -> put.tableName(orders).item(order));

        tables.reset();

        assertFalse(dynamoDb.getItem(get -> get.tableName(orders).key(order)).hasItem());
    }

    @Test
    void shouldRefuseToCreateTablesTwice() {
        assertThrows(ResourceInUseException.class, tables::createAll);
    }

    @Test
    void shouldKeepTheTablesOfTwoEmulatorsApart() {
        String orders;
        try (Emulator other = new Emulator(emulator.engines(), TEMPLATE)) {
            orders = other.table("OrdersTable");
            assertNotEquals(tables.name("OrdersTable"), orders);
            assertTrue(dynamoDb.listTables().tableNames().contains(orders));
        }
        assertThrows(ResourceNotFoundException.class, () -> describe(orders));
    }

    @Test
    void shouldGiveAFunctionTheEnvironmentThatReachesTheEngines() {
        Map<String, String> environment = emulator.environment("PlainFunction");

        assertEquals(tables.name("OrdersTable"), environment.get("ORDERS_TABLE"));
        assertEquals("us-east-1", environment.get("AWS_REGION"));
        assertTrue(environment.get("AWS_ENDPOINT_URL_DYNAMODB").startsWith("http://127.0.0.1:"));
    }

    @Nested
    class InANestedClass {
        @Test
        void shouldShareTheOuterClassesTables(Emulator inner) {
            assertEquals(emulator.table("OrdersTable"), inner.table("OrdersTable"));
        }
    }

    private TableDescription describe(String table) {
        return dynamoDb.describeTable(describe -> describe.tableName(table)).table();
    }

    private static List<String> keys(TableDescription table) {
        return table.keySchema().stream().map(key -> key.attributeName()).toList();
    }
}
