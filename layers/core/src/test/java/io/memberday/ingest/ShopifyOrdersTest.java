package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Basket;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Profile.Field;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

class ShopifyOrdersTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final String SHOP = "sample-shop.myshopify.com";
    private static final ShopifyOrders ORDERS = new ShopifyOrders(SamplePlaybook.store());

    @Test
    void shouldKeepIdsBeyondWhatADoubleHolds() {
        OrderEvent event = read("orders-paid");
        assertEquals(
                "shopify:sample-shop:7820982911946154508",
                event.order().orElseThrow().key().toString());
        assertEquals(
                Identity.account("shopify", "sample-shop", "9115310627314723954"),
                event.buyer().identities().getFirst());
    }

    @Test
    void shouldTakeTheFirstPayloadThatIsPaidForTheTimeOfPayment() {
        Order created = read("orders-create").order().orElseThrow();
        Order paid = read("orders-paid").order().orElseThrow();
        Order fulfilled = read("orders-fulfilled").order().orElseThrow();

        assertTrue(created.openSince().isPresent());
        Instant at = Instant.parse("2026-05-02T02:07:00Z");
        assertEquals(Optional.of(at), created.join(paid).join(fulfilled).at(Milestone.PAID));
        assertEquals(Optional.of(at), fulfilled.join(created).join(paid).at(Milestone.PAID));
        assertEquals(
                List.of(new ParcelKey("sf", "SF7000000001")),
                fulfilled.facts().orElseThrow().parcels());
    }

    @Test
    void shouldRememberDiscountPostageAndWhatWasBought() {
        String body =
                body("orders-paid")
                        .replaceFirst(
                                "\\{",
                                "{\"total_discounts\": \"15.05\", \"total_shipping_price_set\":"
                                        + " {\"shop_money\": {\"amount\": \"12.00\","
                                        + " \"currency_code\": \"CNY\"}},")
                        .replace("\"sku\"", "\"product_type\": \"床品\", \"sku\"");
        Basket basket =
                ORDERS.read("orders/paid", SHOP, body, NOW)
                        .orElseThrow()
                        .order()
                        .orElseThrow()
                        .kept()
                        .orElseThrow()
                        .basket();
        assertEquals(1_505, basket.discountMinor());
        assertEquals(1_200, basket.postageMinor());
        assertEquals(List.of("床品"), basket.categories());
        assertFalse(basket.products().isEmpty());
    }

    @Test
    void shouldCountARefundThatComesByItselfOnce() {
        Order paid = read("orders-paid").order().orElseThrow();
        Order refund = read("refunds-create").order().orElseThrow();
        assertEquals(40_495 - 19_900, paid.join(refund).join(refund).kept().orElseThrow().minor());
        assertEquals(paid.join(refund), refund.join(paid));
    }

    @Test
    void shouldWaitNoMoreForACancelledOrder() {
        Order cancelled =
                read("orders-create")
                        .order()
                        .orElseThrow()
                        .join(read("orders-cancelled").order().orElseThrow());
        assertEquals(Optional.empty(), cancelled.openSince());
        assertEquals(Optional.empty(), cancelled.kept());
    }

    @ParameterizedTest
    @CsvSource({
        "Bank Deposit,           pending, true",
        "Money Order,            pending, true",
        "Cash on Delivery (COD), pending, true",
        "Pay in the shop,        pending, false",
        "manual,                 pending, false",
        "shopify_payments,       pending, false",
        "Bank Deposit,           paid,    false",
    })
    void shouldNotWaitForTheBuyerWhoHasDoneWhatAManualMethodAsks(
            String method, String status, boolean pledged) {
        String body =
                body("orders-create")
                        .replace("\"pending\"", "\"" + status + "\"")
                        .replaceFirst("\\{", "{\"payment_gateway_names\": [\"" + method + "\"],");
        Order order = ORDERS.read("orders/create", SHOP, body, NOW).orElseThrow().order().get();
        assertEquals(pledged, order.at(Milestone.PLEDGED).isPresent());
        assertEquals(pledged || status.equals("paid"), order.openSince().isEmpty(), "no reminder");
        // Once the shop has the money it is a purchase, whichever push comes first.
        Order paid = read("orders-paid").order().orElseThrow();
        assertTrue(order.join(paid).kept().isPresent());
        assertEquals(order.join(paid), paid.join(order));
    }

    @Test
    void shouldTakeTheCheckoutsBoxForEmailOnlyAndWeighItLess() {
        Buyer buyer = read("orders-create").buyer();
        Consent email = buyer.consents().of(Channel.EMAIL, Kind.MARKETING).orElseThrow();
        assertTrue(email.granted());
        assertFalse(email.explicit());
        assertFalse(buyer.consents().allow(Channel.SMS, Kind.MARKETING));

        Buyer later = read("customers-update").buyer();
        assertFalse(buyer.consents().join(later.consents()).allow(Channel.EMAIL, Kind.MARKETING));
        assertTrue(later.consents().allow(Channel.SMS, Kind.MARKETING));
    }

    @Test
    void shouldNotTakeTheShippingPhoneForTheBuyersOwn() {
        Buyer buyer = read("orders-create").buyer();
        assertEquals("+4915123456789", buyer.profile().get(Field.PHONE).orElseThrow());
        assertEquals("Berlin", buyer.profile().get(Field.CITY).orElseThrow());
        assertEquals(3, buyer.identities().size());
    }

    @Test
    void shouldNotNameAnybodyByAnUnverifiedAddressBesideAnAccount() {
        String body =
                body("orders-create")
                        .replace("\"verified_email\":true", "\"verified_email\":false");
        Buyer buyer = ORDERS.read("orders/create", SHOP, body, NOW).orElseThrow().buyer();
        assertEquals(List.of(Identity.email("robin@example.com")), buyer.unverified());
        assertFalse(buyer.identities().contains(Identity.email("robin@example.com")));
        assertEquals(Optional.empty(), buyer.profile().get(Field.EMAIL));
    }

    @Test
    void shouldIgnoreTestOrdersAndTopicsOfOthers() {
        String test = body("orders-paid").replace("\"test\":false", "\"test\":true");
        assertEquals(Optional.empty(), ORDERS.read("orders/paid", SHOP, test, NOW));
        assertEquals(Optional.empty(), ORDERS.read("app/uninstalled", SHOP, "{}", NOW));
    }

    @Test
    void shouldTakeAConsentTopicAndLeaveWhatIsPending() {
        String said =
                """
                {"customer_id": 5, "email_address": "x@example.com", "email_marketing_consent":
                 {"state": "%s", "opt_in_level": null, "consent_updated_at": "2026-05-01T00:00:00Z"}}
                """;
        String topic = "customers_email_marketing_consent/update";
        assertEquals(
                Optional.of(new Consent(true, true, Instant.parse("2026-05-01T00:00:00Z"))),
                ORDERS.read(topic, SHOP, said.formatted("subscribed"), NOW)
                        .orElseThrow()
                        .buyer()
                        .consents()
                        .of(Channel.EMAIL, Kind.MARKETING));
        assertTrue(
                ORDERS.read(topic, SHOP, said.formatted("pending"), NOW)
                        .orElseThrow()
                        .buyer()
                        .consents()
                        .byTopic()
                        .isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "refunds/create, orders-paid, order_id",
        "orders/paid, refunds-create, line_items",
        "orders/paid, customers-update, line_items",
        "orders/cancelled, orders-paid, cancelled_at",
        "customers/update, orders-paid, line_items"
    })
    void shouldRefuseABodyThatDoesNotFitItsTopic(String topic, String file, String field) {
        BadInput refusal =
                assertThrows(BadInput.class, () -> ORDERS.read(topic, SHOP, body(file), NOW));
        assertEquals(field, refusal.field());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "currency":"CNY","pres        | "currency":"USD","pres         | currency
                    "total_price":"404.95"        | "total_price":"-404.95"        | total_price
                    "total_price":"404.95"        | "total_price":"404.955"        | total_price
                    "price":"199.00"              | "price":"-1.00"                | line_items[0].price
                    "quantity":2                  | "quantity":"2"                 | line_items[0].quantity
                    "updated_at":"2026-05-02T10:07| "updated_at":"2027-05-02T10:07 | updated_at
                    "id":7820982911946154508      | "id":1.5                       | id
                    "line_items":[                | "line_items":7,"x":[           | line_items
                    """)
    void shouldNameTheFieldThatIsWrong(String good, String bad, String field) {
        String body = body("orders-paid");
        assertTrue(body.contains(good), good);
        BadInput refusal =
                assertThrows(
                        BadInput.class,
                        () -> ORDERS.read("orders/paid", SHOP, body.replace(good, bad), NOW));
        assertEquals(field, refusal.field());
    }

    private static OrderEvent read(String name) {
        Fields event = event(name);
        return ORDERS.read(
                        event.object("headers").text("x-shopify-topic"),
                        SHOP,
                        event.text("body"),
                        NOW)
                .orElseThrow();
    }

    private static String body(String name) {
        return event(name).text("body");
    }

    private static Fields event(String name) {
        try {
            return Json.read(
                    Files.readString(
                            Path.of("../../events/order-webhook/shopify-" + name + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
