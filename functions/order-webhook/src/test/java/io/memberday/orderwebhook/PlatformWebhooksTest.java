package io.memberday.orderwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

import io.memberday.ingest.Activity.CareCase;
import io.memberday.member.Act;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.order.Milestone;
import io.memberday.order.Order;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Shopify, WooCommerce and Youzan push, good and bad. A bad one is answered so that the
 * platform keeps pushing, and changes nothing.
 */
class PlatformWebhooksTest extends WebhookScene {
    private static final String WOO_ORDER = "woocommerce:tea.example.com:9007199254740995";
    private static final String YOUZAN_ORDER = "youzan:40553542:E20260502100000073100007";

    @Test
    void shouldTurnADayOfWooCommerceIntoRowsAndTheSameDayAgainIntoNone() throws IOException {
        List<String> day =
                List.of(
                        "woocommerce-order-created",
                        "woocommerce-order-paid",
                        "woocommerce-order-completed",
                        "woocommerce-customer-updated",
                        "woocommerce-order-refunded");
        for (String name : day) {
            assertEquals(answer(200, "accepted"), send(signed(name)), name);
        }
        Order order = order(WOO_ORDER);
        assertEquals(time("2026-05-02T02:05:00Z"), order.at(Milestone.PAID));
        assertEquals(time("2026-05-03T08:00:00Z"), order.at(Milestone.SHIPPED));
        assertEquals(3_800, order.refundedMinor());
        assertEquals(1_000, order.basket().postageMinor());
        assertEquals(2_000, order.basket().discountMinor());
        Member buyer = member("+8613800138002");
        assertEquals(18_800 - 3_800, buyer.purchases().minor());
        assertEquals("周".length() + "小满 ".length(), name(buyer).length());
        assertEquals("厦门市", buyer.profile().get(Field.CITY).orElseThrow(), "not the receiver's");
        assertEquals(1, store.members.size());

        int commits = store.commits;
        for (String name : day) {
            assertEquals(answer(200, "known"), send(signed(name)), name);
        }
        assertEquals(commits, store.commits);
    }

    @Test
    void shouldAnswerWooCommercesUnsignedPingAndDoNothing() throws IOException {
        assertEquals(answer(200, "ignored"), send(event("woocommerce-ping")));
        APIGatewayV2HTTPEvent longer = event("woocommerce-ping");
        longer.setBody("webhook_id=7&order=1");
        assertEquals(401, send(longer).status(), "nothing else comes without a signature");
        assertEquals(0, store.commits);
    }

    @ParameterizedTest
    @ValueSource(strings = {"woo-1", "woo & 2", "woo &amp; 2", "woo &#038; 2"})
    void shouldReadASecretAsWordPressDoes(String secret) throws IOException {
        assertEquals(200, send(signed("woocommerce-order-paid", secret)).status());
    }

    @Test
    void shouldWaitNoMoreForThePaymentOfADeletedOrder() throws IOException {
        clock.set(Instant.parse("2026-05-02T02:20:00Z"));
        send(signed("woocommerce-order-created"));
        assertEquals(1, store.touches.size(), "a reminder to pay");
        assertEquals(answer(200, "accepted"), send(signed("woocommerce-order-deleted")));
        assertEquals(Map.of(), store.touches);
        send(signed("woocommerce-order-created"));
        assertEquals(Map.of(), store.touches);
    }

    @Test
    void shouldTurnADayOfYouzanIntoRowsInWhateverSequence() throws IOException {
        List<String> day =
                List.of(
                        "youzan-trade-seller-ship",
                        "youzan-refund-success",
                        "youzan-trade-buyer-pay",
                        "youzan-trade-success",
                        "youzan-trade-create",
                        "youzan-trade-paid",
                        "youzan-customer-updated",
                        "youzan-trade-create");
        for (String name : day) {
            assertEquals(answer(200, "success"), send(signed(name)), name);
        }
        Order order = order(YOUZAN_ORDER);
        assertEquals(time("2026-05-02T02:05:00Z"), order.at(Milestone.PAID));
        assertEquals(time("2026-05-03T08:00:00Z"), order.at(Milestone.SHIPPED));
        assertEquals(time("2026-05-06T01:00:00Z"), order.at(Milestone.CONFIRMED));
        assertEquals(1_000, order.basket().discountMinor());
        assertEquals(800, order.basket().postageMinor());
        Member buyer = member("+8613800138003");
        assertEquals(11_800 - 1_800, buyer.purchases().minor());
        assertEquals("四川省", buyer.profile().get(Field.REGION).orElseThrow());
        assertEquals("青羊区", buyer.profile().get(Field.ADDRESS).orElseThrow(), "no ciphertext");
        assertEquals("female", buyer.profile().get(Field.GENDER).orElseThrow());
        assertEquals(1, store.members.size());
        assertEquals(
                3,
                store.identities.size(),
                "two accounts and a phone: the encrypted number names nobody");
        assertEquals(List.of(), touchesOf("payment"));

        int commits = store.commits;
        for (String name : day) {
            assertEquals(answer(200, "success"), send(signed(name)), name);
        }
        assertEquals(commits, store.commits);
    }

    @Test
    void shouldIgnoreYouzansTestsAndNotTakeADepositForThePayment() throws IOException {
        APIGatewayV2HTTPEvent test =
                changed("youzan-trade-paid", "\"test\":false", "\"test\":true");
        assertEquals(answer(200, "success"), send(test));
        assertEquals(Map.of(), store.orders);

        send(changed("youzan-trade-paid", "TRADE_PAID%22", "WAIT_BUYER_PAY%22"));
        assertEquals(Optional.empty(), order(YOUZAN_ORDER).at(Milestone.PAID));
    }

    @Test
    void shouldTakeShopifysDetailsBesideTheOrder() throws IOException {
        send(signed("shopify-fulfillments-update"));
        send(signed("shopify-orders-paid"));
        send(signed("shopify-checkouts-update"));
        Order order = store.orders.values().iterator().next().order();
        assertEquals(time("2026-05-03T04:00:00Z"), order.at(Milestone.SHIPPED));
        assertEquals(time("2026-05-05T07:00:00Z"), order.at(Milestone.SIGNED));
        assertEquals("PIL-02", member("+4915123456789").behaviour().product(Act.CART));
    }

    @Test
    void shouldHandWhatIsAskedForAPersonToAPerson() throws IOException {
        assertEquals(answer(200, "known"), send(signed("shopify-customers-redact")));
        assertEquals(Map.of(), store.members, "nobody becomes a member by it");

        send(signed("shopify-orders-paid"));
        String robin = member("+4915123456789").id();
        assertEquals(answer(200, "accepted"), send(signed("shopify-customers-redact")));
        assertEquals(answer(200, "accepted"), send(signed("shopify-customers-data-request")));
        assertEquals(answer(200, "accepted"), send(signed("shopify-shop-redact")));
        List<CareCase> cases =
                store.activity.values().stream()
                        .filter(CareCase.class::isInstance)
                        .map(CareCase.class::cast)
                        .toList();
        assertEquals(3, cases.size());
        assertTrue(cases.stream().allMatch(work -> work.kind().equals("privacy")));
        assertEquals(2, cases.stream().filter(work -> work.memberId().equals(robin)).count());
        assertFalse(cases.toString().contains("robin@"), "ids alone");
        assertEquals(401, send(event("shopify-shop-redact")).status());

        send(signed("woocommerce-order-paid"));
        assertEquals(answer(200, "accepted"), send(signed("woocommerce-customer-deleted")));
        send(signed("youzan-customer-updated"));
        send(changed("youzan-customer-updated", "is_member%22%3A", "is_log_off%22%3A"));
        assertEquals(
                5, store.activity.values().stream().filter(CareCase.class::isInstance).count());
    }

    @ParameterizedTest
    @CsvSource({
        "shopify-orders-paid, signature",
        "woocommerce-order-paid, signature",
        "youzan-trade-paid, failed"
    })
    void shouldRefuseForgeries(String name, String says) throws IOException {
        APIGatewayV2HTTPEvent unsigned = event(name);
        assertEquals(401, send(unsigned).status());
        assertTrue(send(unsigned).text().startsWith(says));
        assertEquals(401, send(signed(name, "retired")).status());
        APIGatewayV2HTTPEvent truncated = signed(name);
        truncated.setBody(truncated.getBody().substring(0, 200));
        assertEquals(401, send(truncated).status());
        assertEquals(0, store.commits);
        assertEquals(200, send(signed(name)).status());
    }

    @ParameterizedTest
    @CsvSource({
        "shopify-orders-paid, refused",
        "woocommerce-order-paid, refused",
        "youzan-trade-paid, success"
    })
    void shouldSwallowWhatIsSignedAndCannotBeRead(String name, String says) throws IOException {
        String body = event(name).getBody();
        for (String bad :
                List.of(
                        "",
                        "[]",
                        "null",
                        "\"text\"",
                        body.substring(0, body.length() / 2),
                        body + body,
                        "id=1&status=paid",
                        "{}x",
                        body.replaceFirst("\"version\":\\d+", "\"version\":4102444800")
                                .replace("2026-05-02T", "2126-05-02T"))) {
            APIGatewayV2HTTPEvent event = event(name);
            event.setBody(bad);
            sign(event, bad.getBytes(StandardCharsets.UTF_8), secret(name));
            assertEquals(answer(200, says), send(event), bad);
        }
        APIGatewayV2HTTPEvent gbk = event(name);
        byte[] bytes = body.replace("{", "{\"街道\":\"街道\",").getBytes(Charset.forName("GBK"));
        gbk.setBody(Base64.getEncoder().encodeToString(bytes));
        gbk.setIsBase64Encoded(true);
        sign(gbk, bytes, secret(name));
        assertEquals(answer(200, says), send(gbk));
        APIGatewayV2HTTPEvent huge = event(name);
        huge.setBody(" ".repeat(1024 * 1024 + 1));
        assertEquals(413, send(huge).status());
        assertEquals(0, store.commits);

        assertEquals(200, send(signed(name)).status());
        assertEquals(1, store.orders.size(), "and still takes what is good");
    }

    @ParameterizedTest
    @CsvSource({
        "shopify-orders-paid, x-shopify-topic, products/update, ignored",
        "shopify-orders-paid, x-shopify-topic, customers/update, refused",
        "shopify-orders-paid, x-shopify-topic, customers/redact, refused",
        "shopify-orders-paid, x-shopify-topic, orders/delete, refused",
        "shopify-orders-paid, x-shopify-topic, fulfillments/create, refused",
        "shopify-orders-paid, x-shopify-topic, checkouts/update, refused",
        "shopify-orders-paid, x-shopify-shop-domain, a/b, refused",
        "woocommerce-order-paid, x-wc-webhook-topic, coupon.updated, ignored",
        "woocommerce-order-paid, x-wc-webhook-topic, customer.updated, refused",
        "woocommerce-order-paid, x-wc-webhook-topic, order.deleted, refused",
        "woocommerce-order-paid, x-wc-webhook-topic, customer.deleted, refused",
        "woocommerce-order-paid, x-wc-webhook-source, https://other.example.com/, refused",
        "woocommerce-customer-updated, x-wc-webhook-topic, order.created, refused",
        "woocommerce-customer-updated, x-wc-webhook-topic, customer.deleted, refused"
    })
    void shouldNotBeFooledByHeadersWhichNobodySigned(
            String name, String header, String value, String says) throws IOException {
        APIGatewayV2HTTPEvent event = signed(name);
        event.getHeaders().put(header, value);
        assertEquals(answer(200, says), send(event));
        assertEquals(0, store.commits);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    woocommerce-order-paid | "CNY" | "USD"
                    woocommerce-order-paid | "188.00" | "-188.00"
                    woocommerce-order-paid | "188.00" | "188.001"
                    woocommerce-order-paid | "quantity":2 | "quantity":-2
                    woocommerce-order-paid | 2026-05-02T02:05:01 | yesterday
                    youzan-trade-paid | %22118.00%22 | %22-118.00%22
                    youzan-trade-paid | full_order_info | order_info
                    youzan-trade-paid | %22num%22%3A1 | %22num%22%3A0
                    youzan-trade-paid | "msg":"%7B | "msg":"%ZZ
                    youzan-trade-paid | "kdt_id":40553542 | "kdt_id":"4 0"
                    youzan-refund-success | "18.00" | "a lot"
                    youzan-refund-success | "refund_id" | "id"
                    """)
    void shouldTakeNothingOfWhatContradictsItself(String name, String good, String bad)
            throws IOException {
        Answer answer = send(changed(name, good, bad));
        assertEquals(200, answer.status());
        assertEquals(name.startsWith("youzan") ? "success" : "refused", answer.text());
        assertEquals(0, store.commits);
    }

    @ParameterizedTest
    @CsvSource({
        "woocommerce-order-created, woocommerce-order-paid, " + WOO_ORDER,
        "youzan-trade-create, youzan-trade-buyer-pay, " + YOUZAN_ORDER,
        "shopify-orders-create, shopify-orders-paid, shopify:sample-shop:7820982911946154508"
    })
    void shouldNotRemindOfAPaymentThatIsMadeWhenTheStatusGoesBack(
            String created, String paid, String key) throws IOException {
        // Within the hour in which a payment is waited for.
        clock.set(Instant.parse("2026-05-02T02:20:00Z"));
        assertEquals(200, send(signed(paid)).status());
        assertEquals(200, send(signed(created)).status());
        assertTrue(order(key).at(Milestone.PAID).isPresent());
        assertEquals(List.of(), touchesOf("payment"));
        assertEquals(Map.of(), store.members.values().iterator().next().openOrders());
    }

    @ParameterizedTest
    @CsvSource({
        "woocommerce-order-deleted, " + WOO_ORDER,
        "youzan-trade-success, " + YOUZAN_ORDER,
        "youzan-refund-success, " + YOUZAN_ORDER,
        "shopify-fulfillments-update, shopify:sample-shop:7820982911946154508"
    })
    void shouldKeepWhatIsSaidOfAnOrderThatIsNotKnownYetAndTellNobody(String name, String key)
            throws IOException {
        assertEquals(200, send(signed(name)).status());
        assertEquals(Optional.empty(), order(key).at(Milestone.CREATED));
        assertEquals(Map.of(), store.members);
        assertEquals(Map.of(), store.touches);
    }

    @Test
    void shouldReadAContradictoryStatusByItsTimes() throws IOException {
        send(changed("woocommerce-order-paid", "\"processing\"", "\"cancelled\""));
        assertEquals(Map.of(), store.touches);
        assertEquals(
                1, member("+8613800138002").purchases().count(), "the shop still has the money");
        APIGatewayV2HTTPEvent unpaid =
                changed(
                        "woocommerce-order-paid",
                        "\"date_paid_gmt\":\"2026-05-02T02:05:00\"",
                        "\"date_paid_gmt\":null",
                        "9007199254740995",
                        "9007199254740996");
        send(unpaid);
        assertEquals(
                time("2026-05-02T02:05:01Z"),
                order("woocommerce:tea.example.com:9007199254740996").at(Milestone.PAID));
        send(changed("woocommerce-order-created", "\"pending\"", "\"checkout-draft\""));
        assertEquals(2, store.orders.size());
    }

    private static Optional<Instant> time(String iso) {
        return Optional.of(Instant.parse(iso));
    }

    private static String name(Member member) {
        return member.profile().get(Field.NAME).orElseThrow();
    }
}
