package io.memberday.local.shop;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.LocalStack;
import io.memberday.local.function.Outcome;
import io.memberday.local.outbox.Sent;
import io.memberday.local.page.LiveMembers;
import io.memberday.local.storefront.Storefronts;
import io.memberday.local.storefront.Webhook;
import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The simulated shop on the stack: its people, its orders and its ways to tell of them. */
final class Shop {
    /** The day before a Friday that is the 8th: member day then has its richer offer. */
    static final LocalDate EVE = LocalDate.of(2026, 5, 7);

    private static final LocalTime OPENS = LocalTime.of(14, 0);

    private final LocalStack stack;
    private final Playbook playbook;
    private final Console console;
    private final Checks checks;
    private final Storefronts storefronts;
    private final SitePayload site;
    private final MarketplacePayload marketplace;
    private final long seed;
    private final List<Person> people;
    private final PastOrders orders;
    private final Map<String, Person> byAddress = new HashMap<>();

    Shop(LocalStack stack, Playbook playbook, Console console, Checks checks, Options options) {
        this.stack = stack;
        this.playbook = playbook;
        this.console = console;
        this.checks = checks;
        storefronts = new Storefronts(stack.api(), stack.signer("WebhookSecrets"), stack.clock());
        site = new SitePayload(zone(), playbook.store().currency());
        marketplace = new MarketplacePayload(playbook.store().currency());
        seed = options.seed();
        people = new People(seed, opening()).first(options.members());
        orders = new PastOrders(seed, opening(), zone());
        for (Person person : people) {
            person.phone().ifPresent(phone -> byAddress.put(phone, person));
            person.email().ifPresent(email -> byAddress.put(email, person));
        }
    }

    LocalStack stack() {
        return stack;
    }

    Playbook playbook() {
        return playbook;
    }

    Console console() {
        return console;
    }

    Checks checks() {
        return checks;
    }

    /** From which all that is simulated is drawn. */
    long seed() {
        return seed;
    }

    List<Person> people() {
        return people;
    }

    PastOrders orders() {
        return orders;
    }

    ZoneId zone() {
        return playbook.store().zone();
    }

    /** When the story begins. */
    Instant opening() {
        return EVE.atTime(OPENS).atZone(zone()).toInstant();
    }

    /** Who has a phone or an email address. */
    Optional<Person> at(String address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** What an order's outlet tells of it now. */
    Webhook told(ShopOrder order) {
        return order.onSite() ? site.order(order) : marketplace.order(order);
    }

    /** What outlets tell of somebody's accounts, whether or not there is an order. */
    List<Webhook> accounts(Person person) {
        List<Webhook> told = new ArrayList<>();
        if (tellsOfAccount(person)) {
            // On two outlets the site does not know the phone yet: an order will bring it.
            told.add(site.customer(person, !person.onMarketplace()));
        }
        if (person.onMarketplace() && person.appetite() == 0) {
            told.add(marketplace.member(person));
        }
        return told;
    }

    /** Whether the site tells of somebody's account by itself: else an order brings it. */
    static boolean tellsOfAccount(Person person) {
        return person.onSite() && (person.onMarketplace() || person.appetite() == 0);
    }

    /** Sends webhooks, shown as a stage; every one must be taken. */
    void send(String title, List<Webhook> webhooks) {
        long begun = System.nanoTime();
        Console.Stage stage = console.begin(title, webhooks.size());
        storefronts.send(webhooks, stage::step);
        stack.settle();
        double seconds = (System.nanoTime() - begun) / 1e9;
        stage.end(
                "%s signed webhooks, all answered 200, %.0f/s"
                        .formatted(Console.count(webhooks.size()), webhooks.size() / seconds));
    }

    /** Sends webhooks that are part of another stage. */
    void send(List<Webhook> webhooks) {
        storefronts.send(webhooks, () -> {});
        stack.settle();
    }

    /**
     * Invokes a function and reads its answer.
     *
     * @throws IllegalStateException if it fails
     */
    Fields invoke(String function, Map<String, Object> payload) {
        Outcome outcome = stack.invoke(function, Json.write(payload));
        if (outcome.failed()) {
            throw new IllegalStateException(function + " failed: " + outcome.payload());
        }
        return Json.read(outcome.payload());
    }

    /** All members that were not merged into another. */
    List<Member> members() {
        return LiveMembers.of(stack.dynamoDb(), stack.name("MembersTable"));
    }

    /** The simulated person that a member is, as far as an address tells. */
    Optional<Person> person(Member member) {
        return Arrays.stream(Channel.values())
                .flatMap(channel -> member.profile().address(channel).stream())
                .flatMap(address -> at(address).stream())
                .findFirst();
    }

    /** Who got a message. */
    Optional<Person> receiver(Sent message) {
        return at(
                switch (message) {
                    case Sent.Sms sms -> sms.phone();
                    case Sent.Email email -> email.to().getFirst();
                });
    }

    /** How many messages there are. */
    int sentSoFar() {
        return Math.toIntExact(stack.outbox().count());
    }

    /** The messages sent since there were so many. */
    List<Sent> messagesSince(int count) {
        List<Sent> all = stack.outbox().all();
        return all.subList(count, all.size());
    }

    /** Those of them that name what they are about, beside all that purchases bring. */
    List<Sent> messagesSince(int count, String about, String inEnglish) {
        return messagesSince(count).stream()
                .filter(
                        message -> {
                            String text =
                                    switch (message) {
                                        case Sent.Sms sms -> sms.text();
                                        case Sent.Email email -> email.subject();
                                    };
                            return text.contains(about)
                                    || text.toLowerCase(Locale.ROOT).contains(inEnglish);
                        })
                .toList();
    }

    /** When member day is next. */
    Instant nextMemberDay() {
        Campaign campaign = playbook.campaign(Story.CAMPAIGN).orElseThrow();
        return EVE.plusDays(1)
                .datesUntil(EVE.plusDays(32))
                .flatMap(
                        date ->
                                campaign
                                        .schedule(date)
                                        .map(its -> date.atTime(its.at()).atZone(zone()))
                                        .stream())
                .map(ZonedDateTime::toInstant)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("member day is never held"));
    }

    /** Follows a one-click link of an email, as a mail client does. */
    void click(String path) {
        storefronts.click(path);
    }

    void close() {
        storefronts.close();
    }
}
