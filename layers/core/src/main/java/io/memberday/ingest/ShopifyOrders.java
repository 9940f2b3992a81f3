package io.memberday.ingest;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Addresses;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Profile.Field;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads Shopify's webhooks. An order's version is its {@code updated_at}. Shopify does not tell
 * when an order was paid: the first {@code updated_at} at which it was seen paid stands for it. An
 * authorised payment counts as paid, as the buyer has done their part; a pending one is pledged if
 * it is to come by one of Shopify's manual methods; a voided one closes the order.
 *
 * @see <a href="https://shopify.dev/docs/api/admin-rest/latest/resources/order">order</a>
 */
public final class ShopifyOrders {
    /** The source's name in paths and keys. */
    public static final String SOURCE = "shopify";

    private static final String DOMAIN = ".myshopify.com";
    private static final String REFUND = "refunds/create";
    private static final Set<String> ORDER =
            Set.of(
                    "orders/create",
                    "orders/paid",
                    "orders/updated",
                    "orders/cancelled",
                    "orders/fulfilled",
                    "orders/partially_fulfilled");
    private static final Set<String> CUSTOMER = Set.of("customers/create", "customers/update");
    private static final String EMAIL_CONSENT = "customers_email_marketing_consent/update";
    private static final String SMS_CONSENT = "customers_marketing_consent/update";
    private static final Set<String> PAID =
            Set.of("authorized", "paid", "partially_refunded", "refunded");
    private static final Set<String> CLOSED = Set.of("voided", "expired");
    private static final String PENDING = "pending";

    /**
     * Its own manual payment methods, whose names no shop may give to another: the buyer has been
     * told how the money is to come, and nothing is left to do at the checkout.
     *
     * @see <a href="https://help.shopify.com/en/manual/payments/manual-payments">methods</a>
     */
    private static final Set<String> MANUAL =
            Set.of("bank deposit", "money order", "cash on delivery (cod)", "cash on delivery");

    private final Store store;
    private final Addresses addresses;
    private final ShopifyDetails details;

    public ShopifyOrders(Store store) {
        this.store = store;
        this.addresses = new Addresses(store.country(), store.placeholders());
        this.details = new ShopifyDetails(addresses);
    }

    /**
     * Reads one event.
     *
     * @param topic header {@code X-Shopify-Topic}
     * @param domain header {@code X-Shopify-Shop-Domain}
     * @return empty for topics that are not ours and for test orders, which nobody pays
     * @throws BadInput if the body is not what the topic promises
     */
    public Optional<OrderEvent> read(String topic, String domain, String body, Instant now) {
        String name = shop(domain);
        if (ShopifyDetails.reads(topic)) {
            return details.read(topic, Json.read(body), name, now);
        }
        if (ORDER.contains(topic)) {
            return order(Json.read(body), topic, name, now);
        }
        if (topic.equals(REFUND)) {
            return Optional.of(refund(Json.read(body), name, now));
        }
        if (CUSTOMER.contains(topic)) {
            return Optional.of(customer(Json.read(body), name, now));
        }
        if (topic.equals(EMAIL_CONSENT) || topic.equals(SMS_CONSENT)) {
            return consent(Json.read(body), topic, name, now);
        }
        return Optional.empty();
    }

    /**
     * Reads one request on a person's behalf, by the same headers.
     *
     * @return empty if the topic is none of those
     * @throws BadInput if the body is not what the topic promises
     */
    public Optional<PrivacyRequest> request(String topic, String domain, String body, Instant now) {
        return ShopifyDetails.asks(topic)
                ? Optional.of(details.request(topic, Json.read(body), shop(domain), now))
                : Optional.empty();
    }

    /** The shop's name in keys: its domain's first part. */
    static String shop(String domain) {
        Fields header = Fields.of("", Map.of("X-Shopify-Shop-Domain", domain));
        String name = Payload.shop(header, "X-Shopify-Shop-Domain");
        return name.endsWith(DOMAIN) ? name.substring(0, name.length() - DOMAIN.length()) : name;
    }

    private Optional<OrderEvent> order(Fields order, String topic, String shop, Instant now) {
        String status = order.optionalText("financial_status").orElse("");
        Payload.fits(order.has("line_items"), order, "line_items", topic);
        Payload.fits(
                !topic.equals("orders/cancelled") || order.has("cancelled_at"),
                order,
                "cancelled_at",
                topic);
        if (order.optionalTruth("test").orElse(false)) {
            return Optional.empty();
        }
        Instant created = Payload.requiredTime(order, "created_at", now);
        Instant updated = Payload.requiredTime(order, "updated_at", now);
        Payload.currency(order, "currency", store.currency());
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        Map<Milestone, Instant> estimates = new EnumMap<>(Milestone.class);
        times.put(Milestone.CREATED, created);
        Payload.time(order, "cancelled_at", now).ifPresent(at -> times.put(Milestone.CLOSED, at));
        if (PAID.contains(status)) {
            times.put(Milestone.PAID, updated);
            estimates.put(Milestone.PAID, updated);
        } else if (CLOSED.contains(status) && !times.containsKey(Milestone.CLOSED)) {
            times.put(Milestone.CLOSED, updated);
            estimates.put(Milestone.CLOSED, updated);
        } else if (status.equals(PENDING) && isPaidByHand(order)) {
            times.put(Milestone.PLEDGED, updated);
            estimates.put(Milestone.PLEDGED, updated);
        }
        List<ParcelKey> parcels = new ArrayList<>();
        for (Fields fulfillment : order.objects("fulfillments")) {
            fulfilled(fulfillment, now, times, estimates, parcels);
        }
        Map<String, Refund> refunds = new TreeMap<>();
        for (Fields refund : order.objects("refunds")) {
            refunds.put(Payload.key(refund, "id"), refunded(refund, now));
        }
        Order state =
                new Order(
                        new OrderKey(SOURCE, shop, Payload.key(order, "id")),
                        updated.toEpochMilli(),
                        Optional.of(
                                new OrderFacts(
                                        times,
                                        Payload.minor(order, "total_price", store.currency()),
                                        order.has("total_discounts")
                                                ? Payload.minor(
                                                        order, "total_discounts", store.currency())
                                                : 0,
                                        postage(order),
                                        lines(order),
                                        parcels)),
                        estimates,
                        refunds);
        return Optional.of(
                new OrderEvent(updated, Optional.of(state), buyer(order, shop, updated, now)));
    }

    private static boolean isPaidByHand(Fields order) {
        return order.texts("payment_gateway_names").stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .anyMatch(MANUAL::contains);
    }

    private void fulfilled(
            Fields fulfillment,
            Instant now,
            Map<Milestone, Instant> times,
            Map<Milestone, Instant> estimates,
            List<ParcelKey> parcels) {
        if (fulfillment.optionalText("status").filter("cancelled"::equals).isPresent()) {
            return;
        }
        Payload.time(fulfillment, "created_at", now)
                .ifPresent(
                        at -> times.merge(Milestone.SHIPPED, at, (a, b) -> a.isBefore(b) ? a : b));
        if (fulfillment.optionalText("shipment_status").filter("delivered"::equals).isPresent()) {
            Payload.time(fulfillment, "updated_at", now)
                    .ifPresent(
                            at -> {
                                times.merge(Milestone.SIGNED, at, (a, b) -> a.isAfter(b) ? a : b);
                                estimates.put(Milestone.SIGNED, times.get(Milestone.SIGNED));
                            });
        }
        String carrier = fulfillment.optionalText("tracking_company").orElse("");
        for (String number : fulfillment.texts("tracking_numbers")) {
            Payload.told(carrier, number, store.logistics()).ifPresent(parcels::add);
        }
    }

    private long postage(Fields order) {
        return order.optionalObject("total_shipping_price_set")
                .flatMap(both -> both.optionalObject("shop_money"))
                .map(money -> Payload.minor(money, "amount", store.currency()))
                .orElse(0L);
    }

    private List<Line> lines(Fields order) {
        List<Line> lines = new ArrayList<>();
        for (Fields line : order.objects("line_items")) {
            int quantity = (int) line.whole("quantity", 0, 1_000_000);
            if (quantity == 0) {
                continue;
            }
            String product =
                    line.optionalText("sku")
                            .filter(sku -> !sku.isBlank())
                            .or(() -> line.optionalId("product_id"))
                            .orElseGet(() -> line.id("id"));
            lines.add(
                    new Line(
                            BuyerDraft.tidy(product),
                            BuyerDraft.tidy(line.optionalText("title").orElse("")),
                            quantity,
                            Math.multiplyExact(
                                    Payload.minor(line, "price", store.currency()),
                                    (long) quantity),
                            BuyerDraft.tidy(line.optionalText("product_type").orElse(""))));
        }
        return lines;
    }

    private OrderEvent refund(Fields refund, String shop, Instant now) {
        Payload.fits(refund.has("order_id"), refund, "order_id", REFUND);
        OrderKey key = new OrderKey(SOURCE, shop, Payload.key(refund, "order_id"));
        Refund money = refunded(refund, now);
        return new OrderEvent(
                money.at(),
                Optional.of(Order.ofRefunds(key, Map.of(Payload.key(refund, "id"), money))),
                Buyer.NOBODY);
    }

    private Refund refunded(Fields refund, Instant now) {
        long minor = 0;
        for (Fields transaction : refund.objects("transactions")) {
            boolean moved =
                    transaction.text("kind").equals("refund")
                            && transaction.text("status").equals("success");
            if (moved) {
                if (transaction.has("currency")) {
                    Payload.currency(transaction, "currency", store.currency());
                }
                minor += Payload.minor(transaction, "amount", store.currency());
            }
        }
        return new Refund(minor, Payload.requiredTime(refund, "created_at", now));
    }

    private Buyer buyer(Fields order, String shop, Instant updated, Instant now) {
        BuyerDraft draft = new BuyerDraft(addresses, updated);
        Optional<Fields> customer = order.optionalObject("customer");
        if (customer.isPresent()) {
            person(customer.get(), draft, shop, now);
        } else {
            // A guest is known by what was typed at the checkout and nothing else.
            draft.phone(order.optionalText("phone")).email(order.optionalText("email"), false);
        }
        draft.field(Field.LANGUAGE, order.optionalText("customer_locale"));
        order.optionalObject("shipping_address").ifPresent(address -> place(address, draft));
        // The checkout's box is about email. An empty box takes back nothing that was agreed to
        // elsewhere, and unknown consent means no marketing anyway.
        if (order.optionalTruth("buyer_accepts_marketing").orElse(false)) {
            draft.consent(
                    Channel.EMAIL,
                    Kind.MARKETING,
                    new Consent(true, false, Payload.requiredTime(order, "created_at", now)));
        }
        return draft.done();
    }

    private OrderEvent customer(Fields customer, String shop, Instant now) {
        Payload.fits(customer.has("id"), customer, "id", "customers/update");
        Payload.fits(!customer.has("line_items"), customer, "line_items", "customers/update");
        Instant updated = Payload.requiredTime(customer, "updated_at", now);
        BuyerDraft draft = new BuyerDraft(addresses, updated);
        person(customer, draft, shop, now);
        return new OrderEvent(updated, Optional.empty(), draft.done());
    }

    private void person(Fields customer, BuyerDraft draft, String shop, Instant now) {
        draft.account(SOURCE, shop, Optional.of(Payload.key(customer, "id")))
                .phone(customer.optionalText("phone"))
                .email(
                        customer.optionalText("email"),
                        customer.optionalTruth("verified_email").orElse(false))
                .field(Field.NAME, name(customer));
        customer.optionalObject("default_address").ifPresent(address -> place(address, draft));
        said(customer, "email_marketing_consent", Channel.EMAIL, draft, now);
        said(customer, "sms_marketing_consent", Channel.SMS, draft, now);
    }

    private Optional<OrderEvent> consent(Fields body, String topic, String shop, Instant now) {
        boolean email = topic.equals(EMAIL_CONSENT);
        String field = email ? "email_marketing_consent" : "sms_marketing_consent";
        String account = Payload.key(body, email ? "customer_id" : "id");
        return Payload.time(body.object(field), "consent_updated_at", now)
                .map(
                        at -> {
                            BuyerDraft draft =
                                    new BuyerDraft(addresses, at)
                                            .account(SOURCE, shop, Optional.of(account));
                            said(body, field, email ? Channel.EMAIL : Channel.SMS, draft, now);
                            return new OrderEvent(at, Optional.empty(), draft.done());
                        });
    }

    /** Only a plain yes or no with its date counts: pending, redacted and undated say nothing. */
    private static void said(
            Fields fields, String name, Channel channel, BuyerDraft draft, Instant now) {
        Optional<Fields> consent = fields.optionalObject(name);
        if (consent.isEmpty()) {
            return;
        }
        String state = consent.get().optionalText("state").orElse("");
        Payload.time(consent.get(), "consent_updated_at", now)
                .filter(_ -> state.equals("subscribed") || state.equals("unsubscribed"))
                .ifPresent(
                        at ->
                                draft.consent(
                                        channel,
                                        Kind.MARKETING,
                                        new Consent(state.equals("subscribed"), true, at)));
    }

    private static void place(Fields address, BuyerDraft draft) {
        draft.field(Field.COUNTRY, address.optionalText("country_code"))
                .field(Field.REGION, address.optionalText("province"))
                .field(Field.CITY, address.optionalText("city"))
                .field(
                        Field.ADDRESS,
                        Payload.joined(
                                address.optionalText("address1"),
                                address.optionalText("address2")));
    }

    private static Optional<String> name(Fields customer) {
        return Payload.joined(
                customer.optionalText("first_name"), customer.optionalText("last_name"));
    }
}
