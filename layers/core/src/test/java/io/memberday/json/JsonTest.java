package io.memberday.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

class JsonTest {

    @Test
    void shouldKeepIdsBeyondTwoToTheFiftyThirdExact() {
        Fields fields = Json.read("{\"id\": 820982911946154508, \"big\": 98765432109876543210}");

        assertEquals("820982911946154508", fields.id("id"));
        assertEquals("98765432109876543210", fields.id("big"));
    }

    @Test
    void shouldKeepDecimalsExact() {
        Fields fields = Json.read("{\"a\": 0.1, \"b\": \"404.95\"}");

        assertEquals(new BigDecimal("0.1"), fields.optionalDecimal("a").orElseThrow());
        assertEquals(new BigDecimal("404.95"), fields.optionalDecimal("b").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "7", "{", "{} {}", "{\"a\":1,\"a\":2}", "webhook_id=7", "null"})
    void shouldRefuseWhatIsNotOneObject(String text) {
        BadInput refusal = assertThrows(BadInput.class, () -> Json.read(text));

        assertEquals("body", refusal.field());
    }

    @Test
    void shouldNameTheFieldAndTheMendAndTellTheValueToTheSenderOnly() {
        Fields order = Json.read("{\"order\": {\"lines\": [{\"quantity\": -2}]}}").object("order");

        BadInput refusal =
                assertThrows(
                        BadInput.class,
                        () -> order.objects("lines").getFirst().whole("quantity", 1, 100));

        assertEquals("order.lines[0].quantity", refusal.field());
        assertFalse(refusal.getMessage().contains("-2"), "the log must not hold the value");
        assertTrue(refusal.answer().contains("-2"), refusal.answer());
        assertTrue(refusal.answer().contains("from 1 to 100"), refusal.answer());
    }

    @Test
    void shouldShowNothingOfAPersonToTheSenderEither() {
        for (String field :
                List.of("buyer", "buyer.phone", "buyer.attributes.size", "buyer.name", "body")) {
            String answer = new BadInput(field, "13800138001", "must be text").answer();
            assertEquals(field + ": must be text (got: text of 11 characters)", answer);
        }
        for (String field : List.of("order.total", "buyer.consents[0].channel", "buyer.country")) {
            assertTrue(new BadInput(field, "fax", "no").answer().endsWith("(got: fax)"), field);
        }
    }

    @Test
    void shouldSayWhereJsonBreaks() {
        BadInput cut = assertThrows(BadInput.class, () -> Json.read("{\"a\": 1,\n \"b\"  2}"));
        assertTrue(cut.getMessage().contains("line 2, column 7"), cut.getMessage());
        BadInput twice = assertThrows(BadInput.class, () -> Json.read("{\"a\":1,\"a\":2}"));
        assertTrue(twice.getMessage().endsWith("twice"), twice.getMessage());
    }

    @Test
    void shouldAskForAnOffsetWhereATimeHasNone() {
        Fields fields =
                Json.read("{\"at\": \"2026-05-08T10:00:00\", \"ok\": \"2026-05-08T10:00+08:00\"}");

        assertThrows(BadInput.class, () -> fields.time("at"));
        assertEquals(Instant.parse("2026-05-08T02:00:00Z"), fields.time("ok"));
    }

    @Test
    void shouldTreatNullAsAbsent() {
        Fields fields = Json.read("{\"phone\": null, \"tags\": null}");

        assertFalse(fields.has("phone"));
        assertTrue(fields.optionalText("phone").isEmpty());
        assertEquals(List.of(), fields.texts("tags"));
    }

    @Test
    void shouldRefuseAnotherTypeThanAskedFor() {
        Fields fields = Json.read("{\"a\": true, \"b\": [1], \"c\": {}}");

        assertThrows(BadInput.class, () -> fields.text("a"));
        assertThrows(BadInput.class, () -> fields.texts("b"));
        assertThrows(BadInput.class, () -> fields.objects("b"));
        assertThrows(BadInput.class, () -> fields.id("c"));
        assertThrows(BadInput.class, () -> fields.optionalTruth("c"));
        assertThrows(BadInput.class, () -> fields.object("a"));
        assertThrows(BadInput.class, () -> fields.list("c"));
    }
}
