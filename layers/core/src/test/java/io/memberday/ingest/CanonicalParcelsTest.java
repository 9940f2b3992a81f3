package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class CanonicalParcelsTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final String ARRIVED =
            """
            {"carrier": "sf", "number": 9007199254740993, "status": "arrived",
             "at": "2026-05-03T06:00:00+08:00", "city": "杭州市"}
            """;

    private final SchemaCheck schema;

    CanonicalParcelsTest() throws IOException {
        schema = new SchemaCheck("canonical-logistics.schema.json");
    }

    static Stream<Path> examples() throws IOException {
        return SchemaCheck.examples("logistics-status");
    }

    @Test
    void shouldReadOneScan() {
        Parcel parcel = CanonicalParcels.read(ARRIVED, NOW);
        Instant at = Instant.parse("2026-05-02T22:00:00Z");
        assertEquals("sf:9007199254740993", parcel.key().toString());
        assertEquals(Map.of(ParcelStatus.ARRIVED, at), parcel.statuses());
        assertEquals(new Parcel.Scan(at, "杭州市"), parcel.lastScan().orElseThrow());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldAgreeWithTheSchemaOnEveryExample(Path file) throws IOException {
        String body = Json.read(Files.readString(file)).text("body");
        assertEquals(List.of(), schema.violations(body));
        CanonicalParcels.read(body, NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "arrived"         | "ARRIVED"
                    "arrived"         | "delivered"
                    "arrived"         | 3
                    "sf"              | "S F"
                    "carrier": "sf",  | ``
                    9007199254740993  | "a b"
                    9007199254740993  | 1.5
                    +08:00"           | "
                    "city": "杭州市"    | "city": 7
                    "city"            | "town"
                    """)
    void shouldRefuseWhatTheSchemaRefuses(String good, String bad) {
        assertTrue(ARRIVED.contains(good), good);
        String body = ARRIVED.replace(good, bad);
        assertFalse(schema.violations(body).isEmpty(), body);
        assertThrows(BadInput.class, () -> CanonicalParcels.read(body, NOW));
    }

    @Test
    void shouldRefuseAScanOfTheFuture() {
        BadInput refusal =
                assertThrows(
                        BadInput.class,
                        () -> CanonicalParcels.read(ARRIVED.replace("05-03", "06-03"), NOW));
        assertEquals("at", refusal.field());
    }
}
