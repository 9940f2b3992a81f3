package io.memberday.local.shop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.aws.Env;
import io.memberday.aws.IngestRows;
import io.memberday.ingest.Dump;
import io.memberday.json.Fields;
import io.memberday.local.LocalStack;
import io.memberday.local.Ports;
import io.memberday.local.engine.Repository;
import io.memberday.local.outbox.Sent;
import io.memberday.local.shop.ShopOrder.Step;
import io.memberday.local.storefront.Webhook;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Two days of webhooks over HTTP, once as they happened and once with everything repeated and out
 * of sequence: the tables end the same and people hear the same (P1).
 */
class ReplayedDayTest {
    private static final int PEOPLE = 40;
    private static final long SEED = 20260507;
    private static final Duration PAYS_AFTER = Duration.ofMinutes(25);

    @Test
    void shouldEndTheSameAndSendTheSameWhenTheDayComesTwiceAndShuffled(@TempDir Path folder) {
        try (LocalStack stack =
                LocalStack.start(
                        new LocalStack.Settings(
                                Repository.template(), Repository.root(), folder, Ports.ANY))) {
            // Given
            End ordered = live(stack, UnaryOperator.identity());
            stack.reset();
            // When
            List<Webhook> earlier = new ArrayList<>();
            Random random = new Random(SEED);
            End shuffled =
                    live(
                            stack,
                            webhooks -> {
                                List<Webhook> twice = new ArrayList<>(earlier);
                                twice.addAll(webhooks);
                                twice.addAll(webhooks);
                                earlier.addAll(webhooks);
                                Collections.shuffle(twice, random);
                                return twice;
                            });
            // Then
            assertTrue(
                    ordered.messages.stream().anyMatch(message -> message.contains("付款")),
                    () -> "the day has reminders: " + ordered.messages);
            assertTrue(ordered.messages.size() > 10, () -> "and notices: " + ordered.messages);
            assertFalse(ordered.tables.isEmpty());
            assertEquals(ordered.tables, shuffled.tables);
            assertEquals(ordered.messages, shuffled.messages);
            assertEquals(ordered.audience, shuffled.audience);
        }
    }

    /**
     * What a day leaves behind.
     *
     * @param tables canonical dump: members by their identities, no versions, no receipt times
     * @param messages service messages by receiver and text, sorted
     * @param audience how many member day would then address, held out or not: who is held out goes
     *     by the members' random ids
     */
    private record End(String tables, List<String> messages, long audience) {}

    private static End live(LocalStack stack, UnaryOperator<List<Webhook>> delivery) {
        Playbook playbook = Playbooks.load();
        Console console = new Console(new PrintStream(OutputStream.nullOutputStream()), false);
        Shop shop =
                new Shop(
                        stack,
                        playbook,
                        console,
                        new Checks(console),
                        new Options(
                                false, true, PEOPLE, SEED, 0, false, List.of(), Optional.empty()));
        stack.travel().jumpTo(shop.opening());

        List<Webhook> history = new ArrayList<>();
        for (Person person : shop.people()) {
            history.addAll(shop.accounts(person));
            shop.orders().of(person).forEach(order -> history.addAll(steps(shop, order)));
        }
        List<ShopOrder> placed = placed(shop);
        placed.forEach(order -> history.add(shop.told(order)));
        deliver(shop, history, delivery);

        stack.travel().advance(PAYS_AFTER);
        List<ShopOrder> paid =
                placed.subList(0, placed.size() / 2).stream()
                        .map(order -> order.step(Step.PAID, shop.opening().plus(PAYS_AFTER)))
                        .toList();
        deliver(shop, paid.stream().map(shop::told).toList(), delivery);
        String tables = dump(stack);
        stack.travel().advance(Duration.ofMinutes(50));

        List<Webhook> evening = new ArrayList<>();
        Instant now = shop.opening().plus(Duration.ofHours(3));
        stack.travel().moveTo(now);
        CarrierPayload carrier = new CarrierPayload();
        for (ShopOrder order : paid) {
            String parcel = "SF%013d".formatted(order.number());
            evening.add(shop.told(order.shipped(parcel, now.minusSeconds(3_000))));
            evening.add(carrier.scan(order.buyer(), parcel, "shipped", now.minusSeconds(2_000)));
            evening.add(carrier.scan(order.buyer(), parcel, "in_transit", now.minusSeconds(1_000)));
            evening.add(carrier.scan(order.buyer(), parcel, "arrived", now.minusSeconds(60)));
        }
        deliver(shop, evening, delivery);
        stack.travel().advance(Duration.ofMinutes(30));

        List<String> messages =
                stack.outbox().all().stream().map(ReplayedDayTest::heard).sorted().toList();
        Fields preview =
                shop.invoke(
                        "MemberDayFunction",
                        Map.of("campaign", Story.CAMPAIGN, "at", "2026-05-08", "dryRun", true));
        shop.close();
        return new End(tables, messages, preview.whole("audience", 0, Long.MAX_VALUE));
    }

    private static void deliver(
            Shop shop, List<Webhook> webhooks, UnaryOperator<List<Webhook>> delivery) {
        shop.send(delivery.apply(webhooks));
    }

    /** What the outlet told at each step of an order's life. */
    private static List<Webhook> steps(Shop shop, ShopOrder order) {
        List<Webhook> told = new ArrayList<>();
        ShopOrder known =
                ShopOrder.placed(
                        order.number(),
                        order.buyer(),
                        order.onSite(),
                        order.showsPhone(),
                        order.items(),
                        order.createdAt());
        told.add(shop.told(known));
        for (Step step : Step.values()) {
            if (step != Step.CREATED && order.at(step).isPresent()) {
                Instant at = order.at(step).orElseThrow();
                known =
                        step == Step.SHIPPED
                                ? known.shipped(order.parcel().orElseThrow(), at)
                                : known.step(step, at);
                told.add(shop.told(known));
            }
        }
        if (order.refund().isPresent()) {
            told.add(shop.told(order));
        }
        return told;
    }

    private static List<ShopOrder> placed(Shop shop) {
        return shop.people().stream()
                .filter(person -> person.phone().isPresent() && !person.masked())
                .limit(16)
                .map(person -> shop.orders().next(person, 30, shop.opening().minusSeconds(90)))
                .toList();
    }

    private static String dump(LocalStack stack) {
        return Dump.of(
                IngestRows.of(
                        stack.dynamoDb(),
                        Env.of(
                                Map.of(
                                        "MEMBERS_TABLE", stack.name("MembersTable"),
                                        "IDENTITIES_TABLE", stack.name("IdentitiesTable"),
                                        "ORDERS_TABLE", stack.name("OrdersTable"),
                                        "MEMBER_ACTIVITY_TABLE", stack.name("MemberActivityTable"),
                                        "CAMPAIGN_RESULTS_TABLE",
                                                stack.name("CampaignResultsTable")))));
    }

    private static String heard(Sent message) {
        return switch (message) {
            case Sent.Sms sms -> sms.phone() + " " + sms.text();
            case Sent.Email email -> email.to() + " " + email.subject() + " " + email.text();
        };
    }
}
