package io.memberday.local.shop;

import io.memberday.local.outbox.Sent;
import io.memberday.local.shop.ShopOrder.Step;
import io.memberday.local.storefront.Webhook;
import io.memberday.touch.Outcome;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The days after: simulated buyers order, their parcels travel. Who buys is drawn by chances that
 * are made up here; they say nothing about any real campaign.
 */
final class Aftermath {
    /** Of 1,000 who have the message so many buy. */
    static final int SENT_BUYERS = 60;

    /** Of 1,000 who were held out so many buy. */
    static final int HELD_BUYERS = 20;

    private static final int THOUSAND = 1000;
    private static final LocalTime EVENING = LocalTime.of(20, 0);

    /** Evenings on which simulated orders come, and on which parcels still travel. */
    private static final int DAYS_OF_ORDERS = 4;

    private static final int DAYS = 7;

    /** Orders of these days are numbered from here within their buyer's. */
    private static final int INDEX = 40;

    private static final int SOME_AT_LEAST = 3;

    private final Shop shop;
    private final MemberDayRun run;
    private final CarrierPayload carrier = new CarrierPayload();
    private final List<ShopOrder> sentOrders = new ArrayList<>();
    private final List<ShopOrder> heldOrders = new ArrayList<>();
    private final List<List<ShopOrder>> byDay = new ArrayList<>();
    private final Random random;
    private int scans;

    Aftermath(Shop shop, MemberDayRun run) {
        this.shop = shop;
        this.run = run;
        this.random = new Random(shop.seed());
    }

    /** Orders of those who had the message. */
    List<ShopOrder> sentOrders() {
        return List.copyOf(sentOrders);
    }

    /** Orders of those who were held out. */
    List<ShopOrder> heldOrders() {
        return List.copyOf(heldOrders);
    }

    /** Lives through the days. */
    void days() {
        draw();
        int orders = sentOrders.size() + heldOrders.size();
        int before = shop.sentSoFar();
        Console.Stage stage = shop.console().begin("Days pass: simulated buyers, parcels", DAYS);
        LocalDate first = LocalDate.ofInstant(run.day(), shop.zone());
        for (int day = 0; day < DAYS; day++) {
            Instant evening = first.plusDays(day).atTime(EVENING).atZone(shop.zone()).toInstant();
            shop.stack().travel().moveTo(evening);
            shop.send(told(day, evening));
            shop.stack().travel().advance(Duration.ofMinutes(3));
            stage.step();
        }
        shop.stack().travel().advance(Duration.ofHours(1));
        List<Sent> notices = shop.messagesSince(before);
        stage.end(
                "%d simulated orders, %d carrier scans, %d parcel notices"
                        .formatted(orders, scans, notices.size()));
        shop.console()
                .say(
                        "      simulated by assumption: %.1f %% of those with the message buy, %.1f %% of those held out"
                                .formatted(SENT_BUYERS / 10.0, HELD_BUYERS / 10.0));
        Set<String> seen = new HashSet<>();
        shop.checks()
                .that(
                        notices.stream().allMatch(notice -> seen.add(content(notice))),
                        "no notice goes twice, although carriers repeat themselves",
                        notices.size() + " notices, " + seen.size() + " different");
        shop.checks().that(!notices.isEmpty(), "parcels are told of", notices.size());
    }

    private static String content(Sent notice) {
        return switch (notice) {
            case Sent.Sms sms -> sms.phone() + " " + sms.text();
            case Sent.Email email -> email.to() + " " + email.subject() + " " + email.text();
        };
    }

    private void draw() {
        for (int day = 0; day < DAYS_OF_ORDERS; day++) {
            byDay.add(new ArrayList<>());
        }
        draw(sorted(run.sent().keySet()), SENT_BUYERS, sentOrders);
        draw(sorted(run.held()), HELD_BUYERS, heldOrders);
    }

    private void draw(List<Person> people, int chance, List<ShopOrder> into) {
        for (Person person : people) {
            boolean buys = random.nextInt(THOUSAND) < chance;
            // In a very small shop chance alone might leave nothing to show.
            boolean needed = chance == SENT_BUYERS && into.size() < SOME_AT_LEAST;
            if (buys || needed) {
                int day = needed ? 0 : random.nextInt(DAYS_OF_ORDERS);
                Instant at = moment(person, day);
                ShopOrder order =
                        shop.orders()
                                .next(person, INDEX, at)
                                .step(Step.PAID, at.plusSeconds(40 + random.nextInt(200)));
                into.add(order);
                byDay.get(day).add(order);
            }
        }
    }

    /** A moment of a day after the person has the message and before the evening. */
    private Instant moment(Person person, int day) {
        ZonedDateTime start =
                LocalDate.ofInstant(run.day(), shop.zone())
                        .plusDays(day)
                        .atTime(EVENING.minusHours(7))
                        .atZone(shop.zone());
        Instant at = start.toInstant().plusSeconds(random.nextInt(6 * 3600));
        Outcome outcome = run.sent().get(person);
        return outcome == null || at.isAfter(outcome.at()) ? at : outcome.at().plusSeconds(60);
    }

    /** What shop and carrier tell on an evening. */
    private List<Webhook> told(int day, Instant evening) {
        List<Webhook> told = new ArrayList<>();
        Instant now = evening.minusSeconds(60);
        each(day, order -> told.add(shop.told(order)));
        each(
                day - 1,
                order -> {
                    ShopOrder shipped = order.shipped(parcel(order), now.minusSeconds(3600));
                    told.add(shop.told(shipped));
                    told.addAll(scan(shipped, "shipped", now.minusSeconds(1800)));
                });
        each(
                day - 2,
                order -> {
                    told.addAll(scan(order, "in_transit", now.minusSeconds(30_000)));
                    told.addAll(scan(order, "arrived", now));
                });
        each(
                day - 3,
                order -> told.addAll(scan(order, isFirst(order) ? "exception" : "signed", now)));
        return told;
    }

    /** The first order's parcel is the one that goes wrong. */
    private boolean isFirst(ShopOrder order) {
        return byDay.getFirst().stream().findFirst().filter(order::equals).isPresent();
    }

    private void each(int day, java.util.function.Consumer<ShopOrder> what) {
        if (day >= 0 && day < DAYS_OF_ORDERS) {
            byDay.get(day).forEach(what);
        }
    }

    /** Every fifth parcel's carrier says everything twice. */
    private List<Webhook> scan(ShopOrder order, String status, Instant at) {
        Webhook scan = carrier.scan(order.buyer(), parcel(order), status, at);
        int times = order.number() % 5 == 0 ? 2 : 1;
        scans += times;
        return Stream.generate(() -> scan).limit(times).toList();
    }

    private static String parcel(ShopOrder order) {
        return "SF%013d".formatted(order.number());
    }

    private static List<Person> sorted(Collection<Person> people) {
        return people.stream().sorted(Comparator.comparingInt(Person::number)).toList();
    }
}
