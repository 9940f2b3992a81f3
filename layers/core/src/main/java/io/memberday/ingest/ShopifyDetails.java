package io.memberday.ingest;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.member.Act;
import io.memberday.member.Addresses;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what Shopify tells of an order or a customer by itself, beside the whole: dispatches,
 * deliveries, deletions, and checkouts begun by customers who are known.
 */
final class ShopifyDetails {
    private static final Set<String> FULFILLMENT =
            Set.of("fulfillments/create", "fulfillments/update");
    private static final String DELIVERY = "fulfillment_events/create";
    private static final String DELETED = "orders/delete";
    private static final Set<String> CHECKOUT = Set.of("checkouts/create", "checkouts/update");
    private static final String DATA_REQUEST = "customers/data_request";
    private static final String SHOP_REDACT = "shop/redact";

    /** Topic → what is asked; Shopify gives a month for it. */
    private static final Map<String, String> ASKS =
            Map.of(
                    DATA_REQUEST,
                    "a customer asks at Shopify for their data: send it within 30 days",
                    "customers/redact",
                    "a customer is to be forgotten, says Shopify: erase within 30 days",
                    SHOP_REDACT,
                    "the shop has left Shopify's app: erase its customers within 30 days");

    private static final String DELIVERED = "delivered";

    private final Addresses addresses;

    ShopifyDetails(Addresses addresses) {
        this.addresses = addresses;
    }

    /** Whether the topic is one of these. */
    static boolean reads(String topic) {
        return FULFILLMENT.contains(topic)
                || CHECKOUT.contains(topic)
                || topic.equals(DELIVERY)
                || topic.equals(DELETED);
    }

    /**
     * Reads one event.
     *
     * @return empty if it says nothing that is kept
     * @throws BadInput if the body is not what the topic promises
     */
    Optional<OrderEvent> read(String topic, Fields body, String shop, Instant now) {
        if (CHECKOUT.contains(topic)) {
            return checkout(body, topic, shop, now);
        }
        if (topic.equals(DELETED)) {
            Payload.fits(!body.has("line_items"), body, "line_items", topic);
            return Optional.of(told(body, "id", shop, Milestone.CLOSED, now));
        }
        Payload.fits(body.has("order_id"), body, "order_id", topic);
        boolean delivered =
                is(body, topic.equals(DELIVERY) ? "status" : "shipment_status", DELIVERED);
        if (topic.equals(DELIVERY)) {
            Instant happened = Payload.requiredTime(body, "happened_at", now);
            return Optional.of(told(body, "order_id", shop, Milestone.SIGNED, happened))
                    .filter(_ -> delivered);
        }
        if (is(body, "status", "cancelled")) {
            return Optional.empty();
        }
        Instant created = Payload.requiredTime(body, "created_at", now);
        OrderEvent shipped = told(body, "order_id", shop, Milestone.SHIPPED, created);
        if (!delivered) {
            return Optional.of(shipped);
        }
        Instant updated = Payload.requiredTime(body, "updated_at", now);
        Order both =
                shipped.order()
                        .orElseThrow()
                        .join(
                                Order.ofMilestone(
                                        key(body, "order_id", shop), Milestone.SIGNED, updated));
        return Optional.of(new OrderEvent(updated, Optional.of(both), Buyer.NOBODY));
    }

    private static boolean is(Fields body, String field, String word) {
        return body.optionalText(field).filter(word::equals).isPresent();
    }

    private static OrderKey key(Fields body, String field, String shop) {
        return new OrderKey(ShopifyOrders.SOURCE, shop, Payload.key(body, field));
    }

    private static OrderEvent told(
            Fields body, String field, String shop, Milestone milestone, Instant at) {
        return new OrderEvent(
                at,
                Optional.of(Order.ofMilestone(key(body, field, shop), milestone, at)),
                Buyer.NOBODY);
    }

    /**
     * A cart of a customer who is logged in. An address that somebody has typed into a form and not
     * sent off says nothing of whose it is.
     */
    private Optional<OrderEvent> checkout(Fields body, String topic, String shop, Instant now) {
        Payload.fits(body.has("token"), body, "token", topic);
        Optional<Fields> customer = body.optionalObject("customer").filter(of -> of.has("id"));
        if (customer.isEmpty() || body.has("completed_at")) {
            return Optional.empty();
        }
        Instant updated = Payload.requiredTime(body, "updated_at", now);
        String product =
                body.objects("line_items").stream()
                        .findFirst()
                        .flatMap(
                                line ->
                                        line.optionalText("sku")
                                                .filter(sku -> !sku.isBlank())
                                                .or(() -> line.optionalId("product_id")))
                        .orElse("");
        Buyer buyer =
                new BuyerDraft(addresses, updated)
                        .account(
                                ShopifyOrders.SOURCE,
                                shop,
                                Optional.of(Payload.key(customer.get(), "id")))
                        .does(Act.CART, product.replaceAll("\\s", "-"), "")
                        .done();
        return Optional.of(new OrderEvent(updated, Optional.empty(), buyer));
    }

    /** Whether the topic asks something on a person's behalf. */
    static boolean asks(String topic) {
        return ASKS.containsKey(topic);
    }

    /** What such a topic asks for. */
    PrivacyRequest request(String topic, Fields body, String shop, Instant now) {
        String reason = ASKS.get(topic);
        boolean ours = ShopifyOrders.shop(body.text("shop_domain")).equals(shop);
        Payload.fits(ours, body, "shop_domain", topic);
        String name = topic.replace('/', '-') + ":" + shop;
        if (topic.equals(SHOP_REDACT)) {
            Payload.fits(!body.has("customer"), body, "customer", topic);
            return new PrivacyRequest(now, name, reason, List.of());
        }
        Payload.fits(body.has("customer"), body, "customer", topic);
        boolean data = topic.equals(DATA_REQUEST);
        Payload.fits(body.has("data_request") == data, body, "data_request", topic);
        Fields customer = body.object("customer");
        String id = Payload.key(customer, "id");
        Buyer person =
                new BuyerDraft(addresses, now)
                        .account(ShopifyOrders.SOURCE, shop, Optional.of(id))
                        .phone(customer.optionalText("phone"))
                        .email(customer.optionalText("email"), true)
                        .done();
        String subject =
                data
                        ? name + ":" + Payload.key(body.object("data_request"), "id")
                        : name + ":" + id;
        return new PrivacyRequest(now, subject, reason, person.identities());
    }
}
