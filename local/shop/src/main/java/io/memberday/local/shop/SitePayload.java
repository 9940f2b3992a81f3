package io.memberday.local.shop;

import io.memberday.json.Json;
import io.memberday.local.shop.Person.Consent;
import io.memberday.local.shop.ShopOrder.Item;
import io.memberday.local.shop.ShopOrder.Refund;
import io.memberday.local.shop.ShopOrder.Step;
import io.memberday.local.storefront.Webhook;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The webhooks of the shop's own site: Shopify's payloads, in the fields that a shop relies on. */
final class SitePayload {
    private static final String SHOP = "cotton-lane.myshopify.com";
    private static final String API_VERSION = "2026-04";
    private static final long CUSTOMERS = 7_100_000_000_000L;
    private static final long REFUNDS = 900_000_000_000L;
    private static final long FULFILLMENTS = 4_400_000_000_000L;

    private final ZoneId zone;
    private final String currency;

    /**
     * @param zone the shop's, in which its times are written
     * @param currency in which it charges
     */
    SitePayload(ZoneId zone, String currency) {
        this.zone = zone;
        this.currency = currency;
    }

    /** What Shopify sends on an order's last step. */
    Webhook order(ShopOrder order) {
        return webhook(order.buyer(), topic(order), order.changedAt(), body(order));
    }

    /** What Shopify sends when somebody has an account, or changes it. */
    Webhook customer(Person person, boolean withPhone) {
        Map<String, Object> customer = new LinkedHashMap<>(customerOf(person, withPhone));
        customer.put("updated_at", written(person.since()));
        customer.put("default_address", address(person, withPhone));
        customer.put("addresses", List.of(address(person, withPhone)));
        return webhook(person, "customers/update", person.since(), customer);
    }

    private static Webhook webhook(
            Person person, String topic, Instant at, Map<String, Object> body) {
        String id =
                "%08x-%04x-7000-8000-%012x"
                        .formatted(person.number(), topic.hashCode() & 0xffff, at.getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Shopify-Topic", topic);
        headers.put("X-Shopify-Shop-Domain", SHOP);
        headers.put("X-Shopify-API-Version", API_VERSION);
        headers.put("X-Shopify-Webhook-Id", id);
        headers.put("X-Shopify-Triggered-At", at.toString());
        return new Webhook(
                person.number(), "shopify", "/webhooks/shopify", headers, Json.write(body));
    }

    private static String topic(ShopOrder order) {
        if (order.at(Step.CLOSED).isPresent()) {
            return "orders/cancelled";
        }
        if (order.refund().isPresent() || order.at(Step.SIGNED).isPresent()) {
            return "orders/updated";
        }
        if (order.at(Step.SHIPPED).isPresent()) {
            return "orders/fulfilled";
        }
        return order.at(Step.PAID).isPresent() ? "orders/paid" : "orders/create";
    }

    private Map<String, Object> body(ShopOrder order) {
        Person buyer = order.buyer();
        Optional<String> phone = buyer.phone().filter(known -> order.showsPhone());
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", order.number());
        body.put("admin_graphql_api_id", "gid://shopify/Order/" + order.number());
        body.put("name", "#" + order.number() % 1_000_000);
        body.put("order_number", order.number() % 1_000_000);
        body.put("test", false);
        body.put("created_at", written(order.createdAt()));
        body.put("processed_at", written(order.at(Step.PAID).orElse(order.createdAt())));
        body.put("updated_at", written(order.changedAt()));
        body.put("cancelled_at", order.at(Step.CLOSED).map(this::written).orElse(null));
        body.put("cancel_reason", order.at(Step.CLOSED).map(at -> "customer").orElse(null));
        body.put("closed_at", order.at(Step.SIGNED).map(this::written).orElse(null));
        body.put("currency", currency);
        body.put("presentment_currency", currency);
        body.put("total_price", MarketplacePayload.decimal(order.totalMinor()));
        body.put("subtotal_price", MarketplacePayload.decimal(order.totalMinor()));
        body.put("total_discounts", "0.00");
        body.put("financial_status", financialStatus(order));
        body.put("fulfillment_status", order.at(Step.SHIPPED).map(at -> "fulfilled").orElse(null));
        body.put("customer_locale", buyer.land().locale());
        body.put("buyer_accepts_marketing", buyer.mail() == Consent.GIVEN);
        body.put("email", buyer.email().orElse(null));
        body.put("contact_email", buyer.email().orElse(null));
        body.put("phone", phone.orElse(null));
        body.put("customer", customerOf(buyer, phone.isPresent()));
        body.put("shipping_address", address(buyer, phone.isPresent()));
        body.put("line_items", lines(order));
        body.put("fulfillments", fulfillments(order));
        body.put("refunds", refunds(order));
        return body;
    }

    private Map<String, Object> customerOf(Person person, boolean withPhone) {
        Map<String, Object> customer = new LinkedHashMap<>();
        customer.put("id", CUSTOMERS + person.number());
        customer.put("created_at", written(person.since()));
        customer.put("updated_at", written(person.since()));
        customer.put("first_name", first(person));
        customer.put("last_name", last(person));
        customer.put("state", "enabled");
        customer.put("verified_email", person.email().isPresent());
        customer.put("email", person.email().orElse(null));
        customer.put("phone", withPhone ? person.phone().orElse(null) : null);
        customer.put("currency", currency);
        customer.put("email_marketing_consent", consent(person, person.mail(), "single_opt_in"));
        customer.put("sms_marketing_consent", consent(person, person.sms(), "single_opt_in"));
        return customer;
    }

    /** Shopify knows who never was asked, and who asked to be left alone. */
    private Map<String, Object> consent(Person person, Consent consent, String level) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put(
                "state",
                switch (consent) {
                    case GIVEN -> "subscribed";
                    case REFUSED -> "unsubscribed";
                    case UNKNOWN -> "not_subscribed";
                });
        said.put("opt_in_level", level);
        said.put("consent_updated_at", consent == Consent.UNKNOWN ? null : written(person.since()));
        return said;
    }

    private static Map<String, Object> address(Person person, boolean withPhone) {
        Map<String, Object> address = new LinkedHashMap<>();
        address.put("first_name", first(person));
        address.put("last_name", last(person));
        address.put("name", person.name());
        address.put("address1", person.home().street());
        address.put("city", person.home().city());
        address.put("province", person.home().region());
        address.put("country_code", person.land().country());
        address.put("phone", withPhone ? person.phone().orElse(null) : null);
        return address;
    }

    private List<Map<String, Object>> lines(ShopOrder order) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Item item : order.items()) {
            Map<String, Object> line = new LinkedHashMap<>();
            long product = Long.parseLong(item.good().id().replaceAll("\\D", ""));
            line.put("id", order.number() * 10 + lines.size());
            line.put("product_id", product);
            line.put("variant_id", product * 10);
            line.put("sku", item.good().id());
            line.put("title", item.good().title(order.buyer().land()));
            line.put("product_type", item.good().category());
            line.put("quantity", item.quantity());
            line.put("price", MarketplacePayload.decimal(item.good().minor()));
            lines.add(line);
        }
        return lines;
    }

    private List<Map<String, Object>> fulfillments(ShopOrder order) {
        if (order.parcel().isEmpty()) {
            return List.of();
        }
        Map<String, Object> sent = new LinkedHashMap<>();
        sent.put("id", FULFILLMENTS + order.number() % FULFILLMENTS);
        sent.put("order_id", order.number());
        sent.put("status", "success");
        sent.put("created_at", order.at(Step.SHIPPED).map(this::written).orElse(null));
        sent.put("updated_at", written(order.changedAt()));
        sent.put("tracking_company", "SF Express");
        sent.put("tracking_number", order.parcel().get());
        sent.put("tracking_numbers", List.of(order.parcel().get()));
        sent.put("shipment_status", order.at(Step.SIGNED).map(at -> "delivered").orElse(null));
        return List.of(sent);
    }

    private List<Map<String, Object>> refunds(ShopOrder order) {
        if (order.refund().isEmpty()) {
            return List.of();
        }
        Refund refund = order.refund().get();
        Map<String, Object> paidBack = new LinkedHashMap<>();
        paidBack.put("id", REFUNDS + order.number() % CUSTOMERS);
        paidBack.put("kind", "refund");
        paidBack.put("status", "success");
        paidBack.put("amount", MarketplacePayload.decimal(refund.minor()));
        paidBack.put("currency", currency);
        Map<String, Object> given = new LinkedHashMap<>();
        given.put("id", REFUNDS + order.number() % CUSTOMERS);
        given.put("order_id", order.number());
        given.put("created_at", written(refund.at()));
        given.put("processed_at", written(refund.at()));
        given.put("transactions", List.of(paidBack));
        return List.of(given);
    }

    private static String financialStatus(ShopOrder order) {
        if (order.refund().isPresent()) {
            return order.kept() ? "partially_refunded" : "refunded";
        }
        return order.at(Step.PAID).isPresent()
                ? "paid"
                : order.at(Step.CLOSED).isPresent() ? "voided" : "pending";
    }

    /** Who writes the family name first types the whole name into the first field. */
    private static String first(Person person) {
        return person.land().familyFirst() ? person.name() : person.given();
    }

    private static String last(Person person) {
        return person.land().familyFirst() ? "" : person.family();
    }

    private String written(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.truncatedTo(ChronoUnit.SECONDS).atZone(zone));
    }
}
