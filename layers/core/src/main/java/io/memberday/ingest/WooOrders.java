package io.memberday.ingest;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Addresses;
import io.memberday.member.Identity;
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
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads WooCommerce's webhooks, whose body is the REST resource. An order's version is its {@code
 * date_modified_gmt}. A pending or failed order waits for its payment; of one on hold the buyer has
 * done their part. A completed one is dispatched where it has a shipping line, any where it has a
 * parcel. A deleted one waits for nothing any more.
 *
 * @see <a href="https://woocommerce.github.io/woocommerce-rest-api-docs/#webhooks">webhooks</a>
 */
public final class WooOrders {
    /** The source's name in paths and keys. */
    public static final String SOURCE = "woocommerce";

    private static final Set<String> ORDER =
            Set.of("order.created", "order.updated", "order.restored");
    private static final Set<String> CUSTOMER = Set.of("customer.created", "customer.updated");
    private static final String DELETED = "order.deleted";
    private static final String LEFT = "customer.deleted";
    private static final Set<String> PAID = Set.of("processing", "completed");
    private static final Set<String> CLOSED = Set.of("cancelled", "trash");

    /**
     * The buyer transfers the money or sends a cheque, or the shop has yet to take what is held.
     */
    private static final String PLEDGED = "on-hold";

    /** Begun at the checkout, and no order yet. */
    private static final Set<String> DRAFT = Set.of("checkout-draft", "auto-draft", "draft");

    private static final int MOST_QUANTITY = 1_000_000;

    private final Store store;
    private final Addresses addresses;

    public WooOrders(Store store) {
        this.store = store;
        this.addresses = new Addresses(store.country(), store.placeholders());
    }

    /**
     * Reads one event.
     *
     * @param topic header {@code X-WC-Webhook-Topic}
     * @param site header {@code X-WC-Webhook-Source}: the shop's address
     * @return empty for topics that are not ours, and for what is no order yet
     * @throws BadInput if the body is not what the topic promises
     */
    public Optional<OrderEvent> read(String topic, String site, String body, Instant now) {
        if (ORDER.contains(topic)) {
            return order(Json.read(body), topic, site, now);
        }
        if (CUSTOMER.contains(topic)) {
            return Optional.of(customer(Json.read(body), topic, site, now));
        }
        if (topic.equals(DELETED)) {
            Fields order = Json.read(body);
            Payload.fits(!order.has("line_items"), order, "line_items", topic);
            OrderKey key = key(order, shop(site));
            return Optional.of(
                    new OrderEvent(
                            now,
                            Optional.of(Order.ofMilestone(key, Milestone.CLOSED, now)),
                            Buyer.NOBODY));
        }
        return Optional.empty();
    }

    /**
     * Reads a customer's deletion, by the same headers: whether its person wants to be forgotten, a
     * person must see.
     *
     * @return empty if the topic is another
     * @throws BadInput if the body is not what the topic promises
     */
    public Optional<PrivacyRequest> request(String topic, String site, String body, Instant now) {
        if (!topic.equals(LEFT)) {
            return Optional.empty();
        }
        Fields customer = Json.read(body);
        Payload.fits(!customer.has("email"), customer, "email", topic);
        Payload.fits(!customer.has("line_items"), customer, "line_items", topic);
        String shop = shop(site);
        String id = Payload.key(customer, "id");
        return Optional.of(
                new PrivacyRequest(
                        now,
                        "customer-deleted:" + shop + ":" + id,
                        "the account was deleted in the shop: erase if the person asked for it",
                        List.of(Identity.account(SOURCE, shop, id))));
    }

    /**
     * The shop's name in keys: its address without scheme and end, as {@code example.com_shop}.
     *
     * @throws BadInput if it is no address
     */
    static String shop(String site) {
        String name = site.replaceFirst("^https?://", "").replaceFirst("/+$", "");
        return Payload.shop(
                Fields.of("", Map.of("X-WC-Webhook-Source", name.replaceAll("[/:]", "_"))),
                "X-WC-Webhook-Source");
    }

    private Optional<OrderEvent> order(Fields order, String topic, String site, Instant now) {
        Payload.fits(order.has("line_items"), order, "line_items", topic);
        String status = order.text("status");
        ofTheSite(order, site);
        if (DRAFT.contains(status)) {
            return Optional.empty();
        }
        Payload.currency(order, "currency", store.currency());
        Instant created = required(order, "date_created_gmt", now);
        Instant modified = required(order, "date_modified_gmt", now);
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        Map<Milestone, Instant> estimates = new EnumMap<>(Milestone.class);
        times.put(Milestone.CREATED, created);
        utc(order, "date_paid_gmt", now).ifPresent(at -> times.put(Milestone.PAID, at));
        if (PAID.contains(status) && !times.containsKey(Milestone.PAID)) {
            times.put(Milestone.PAID, modified);
            estimates.put(Milestone.PAID, modified);
        }
        if (CLOSED.contains(status)) {
            times.put(Milestone.CLOSED, modified);
            estimates.put(Milestone.CLOSED, modified);
        }
        if (status.equals(PLEDGED) && !times.containsKey(Milestone.PAID)) {
            times.put(Milestone.PLEDGED, modified);
            estimates.put(Milestone.PLEDGED, modified);
        }
        List<ParcelKey> parcels = WooParcels.of(order, store.logistics());
        if (!parcels.isEmpty() || !order.objects("shipping_lines").isEmpty()) {
            utc(order, "date_completed_gmt", now).ifPresent(at -> times.put(Milestone.SHIPPED, at));
        }
        if (!parcels.isEmpty() && !times.containsKey(Milestone.SHIPPED)) {
            // A part is on its way. The day that the shop typed in may be any.
            times.put(Milestone.SHIPPED, modified);
            estimates.put(Milestone.SHIPPED, modified);
        }
        Order state =
                new Order(
                        key(order, shop(site)),
                        modified.toEpochMilli(),
                        Optional.of(
                                new OrderFacts(
                                        times,
                                        minor(order, "total"),
                                        minor(order, "discount_total"),
                                        minor(order, "shipping_total"),
                                        lines(order),
                                        parcels)),
                        estimates,
                        refunds(order, modified));
        return Optional.of(
                new OrderEvent(modified, Optional.of(state), buyer(order, site, modified)));
    }

    /**
     * The header that names the shop is not signed, the body is: where it says whose it is, both
     * must agree.
     */
    private static void ofTheSite(Fields resource, String site) {
        for (Fields link :
                resource.optionalObject("_links")
                        .map(links -> links.objects("self"))
                        .orElse(List.of())) {
            String self = link.text("href").replaceFirst("^https?://", "");
            String ours = site.replaceFirst("^https?://", "").replaceFirst("/+$", "");
            if (!self.equals(ours) && !self.startsWith(ours + "/")) {
                throw link.bad("href", "is not of the shop that X-WC-Webhook-Source names");
            }
        }
    }

    private static OrderKey key(Fields order, String shop) {
        return new OrderKey(SOURCE, shop, Payload.key(order, "id"));
    }

    /** Their own times are not told; the first time at which one was seen counts. */
    private Map<String, Refund> refunds(Fields order, Instant modified) {
        Map<String, Refund> refunds = new TreeMap<>();
        for (Fields refund : order.objects("refunds")) {
            refunds.put(
                    Payload.key(refund, "id"),
                    new Refund(Payload.given(refund, "total", store.currency()), modified));
        }
        return refunds;
    }

    private List<Line> lines(Fields order) {
        List<Line> lines = new ArrayList<>();
        for (Fields line : order.objects("line_items")) {
            int quantity = (int) line.whole("quantity", 0, MOST_QUANTITY);
            if (quantity == 0) {
                continue;
            }
            String product =
                    line.optionalText("sku")
                            .filter(sku -> !sku.isBlank())
                            .orElseGet(() -> line.id("product_id"));
            lines.add(
                    new Line(
                            BuyerDraft.tidy(product),
                            BuyerDraft.tidy(line.optionalText("name").orElse("")),
                            quantity,
                            Math.addExact(minor(line, "total"), minor(line, "total_tax")),
                            ""));
        }
        return lines;
    }

    private long minor(Fields fields, String name) {
        return fields.optionalText(name).filter(text -> !text.isBlank()).isPresent()
                ? Payload.minor(fields, name, store.currency())
                : 0;
    }

    /** The account and what was typed at the checkout; the receiver may be somebody else. */
    private Buyer buyer(Fields order, String site, Instant modified) {
        BuyerDraft draft = new BuyerDraft(addresses, modified);
        draft.account(SOURCE, shop(site), order.optionalId("customer_id").filter(this::named));
        order.optionalObject("billing").ifPresent(billing -> person(billing, draft));
        return draft.done();
    }

    private OrderEvent customer(Fields customer, String topic, String site, Instant now) {
        Payload.fits(customer.has("email"), customer, "email", topic);
        Payload.fits(!customer.has("line_items"), customer, "line_items", topic);
        ofTheSite(customer, site);
        Instant modified =
                utc(customer, "date_modified_gmt", now)
                        .orElseGet(() -> required(customer, "date_created_gmt", now));
        BuyerDraft draft =
                new BuyerDraft(addresses, modified)
                        .account(SOURCE, shop(site), Optional.of(Payload.key(customer, "id")))
                        .field(Field.NAME, name(customer));
        customer.optionalObject("billing").ifPresent(billing -> person(billing, draft));
        // WooCommerce does not make sure of an address.
        draft.email(customer.optionalText("email"), false);
        return new OrderEvent(modified, Optional.empty(), draft.done());
    }

    private boolean named(String account) {
        return !account.equals("0");
    }

    private static void person(Fields billing, BuyerDraft draft) {
        draft.phone(billing.optionalText("phone"))
                .email(billing.optionalText("email"), false)
                .field(Field.NAME, name(billing))
                .field(Field.COUNTRY, billing.optionalText("country"))
                .field(Field.REGION, billing.optionalText("state"))
                .field(Field.CITY, billing.optionalText("city"))
                .field(
                        Field.ADDRESS,
                        Payload.joined(
                                billing.optionalText("address_1"),
                                billing.optionalText("address_2")));
    }

    private static Optional<String> name(Fields person) {
        return Payload.joined(person.optionalText("first_name"), person.optionalText("last_name"));
    }

    private static Instant required(Fields fields, String name, Instant now) {
        return utc(fields, name, now)
                .orElseThrow(() -> fields.bad(name, "is required, such as 2026-05-08T02:00:00"));
    }

    private static Optional<Instant> utc(Fields fields, String name, Instant now) {
        return Payload.zoned(
                fields, name, DateTimeFormatter.ISO_LOCAL_DATE_TIME, ZoneOffset.UTC, now);
    }
}
