package io.memberday.local.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.ingest.CanonicalOrders;
import io.memberday.ingest.OrderEvent;
import io.memberday.ingest.ShopifyOrders;
import io.memberday.local.shop.ShopOrder.Step;
import io.memberday.local.storefront.Webhook;
import io.memberday.member.Channel;
import io.memberday.member.Consents;
import io.memberday.member.Kind;
import io.memberday.member.Profile.Field;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The simulated outlets' payloads are read as they are meant. */
class PayloadsTest {
    private static final Instant TODAY = Instant.parse("2026-05-07T06:00:00Z");
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final List<Person> PEOPLE = new People(3, TODAY).first(300);

    private final PastOrders past = new PastOrders(3, TODAY, ZONE);
    private final SitePayload site = new SitePayload(ZONE, "CNY");
    private final MarketplacePayload marketplace = new MarketplacePayload("CNY");

    @Test
    void shouldHaveEveryOrderReadAsTheShopMeansIt() {
        for (Person person : PEOPLE) {
            for (ShopOrder order : past.of(person)) {
                Order read = read(order).order().orElseThrow();
                assertEquals(order.totalMinor(), read.totalMinor());
                assertEquals(order.kept(), read.kept().isPresent());
                assertEquals(order.items().size(), read.facts().orElseThrow().lines().size());
                for (Step step : List.of(Step.CREATED, Step.SHIPPED, Step.CLOSED)) {
                    assertEquals(order.at(step), read.at(Milestone.valueOf(step.name())));
                }
            }
        }
    }

    @Test
    void shouldHaveEveryBuyerReadAsTheyAre() {
        for (Person person : PEOPLE) {
            for (ShopOrder order : past.of(person)) {
                var buyer = read(order).buyer();
                assertEquals(Optional.of(person.name()), buyer.profile().get(Field.NAME));
                assertEquals(Optional.of(person.home().city()), buyer.profile().get(Field.CITY));
                assertEquals(
                        person.phone().filter(phone -> order.showsPhone() && !person.masked()),
                        buyer.profile().get(Field.PHONE));
                assertEquals(
                        order.onSite() ? person.email() : MarketplacePayload.shownEmail(person),
                        buyer.profile().get(Field.EMAIL));
                assertConsent(person.sms(), buyer.consents(), Channel.SMS);
                assertConsent(person.mail(), buyer.consents(), Channel.EMAIL);
            }
        }
    }

    private OrderEvent read(ShopOrder order) {
        if (!order.onSite()) {
            return new CanonicalOrders(SamplePlaybook.store())
                    .read(marketplace.order(order).body(), TODAY);
        }
        Webhook webhook = site.order(order);
        return new ShopifyOrders(SamplePlaybook.store())
                .read(
                        webhook.headers().get("X-Shopify-Topic"),
                        webhook.headers().get("X-Shopify-Shop-Domain"),
                        webhook.body(),
                        TODAY)
                .orElseThrow();
    }

    private static void assertConsent(Person.Consent said, Consents read, Channel channel) {
        switch (said) {
            case GIVEN -> assertTrue(read.allow(channel, Kind.MARKETING));
            case REFUSED -> assertFalse(read.of(channel, Kind.MARKETING).orElseThrow().granted());
            case UNKNOWN -> assertTrue(read.of(channel, Kind.MARKETING).isEmpty());
        }
    }
}
