package io.memberday.local.shop;

import io.memberday.json.Fields;
import io.memberday.local.outbox.Sent;
import io.memberday.local.shop.ShopOrder.Step;
import io.memberday.local.storefront.Webhook;
import io.memberday.member.Layer;
import io.memberday.member.Member;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The main job: some days of the simulated shop, told stage by stage. Each stage checks what it
 * must have brought about.
 */
final class Story {
    static final String CAMPAIGN = "member-day";
    private static final String REMINDER = "payment-reminder";

    /** One in so many people leaves an order unpaid on the eve. */
    private static final int ONE_UNPAID_IN = 50;

    private static final int FEWEST_UNPAID = 8;

    /** The eve's orders are numbered from here within their buyer's. */
    private static final int EVES_INDEX = 30;

    private static final List<String> DEAD_LETTERS =
            List.of(
                    "SliceDeadLetters",
                    "MarketingDeadLetters",
                    "ServiceDeadLetters",
                    "FailedInvocations");

    private final Shop shop;
    private final Console console;
    private final Checks checks;

    Story(Shop shop) {
        this.shop = shop;
        this.console = shop.console();
        this.checks = shop.checks();
    }

    /**
     * Tells it.
     *
     * @param files where reports and exports are copied to
     */
    void tell(Path files) {
        shop.stack().travel().jumpTo(shop.opening());
        history();
        eve();
        Fields preview = preview();
        MemberDayRun run = new MemberDayRun(shop, preview);
        run.hold();
        Aftermath aftermath = new Aftermath(shop, run);
        aftermath.days();
        Results results = new Results(shop, run, aftermath, files);
        results.report();
        results.export();
        for (String queue : DEAD_LETTERS) {
            checks.same(0, shop.stack().queue(queue).visible(), "nothing lies in " + queue);
        }
        results.table();
    }

    /** The year behind: members, orders, merges. */
    private void history() {
        List<Webhook> webhooks = new ArrayList<>();
        int expected = 0;
        for (Person person : shop.people()) {
            List<ShopOrder> orders = shop.orders().of(person);
            webhooks.addAll(shop.accounts(person));
            orders.forEach(order -> webhooks.add(shop.told(order)));
            expected += Identified.members(person, orders);
        }
        shop.send("A year arrives by HTTP", webhooks);
        Console.Stage stage = console.begin("Members are known", 0);
        List<Member> members = shop.members();
        long kept = members.stream().mapToLong(member -> member.purchases().count()).sum();
        long joined = members.stream().filter(member -> !member.was().isEmpty()).count();
        stage.end(
                "%s members, %s kept purchases, %s joined from several accounts"
                        .formatted(
                                Console.count(members.size()),
                                Console.count(kept),
                                Console.count(joined)));
        checks.same(
                expected, members.size(), "every person is one member, once a webhook shows it");
        checks.same(
                shop.people().stream()
                        .flatMap(person -> shop.orders().of(person).stream())
                        .filter(ShopOrder::kept)
                        .count(),
                kept,
                "every kept purchase counts once");
    }

    /** Orders of the eve; some are paid in time, the others are reminded after an hour. */
    private void eve() {
        List<ShopOrder> placed = placed();
        shop.send("Orders of the eve, unpaid", placed.stream().map(shop::told).toList());
        Set<ShopOrder> paid = new HashSet<>(placed.subList(0, placed.size() / 2));
        Console.Stage stage = console.begin("Payment reminders, an hour later", 0);
        int before = shop.sentSoFar();
        shop.stack().travel().advance(Duration.ofMinutes(25));
        Instant now = shop.stack().clock().instant();
        shop.send(paid.stream().map(order -> shop.told(order.step(Step.PAID, now))).toList());
        shop.stack().travel().advance(Duration.ofMinutes(50));
        // Thanks for a payment speak of it as well, and come by email.
        List<Sent> reminders =
                shop.messagesSince(before, "付款", "payment").stream()
                        .filter(Sent.Sms.class::isInstance)
                        .toList();
        stage.end(
                "%d of %d paid in time; %d reminders to the others"
                        .formatted(paid.size(), placed.size(), reminders.size()));
        Set<Person> reminded =
                reminders.stream()
                        .map(shop::receiver)
                        .flatMap(Optional::stream)
                        .collect(Collectors.toSet());
        checks.that(
                paid.stream().noneMatch(order -> reminded.contains(order.buyer())),
                "nobody who has paid is reminded",
                reminded.size());
        Set<Person> core = core();
        checks.same(
                placed.stream()
                        .filter(order -> !paid.contains(order))
                        .filter(order -> isReminded(order, core))
                        .count(),
                reminders.size(),
                "each unpaid order that the playbook reminds of is reminded of once");
    }

    private List<ShopOrder> placed() {
        Instant now = shop.stack().clock().instant();
        int wanted = Math.max(FEWEST_UNPAID, shop.people().size() / ONE_UNPAID_IN);
        List<ShopOrder> placed = new ArrayList<>();
        for (Person person : shop.people()) {
            boolean known = person.phone().isPresent() && !person.masked();
            if (known && placed.size() < wanted) {
                placed.add(
                        shop.orders()
                                .next(person, EVES_INDEX, now.minusSeconds(placed.size() % 240)));
            }
        }
        return placed;
    }

    /** By a message; the most valuable buyers are called in place of it (R15). */
    private boolean isReminded(ShopOrder order, Set<Person> called) {
        return order.totalMinor() >= shop.playbook().touchpoint(REMINDER).orElseThrow().leastMinor()
                && !called.contains(order.buyer());
    }

    private Set<Person> core() {
        Instant now = shop.stack().clock().instant();
        return shop.members().stream()
                .filter(
                        member ->
                                Layer.of(member.purchases(), shop.playbook().ladder(), now)
                                        == Layer.VIP)
                .map(shop::person)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }

    /** What member day would do. */
    private Fields preview() {
        Console.Stage stage = console.begin("Preview of member day", 0);
        int before = shop.sentSoFar();
        LocalDate day = LocalDate.ofInstant(shop.nextMemberDay(), shop.zone());
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("campaign", CAMPAIGN);
        request.put("at", day.toString());
        request.put("dryRun", true);
        Fields preview = shop.invoke("MemberDayFunction", request);
        stage.end(
                "%s: audience %s, held out %s, messages %s, parts %s, cost %s, lasts %s, offer %s"
                        .formatted(
                                preview.text("run"),
                                number(preview, "audience"),
                                number(preview, "heldOut"),
                                number(preview, "messages"),
                                number(preview, "parts"),
                                preview.text("cost"),
                                preview.text("lasts"),
                                preview.optionalText("offer").orElse("none")));
        console.say("      left out: " + Results.reasons(preview.object("excluded")));
        checks.same(before, shop.sentSoFar(), "a preview sends nothing");
        return preview;
    }

    private static String number(Fields fields, String name) {
        return Console.count(fields.whole(name, 0, Long.MAX_VALUE));
    }
}
