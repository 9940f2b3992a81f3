package io.memberday.orderwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import io.memberday.ingest.ForwardingIngestStore;
import io.memberday.ingest.Signatures;
import io.memberday.member.Act;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.member.Tag;
import io.memberday.order.Reply;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Webhooks from outside: a signed HTTP event in, rows and an answer out. */
class OrderWebhookLambdaTest extends WebhookScene {
    @Test
    void shouldTurnADayOfEventsIntoRowsAndTheSameDayAgainIntoNone() throws IOException {
        List<String> day =
                List.of(
                        "memberday-order-created",
                        "memberday-order-paid",
                        "memberday-order-shipped",
                        "memberday-member-updated",
                        "memberday-member-active",
                        "memberday-member-tagged",
                        "memberday-member-browsed",
                        "memberday-member-carted",
                        "memberday-order-scanned",
                        "memberday-order-reviewed",
                        "memberday-order-review-replied",
                        "memberday-order-refunded",
                        "shopify-orders-create",
                        "shopify-orders-paid",
                        "shopify-orders-fulfilled",
                        "shopify-refunds-create",
                        "shopify-customers-update");
        for (String name : day) {
            assertEquals(answer(200, "accepted"), send(signed(name)), name);
        }
        assertEquals(2, store.orders.size());
        Member chinese = member("+8613800138001");
        assertEquals("林小雨🌧", chinese.profile().get(Field.NAME).orElseThrow());
        assertEquals(0, chinese.purchases().count(), "refunded in full");
        assertTrue(chinese.consents().allow(Channel.EMAIL, Kind.MARKETING));
        assertEquals(
                Optional.of(Instant.parse("2026-05-07T13:00:00Z")),
                chinese.lastLogin(),
                "to the hour");
        assertEquals("QJ-4001", chinese.behaviour().product(Act.CART));
        assertEquals(
                Optional.of(Instant.parse("2026-05-07T13:00:00Z")),
                chinese.behaviour().at(Act.BROWSE));
        assertEquals(
                1,
                store.activity.keySet().stream()
                        .filter(key -> key.contains("case#review-"))
                        .count());
        assertEquals(
                List.of("非常抱歉，已为您安排换货。"),
                store.orders.values().stream()
                        .flatMap(row -> row.order().replies().values().stream())
                        .map(Reply::text)
                        .toList());
        Tag came = new Tag("operator:anna", Instant.parse("2026-05-07T10:00:00Z"));
        assertEquals(Map.of("attended:shop-evening", came), chinese.tags());
        assertEquals(Map.of("invited:shop-evening", came), chinese.untagged());
        assertEquals("dry", chinese.attributes().text("skinType"));
        assertEquals(3, chinese.attributes().whole("petAge"));
        assertTrue(chinese.attributes().truth("vip"));
        assertEquals(Optional.empty(), chinese.attributes().of("shoeSize"), "taken away");
        Member german = member("+4915123456789");
        assertEquals(40_495 - 19_900, german.purchases().minor());
        assertFalse(german.consents().allow(Channel.EMAIL, Kind.MARKETING));

        int commits = store.commits;
        for (String name : day) {
            assertEquals(answer(200, "known"), send(signed(name)), name);
        }
        assertEquals(commits, store.commits);
    }

    @Test
    void shouldAcceptAndCloseACancelledOrder() throws IOException {
        send(signed("shopify-orders-create"));
        assertEquals(1, member("+4915123456789").openOrders().size());
        assertEquals(answer(200, "accepted"), send(signed("shopify-orders-cancelled")));
        assertEquals(Map.of(), member("+4915123456789").openOrders());
        assertEquals(Map.of(), store.touches);
    }

    @Test
    void shouldReadABodyThatTheGatewayEncoded() throws IOException {
        APIGatewayV2HTTPEvent event = signed("memberday-order-paid");
        event.setBody(
                Base64.getEncoder()
                        .encodeToString(event.getBody().getBytes(StandardCharsets.UTF_8)));
        event.setIsBase64Encoded(true);
        assertEquals(answer(200, "accepted"), send(event));
    }

    @Test
    void shouldRefuseASignatureThatIsWrongMissingStaleOrOfAnOldSecret() throws IOException {
        APIGatewayV2HTTPEvent placeholder = event("memberday-order-paid");
        assertEquals(401, send(placeholder).status());

        APIGatewayV2HTTPEvent missing = signed("memberday-order-paid");
        missing.getHeaders().remove("x-memberday-signature");
        assertEquals(401, send(missing).status());

        APIGatewayV2HTTPEvent changed = signed("memberday-order-paid");
        changed.setBody(changed.getBody().replace("129.50", "129.51"));
        assertEquals(401, send(changed).status());

        APIGatewayV2HTTPEvent stale = signed("memberday-order-paid");
        clock.set(NOW.plusSeconds(301));
        assertEquals(401, send(stale).status());
        clock.set(NOW);

        assertEquals(401, send(signed("memberday-order-paid", "retired")).status());
        assertEquals(401, send(signed("shopify-orders-paid", "retired")).status());
        assertEquals(0, store.commits);
    }

    @Test
    void shouldFindANewSecretAtOnceAndNotAskAgainForEveryForgery() throws IOException {
        assertEquals(401, send(signed("shopify-orders-paid", "next")).status());
        assertEquals(1, secrets.reads);
        for (int forged = 0; forged < 100; forged++) {
            send(signed("shopify-orders-paid", "forged"));
        }
        assertEquals(1, secrets.reads);

        secrets.json = secrets.json.replace("\"shop-2\"", "\"shop-2\", \"next\"");
        clock.set(NOW.plusSeconds(31));
        assertEquals(200, send(signed("shopify-orders-paid", "next")).status());
        assertEquals(2, secrets.reads);
    }

    @Test
    void shouldRefuseWhatIsTooLargeWithoutReadingIt() throws IOException {
        APIGatewayV2HTTPEvent event = event("memberday-order-paid");
        event.setBody(" ".repeat(1024 * 1024 + 1));
        sign(event, "new");
        assertEquals(413, send(event).status());
        assertEquals(0, secrets.reads);
    }

    @Test
    void shouldNotKnowOtherSources() throws IOException {
        APIGatewayV2HTTPEvent event = signed("memberday-order-paid");
        event.setPathParameters(Map.of("source", "magento"));
        assertEquals(404, send(event).status());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    not json              | 400 | body: send well-formed JSON
                    []                    | 400 | body: send one JSON object
                    {"a":1,"a":2}         | 400 | body: send well-formed JSON
                    {"event":"order.paid" | 400 | body: send well-formed JSON
                    {}                    | 422 | event: is required
                    {"event":7}           | 422 | event: must be text
                    """)
    void shouldSayWhatIsWrongWithABody(String body, int status, String error) throws IOException {
        APIGatewayV2HTTPEvent event = event("memberday-order-paid");
        event.setBody(body);
        sign(event, "new");
        Answer answer = send(event);
        assertEquals(status, answer.status());
        assertTrue(answer.text().startsWith(error), answer.text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "total":"129.50"          | "total":"-129.50"         | order.total
                    "currency":"CNY"          | "currency":"EUR"          | order.currency
                    "quantity":1              | "quantity":"one"          | order.lines[0].quantity
                    "version":2               | "version":null            | order.version
                    "at":"2026-05-01T20:00:00+08:00"} | "at":"2026-05-08T10:06:00+08:00"} | buyer.consents[0].at
                    """)
    void shouldNameTheFieldAndTheMend(String good, String bad, String field) throws IOException {
        APIGatewayV2HTTPEvent event = event("memberday-order-paid");
        assertTrue(event.getBody().contains(good), good);
        event.setBody(event.getBody().replace(good, bad));
        sign(event, "new");
        Answer answer = send(event);
        assertEquals(422, answer.status());
        assertTrue(answer.text().startsWith(field + ": "), answer.text());
        assertEquals(0, store.commits);
    }

    @ParameterizedTest
    @CsvSource({"138****8001", "'$Qm9i$1$'", "12345", "'call me'"})
    void shouldTakeAnOrderWhosePhoneNamesNobody(String phone) throws IOException {
        APIGatewayV2HTTPEvent event = event("memberday-order-paid");
        event.setBody(event.getBody().replace("138 0013 8001", phone));
        sign(event, "new");
        assertEquals(answer(200, "accepted"), send(event));
        assertEquals(1, store.identities.size(), "the account alone");
    }

    @Test
    void shouldRefuseBytesThatAreNoText() throws IOException {
        APIGatewayV2HTTPEvent event = event("memberday-order-paid");
        byte[] body = {'{', '"', (byte) 0xC3, '"', '}'};
        event.setBody(Base64.getEncoder().encodeToString(body));
        event.setIsBase64Encoded(true);
        event.setHeaders(
                Map.of("x-memberday-signature", Signatures.sign(body, "new", clock.instant())));
        assertEquals(400, send(event).status());
    }

    @Test
    void shouldIgnoreShopifysTestsAndTopicsOfOthers() throws IOException {
        APIGatewayV2HTTPEvent test = event("shopify-orders-paid");
        test.setBody(test.getBody().replace("\"test\":false", "\"test\":true"));
        sign(test, "shop-1");
        assertEquals(answer(200, "ignored"), send(test));

        APIGatewayV2HTTPEvent other = signed("shopify-orders-paid");
        other.getHeaders().put("x-shopify-topic", "app/uninstalled");
        assertEquals(answer(200, "ignored"), send(other));
        assertEquals(0, store.commits);
    }

    @Test
    void shouldAskForARedeliveryWhenEveryTryIsOvertaken() throws IOException {
        OrderWebhookLambda unlucky = lambda(ForwardingIngestStore.overtaken(store));
        APIGatewayV2HTTPResponse response =
                unlucky.handleRequest(signed("memberday-order-paid"), null);
        assertEquals(503, response.getStatusCode());
        assertEquals(Map.of(), store.orders);
    }
}
