package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.BadInput;
import io.memberday.json.Json;
import io.memberday.member.Attribute;
import io.memberday.member.Basket;
import io.memberday.member.Channel;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Profile.Field;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.playbook.SamplePlaybook;

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
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class CanonicalOrdersTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final CanonicalOrders ORDERS = new CanonicalOrders(SamplePlaybook.store());
    private static final String PAID =
            """
            {"event": "order.paid", "at": "2026-05-08T09:59:00+08:00", "shop": "main",
             "order": {"number": 9007199254740993, "version": 2, "currency": "CNY", "total": "129.50",
               "discount": "20.00", "postage": "10",
               "createdAt": "2026-05-08T09:00:00+08:00", "paidAt": "2026-05-08T09:59:00+08:00",
               "lines": [{"product": "A", "category": "床品", "quantity": 1, "amount": "129.5"}],
               "parcels": [{"carrier": "sf", "number": "SF1"}],
               "refunds": [{"id": 1, "amount": "0", "at": "2026-05-08T01:59:30Z"}]},
             "buyer": {"account": "acc", "phone": "13800138001", "email": "A@b.example",
               "consents": [{"channel": "sms", "kind": "marketing", "granted": true,
                 "at": "2026-05-08T09:00:00+08:00"}]}}
            """;

    @Test
    void shouldReadTheWholeOrderAndItsBuyer() {
        OrderEvent event = ORDERS.read(PAID, NOW);

        Order order = event.order().orElseThrow();
        assertEquals("memberday:main:9007199254740993", order.key().toString());
        assertEquals(12_950, order.kept().orElseThrow().minor());
        assertEquals(
                new Basket(2_000, 1_000, List.of("床品"), List.of("A")),
                order.kept().orElseThrow().basket());
        assertEquals(Instant.parse("2026-05-08T01:59:00Z"), order.at(Milestone.PAID).orElseThrow());
        assertEquals(
                List.of(
                        Identity.account("memberday", "main", "acc"),
                        Identity.phone("+8613800138001"),
                        Identity.email("a@b.example")),
                event.buyer().identities());
        assertEquals("+8613800138001", event.buyer().profile().get(Field.PHONE).orElseThrow());
        assertTrue(event.buyer().consents().allow(Channel.SMS, Kind.MARKETING));
        assertFalse(event.buyer().consents().allow(Channel.EMAIL, Kind.MARKETING));
    }

    @Test
    void shouldReadAttributesOfTheirTypes() {
        OrderEvent event =
                ORDERS.read(
                        PAID.replace(
                                "\"buyer\": {",
                                "\"buyer\": {\"attributes\": {\"size\": \"XL\", \"petAge\": 3,"
                                        + " \"vip\": true, \"skinType\": null},"),
                        NOW);
        Instant at = Instant.parse("2026-05-08T01:59:00Z");
        assertEquals(
                Map.of(
                        "size", new Attribute(Optional.of(new Attribute.Text("XL")), at),
                        "petAge", new Attribute(Optional.of(new Attribute.Whole(3)), at),
                        "vip", new Attribute(Optional.of(new Attribute.Truth(true)), at),
                        "skinType", new Attribute(Optional.empty(), at)),
                event.buyer().attributes().byName());
    }

    @Test
    void shouldSayWhichAttributeIsWrongAndHowToMendIt() {
        assertEquals(
                "buyer.attributes: must be called by a letter, then letters, digits or _, 40 at"
                        + " most, such as skinType (got: skin type)",
                refused("{\"skin type\": \"dry\"}"));
        assertEquals(
                "buyer.attributes.petAge: must be a text of 1 to 100 characters on one line, a"
                        + " whole number up to 9007199254740991, true or false; null takes it away"
                        + " (got: a number)",
                refused("{\"petAge\": 3.5}"));
        String longest = "字".repeat(100);
        assertTrue(refused("{\"size\": \"%s字\"}".formatted(longest)).startsWith("buyer.att"));
        String most =
                IntStream.range(0, 20)
                        .mapToObj(i -> "\"a%d\": \"%s\"".formatted(i, longest))
                        .collect(Collectors.joining(", ", "{", ""));
        String body =
                PAID.replace("\"buyer\": {", "\"buyer\": {\"attributes\": %s},".formatted(most));
        assertEquals(List.of(), schema.violations(body));
        assertEquals(20, ORDERS.read(body, NOW).buyer().attributes().byName().size());
        assertTrue(refused(most + ", \"more\": 1}").contains("must have 20 entries at most"));
    }

    /** Both refuse it; what we say. */
    private String refused(String attributes) {
        String body =
                PAID.replace("\"buyer\": {", "\"buyer\": {\"attributes\": " + attributes + ",");
        assertFalse(schema.violations(body).isEmpty(), "the schema takes it: " + body);
        return assertThrows(BadInput.class, () -> ORDERS.read(body, NOW)).answer();
    }

    private final SchemaCheck schema;

    CanonicalOrdersTest() throws IOException {
        schema = new SchemaCheck("canonical-webhook.schema.json");
    }

    static Stream<Path> examples() throws IOException {
        return SchemaCheck.examples("order-webhook");
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shouldAgreeWithTheSchemaOnEveryExample(Path file) throws IOException {
        String body = Json.read(Files.readString(file)).text("body");
        assertEquals(List.of(), schema.violations(body));
        ORDERS.read(body, NOW);
    }

    /** Each a replacement in a good event that makes it bad. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "order.paid"          | "order.payed"
                    "order.paid"          | "member.updated"
                    "order.paid"          | "order.shipped"
                    "order.paid"          | "order.closed"
                    "order.paid"          | "order.signed"
                    "order.paid"          | "order.confirmed"
                    "order.paid"          | 7
                    "shop": "main"        | "shop": "ma:in"
                    "shop": "main"        | "shop": ["main"]
                    9007199254740993      | "no spaces"
                    9007199254740993      | 1.5
                    9007199254740993      | true
                    "version": 2          | "version": 0
                    "version": 2          | "version": "2"
                    "version": 2          | "version": 9223372036854775808
                    "version": 2,         | ``
                    "total": "129.50"     | "total": "-1"
                    "total": "129.50"     | "total": 129.50
                    "total": "129.50"     | "total": "1e3"
                    "total": "129.50"     | "total": "1234567890"
                    "total": "129.50",    | ``
                    "paidAt"              | "payedAt"
                    T09:00:00+08:00", "p  | T09:00:00", "p
                    "quantity": 1         | "quantity": 0
                    "quantity": 1         | "quantity": -3
                    "product": "A",       | ``
                    "carrier": "sf"       | "carrier": "S F"
                    "lines": [            | "lines": 3, "x": [
                    "channel": "sms"      | "channel": "fax"
                    "granted": true       | "granted": "yes"
                    "granted": true,      | ``
                    "phone": "13800138001"| "phone": 13800138001
                    "account": "acc"      | "account": {"id": 1}
                    "buyer": {            | "buyer": {"gender": "f",
                    "buyer": {            | "buyer": {"birthday": "19-08-1996",
                    "buyer": {            | "buyer": {"country": "China",
                    "buyer": {            | "buyer": {"language": "c h",
                    "buyer": {            | "buyer": {"timezone": "Shanghai time",
                    "buyer": {            | "buyer": {"tags": [{"name": "a b", "by": "operator"}],
                    "buyer": {            | "buyer": {"tags": [{"name": "vip"}],
                    "buyer": {            | "buyer": {"tags": [{"name": "vip", "by": "anna"}],
                    "buyer": {            | "buyer": {"tags": [{"name": "vip", "by": "file:x", "set": "no"}],
                    "buyer": {            | "buyer": {"attributes": ["size"],
                    "buyer": {            | "buyer": {"attributes": {"skin type": "dry"},
                    "buyer": {            | "buyer": {"attributes": {"1size": "XL"},
                    "buyer": {            | "buyer": {"attributes": {"13800138001": "XL"},
                    "buyer": {            | "buyer": {"attributes": {"size": ""},
                    "buyer": {            | "buyer": {"attributes": {"size": ["XL"]},
                    "buyer": {            | "buyer": {"attributes": {"size": {"is": "XL"}},
                    "buyer": {            | "buyer": {"attributes": {"petAge": 3.5},
                    "buyer": {            | "buyer": {"attributes": {"petAge": 9007199254740992},
                    "buyer": {            | "buyer": {"attributes": {"petAge": -9223372036854775808},
                    "order.paid"          | "member.active"
                    """)
    void shouldRefuseWhatTheSchemaRefuses(String good, String bad) {
        assertTrue(PAID.contains(good), good);
        String body = PAID.replaceFirst(Pattern.quote(good), bad);
        assertFalse(schema.violations(body).isEmpty(), "the schema takes it: " + body);
        BadInput refusal = assertThrows(BadInput.class, () -> ORDERS.read(body, NOW));
        assertFalse(refusal.getMessage().contains("13800138001"), refusal.getMessage());
    }

    /** What a schema cannot say; the field is named. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "currency": "CNY" | "currency": "USD" | order.currency
                    "total": "129.50" | "total": "1.005"  | order.total
                    T09:59:00+08:00", "shop" | T10:06:00+08:00", "shop" | at
                    "at": "2026-05-08T01:59:30Z" | "at": "2027-01-01T00:00:00Z" | order.refunds[0].at
                    "buyer": { | "buyer": {"timezone": "Asia/Shangai", | buyer.timezone
                    "granted": true, | "granted": true, "explicit": false, "at": "2026-05-09T00:00:00Z" }, {"channel": "sms", "kind": "marketing", "granted": true, | buyer.consents[0].at
                    """)
    void shouldNameTheFieldOfWhatOnlyTheStoreCanKnow(String good, String bad, String field) {
        String plain = PAID.replace("\n", " ").replaceAll(" +", " ");
        assertTrue(plain.contains(good), good);
        BadInput refusal =
                assertThrows(BadInput.class, () -> ORDERS.read(plain.replace(good, bad), NOW));
        assertEquals(field, refusal.field());
    }
}
