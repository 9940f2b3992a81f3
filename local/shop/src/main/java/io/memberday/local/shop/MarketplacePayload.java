package io.memberday.local.shop;

import io.memberday.json.Json;
import io.memberday.local.shop.Person.Consent;
import io.memberday.local.shop.ShopOrder.Item;
import io.memberday.local.shop.ShopOrder.Step;
import io.memberday.local.storefront.Webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The webhooks of a bridge that pulls a marketplace's orders and tells them in our canonical JSON:
 * docs/canonical-webhook.schema.json.
 */
final class MarketplacePayload {
    /** The carrier of all parcels. */
    static final String CARRIER = "sf-express";

    private static final String SHOP = "cotton-lane";

    private final String currency;

    /**
     * @param currency of all amounts
     */
    MarketplacePayload(String currency) {
        this.currency = currency;
    }

    /** What the bridge sends on an order's last step. */
    Webhook order(ShopOrder order) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", event(order));
        body.put("at", order.changedAt().toString());
        body.put("shop", SHOP);
        body.put("order", orderOf(order));
        body.put("buyer", buyer(order.buyer(), order.showsPhone()));
        return webhook(order.buyer(), body);
    }

    /** What the bridge sends when somebody joins the shop's members. */
    Webhook member(Person person) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", "member.updated");
        body.put("at", person.since().toString());
        body.put("shop", SHOP);
        body.put("buyer", buyer(person, true));
        return webhook(person, body);
    }

    private static Webhook webhook(Person person, Map<String, Object> body) {
        return new Webhook(
                person.number(), "memberday", "/webhooks/memberday", Map.of(), Json.write(body));
    }

    private static String event(ShopOrder order) {
        if (order.refund().isPresent()) {
            return "order.refunded";
        }
        Step latest = Step.CREATED;
        for (Step step : Step.values()) {
            latest = order.at(step).isPresent() ? step : latest;
        }
        return "order." + latest.name().toLowerCase(Locale.ROOT);
    }

    private Map<String, Object> orderOf(ShopOrder order) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("number", Long.toString(order.number()));
        body.put("version", order.version());
        body.put("currency", currency);
        body.put("total", decimal(order.totalMinor()));
        for (Step step : Step.values()) {
            order.at(step)
                    .ifPresent(
                            at ->
                                    body.put(
                                            step.name().toLowerCase(Locale.ROOT) + "At",
                                            at.toString()));
        }
        body.put("lines", lines(order));
        order.parcel()
                .ifPresent(
                        number ->
                                body.put(
                                        "parcels",
                                        List.of(Map.of("carrier", CARRIER, "number", number))));
        order.refund()
                .ifPresent(
                        refund ->
                                body.put(
                                        "refunds",
                                        List.of(
                                                Map.of(
                                                        "id", "R" + order.number(),
                                                        "amount", decimal(refund.minor()),
                                                        "at", refund.at().toString()))));
        return body;
    }

    private static List<Map<String, Object>> lines(ShopOrder order) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Item item : order.items()) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("product", item.good().id());
            line.put("title", item.good().title(order.buyer().land()));
            line.put("category", item.good().category());
            line.put("quantity", item.quantity());
            line.put("amount", decimal(item.minor()));
            lines.add(line);
        }
        return lines;
    }

    private static Map<String, Object> buyer(Person person, boolean withPhone) {
        Map<String, Object> buyer = new LinkedHashMap<>();
        buyer.put("account", person.account());
        person.phone()
                .filter(phone -> withPhone)
                .ifPresent(phone -> buyer.put("phone", shown(person, phone)));
        shownEmail(person).ifPresent(email -> buyer.put("email", email));
        buyer.put("name", person.name());
        buyer.put("language", person.land().locale());
        buyer.put("gender", person.gender());
        person.birthday().ifPresent(birthday -> buyer.put("birthday", birthday.toString()));
        buyer.put("country", person.land().country());
        buyer.put("region", person.home().region());
        buyer.put("city", person.home().city());
        buyer.put("address", person.home().street());
        List<Map<String, Object>> consents = new ArrayList<>();
        consent("sms", person.sms(), person.since()).ifPresent(consents::add);
        consent("email", person.mail(), person.since()).ifPresent(consents::add);
        buyer.put("consents", consents);
        return buyer;
    }

    /** Who buys on the shop's own site too has given the email address there alone. */
    static Optional<String> shownEmail(Person person) {
        return person.email().filter(email -> !person.onSite());
    }

    /** As marketplaces show phones: some masked, some as the buyer typed them. */
    private static String shown(Person person, String phone) {
        if (person.masked()) {
            return phone.substring(3, 6) + "****" + phone.substring(10);
        }
        if (!person.land().chinese()) {
            return phone;
        }
        return switch (person.number() % 4) {
            case 0 -> phone.substring(3);
            case 1 ->
                    "%s %s %s"
                            .formatted(
                                    phone.substring(3, 6),
                                    phone.substring(6, 10),
                                    phone.substring(10));
            case 2 -> "0086-" + phone.substring(3);
            default -> phone;
        };
    }

    private static Optional<Map<String, Object>> consent(
            String channel, Consent consent, Instant at) {
        if (consent == Consent.UNKNOWN) {
            return Optional.empty();
        }
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("channel", channel);
        said.put("kind", "marketing");
        said.put("granted", consent == Consent.GIVEN);
        said.put("at", at.toString());
        return Optional.of(said);
    }

    /** Hundredths as payloads write amounts. */
    static String decimal(long minor) {
        return "%d.%02d".formatted(minor / 100, minor % 100);
    }
}
