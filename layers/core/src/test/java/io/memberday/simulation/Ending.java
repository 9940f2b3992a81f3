package io.memberday.simulation;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore.Tally;
import io.memberday.campaign.Bought;
import io.memberday.campaign.Funds;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.fault.Guards;
import io.memberday.feedback.InMemoryRefusalStore;
import io.memberday.feedback.Refusals;
import io.memberday.ingest.Dump;
import io.memberday.ingest.InMemoryIngestStore;
import io.memberday.ingest.OrderEvent;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.OrderRow;
import io.memberday.ingest.ParcelIngest;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.playbook.Playbook;
import io.memberday.simulation.Broken.Promise;
import io.memberday.simulation.Provider.Call;
import io.memberday.touch.Eligibility;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.Outcomes;
import io.memberday.touch.ServiceTouch;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** What must be so when a day is over. */
final class Ending {
    /** Released each minute, sent at once: a minute's grace. */
    private static final Duration PROMPT = Duration.ofMinutes(3);

    private final Tables tables;
    private final Story story;
    private final Playbook playbook;
    private final Promises promises;
    private final List<Call> accepted;
    private final Weather weather;
    private final boolean heldUp;

    Ending(
            Tables tables,
            Story story,
            Playbook playbook,
            Promises promises,
            Provider provider,
            Weather weather,
            boolean heldUp) {
        this.tables = tables;
        this.story = story;
        this.playbook = playbook;
        this.promises = promises;
        this.accepted = provider.accepted();
        this.weather = weather;
        this.heldUp = heldUp;
    }

    void check() {
        batches();
        audience();
        buyers();
        touches();
        tables.coupons.check(accepted, playbook, tables);
        promises.care().lostNone(promises.touches().orders(), promises.touches().parcels());
        sameEnd();
    }

    private void batches() {
        Map<String, Integer> sent = new HashMap<>();
        accepted.stream()
                .filter(Call::marketing)
                .forEach(call -> sent.merge(touch(call), 1, Integer::sum));
        sent.forEach(
                (touch, times) ->
                        Promises.require(
                                times == 1, Promise.ONE_MESSAGE, () -> touch + " sent " + times));
        accepted.stream().filter(Call::marketing).forEach(this::variant);
        Map<String, Long> costs = new TreeMap<>();
        for (Batch batch : tables.audience.allBatches()) {
            Map<String, Outcome> outcomes = Outcomes.byMember(tables.batches.outcomes(batch));
            Promises.require(
                    outcomes.keySet().equals(new HashSet<>(batch.members())),
                    Promise.ONE_OUTCOME,
                    () -> batch + " has " + outcomes);
            for (Outcome outcome : outcomes.values()) {
                String touch = batch.run() + " " + batch.id() + " " + batch.slice();
                outcome(touch, outcome, sent.containsKey(touch + " " + outcome.memberId()));
                capped(outcome, batch.channel());
                costs.merge(batch.run(), outcome.costMicros(), Long::sum);
            }
            Tally tally = tables.batches.tally(batch);
            Promises.require(
                    batch.members().isEmpty() || Tally.of(outcomes.values()).equals(tally),
                    Promise.ONE_OUTCOME,
                    () -> "tally " + tally + " of " + outcomes);
        }
        for (Run run : tables.runs.all()) {
            long cost = costs.getOrDefault(run.id(), 0L);
            Promises.require(
                    run.spentMicros() == cost && run.committedMicros() == cost,
                    Promise.MONEY,
                    () -> "outcomes cost " + cost + ": " + run);
        }
    }

    private void variant(Call call) {
        int slice = Integer.parseInt(call.tag("slice"));
        Batch batch = tables.batches.find(call.tag("run"), slice, call.tag("batch")).orElseThrow();
        boolean other = call.envelope().body().text().startsWith(Shop.OTHER_TEXT);
        boolean sms = batch.channel() == Channel.SMS;
        Promises.require(
                other == (sms && batch.variant().equals("b")),
                Promise.VARIANT,
                () -> touch(call) + " said another variant's words than " + batch.variant());
    }

    private void capped(Outcome outcome, Channel channel) {
        if (outcome.reason().equals(Eligibility.Refusal.CAP.key())) {
            promises.places().refused(outcome.memberId(), channel);
        }
    }

    private static String touch(Call call) {
        return call.tag("run")
                + " "
                + call.tag("batch")
                + " "
                + call.tag("slice")
                + " "
                + call.tag("member");
    }

    private static void outcome(String touch, Outcome outcome, boolean went) {
        boolean holds =
                switch (outcome.status()) {
                    case SENT -> went;
                    case FAILED, SUPPRESSED -> !went;
                    case UNKNOWN -> outcome.costMicros() > 0;
                };
        Promises.require(
                holds,
                Promise.ONE_OUTCOME,
                () -> touch + ": " + outcome + ", message went: " + went);
    }

    /** P5: frozen when written, nobody twice in a scan's runs, and the sum of the pages. */
    private void audience() {
        Map<String, Integer> eligible = new TreeMap<>();
        Map<String, Integer> addressed = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (Page page : promises.pages()) {
            eligible.merge(page.run(), page.eligible(), Integer::sum);
        }
        for (Batch batch : tables.audience.allBatches()) {
            List<String> all = new ArrayList<>(batch.members());
            all.addAll(batch.held());
            String key = batch.run() + "#" + batch.slice() + "#" + batch.id();
            Promises.require(
                    all.equals(promises.audience().get(key)),
                    Promise.AUDIENCE,
                    () -> key + " changed to " + all);
            List<String> together = promises.together(batch.run());
            for (String member : all) {
                Promises.require(
                        seen.add(together + member),
                        Promise.ONE_WINNER,
                        () -> member + " is twice in the audiences of " + together);
            }
            addressed.merge(batch.run(), all.size(), Integer::sum);
        }
        eligible.values().removeIf(count -> count == 0);
        Promises.require(
                eligible.equals(addressed), Promise.AUDIENCE, () -> eligible + " of " + addressed);
    }

    /** Every buyer was read, and is told of the orders for which they were. */
    private void buyers() {
        promises.bought()
                .forEach(
                        (run, orders) -> {
                            Set<String> buyers = new HashSet<>();
                            for (OrderKey key : orders) {
                                OrderRow row =
                                        Objects.requireNonNull(tables.ingest.orders.get(key));
                                if (row.order().kept().isPresent()) {
                                    buyers.add(tables.live(row.memberId().orElseThrow()).id());
                                }
                            }
                            int read = promises.read(run);
                            Promises.require(
                                    read < 0 || read >= buyers.size(),
                                    Promise.BUYERS,
                                    () -> run + " read " + read + " of " + buyers);
                        });
        accepted.stream()
                .filter(call -> call.tag("run").startsWith(Shop.ORDERED))
                .forEach(this::told);
    }

    private void told(Call call) {
        int slice = Integer.parseInt(call.tag("slice"));
        Batch batch = tables.batches.find(call.tag("run"), slice, call.tag("batch")).orElseThrow();
        Bought bought = batch.bought(call.tag("member")).orElseThrow();
        String text = call.envelope().body().text();
        String orders = "订单%s等%d单".formatted(OrderKey.of(bought.order()).number(), bought.count());
        Promises.require(
                text.startsWith(orders)
                        && tables.ingest.orders.containsKey(OrderKey.of(bought.order())),
                Promise.BUYERS,
                () -> touch(call) + " is not about " + bought);
    }

    private void touches() {
        Map<String, Integer> sent = new HashMap<>();
        for (Call call : accepted) {
            if (!call.marketing()) {
                String id = ServiceTouch.id(call.tag("touchpoint"), call.tag("subject"));
                sent.merge(id, 1, Integer::sum);
            }
        }
        for (ServiceTouch touch : tables.touches.all()) {
            int times = sent.getOrDefault(touch.id(), 0);
            sent.remove(touch.id());
            Promises.require(
                    times <= (touch.kind() == Kind.MARKETING ? 1 : 2) && times <= touch.attempts(),
                    Promise.SERVICE_ONCE,
                    () -> "sent " + times + " times: " + touch);
            Outcome outcome = touch.outcome().orElseThrow();
            boolean holds =
                    switch (outcome.status()) {
                        case SENT -> times > 0;
                        case FAILED, SUPPRESSED -> times == 0;
                        case UNKNOWN -> touch.attempts() > 0;
                    };
            Promises.require(holds, Promise.ONE_OUTCOME, () -> times + " messages of " + touch);
            capped(outcome, outcome.channel());
        }
        Promises.require(
                sent.isEmpty(), Promise.SERVICE_ONCE, () -> "messages without a touch: " + sent);
        prompt();
        money();
        promises.care().massDelays(tables.touches.all(), playbook.store());
    }

    /** What the month's pot says is what all messages cost: nothing is left set aside. */
    private void money() {
        long cost =
                tables.runs.all().stream().mapToLong(Run::spentMicros).sum()
                        + tables.touches.all().stream()
                                .filter(touch -> touch.kind() == Kind.MARKETING)
                                .mapToLong(touch -> touch.outcome().orElseThrow().costMicros())
                                .sum();
        Funds month = tables.money.month(Promises.MONTH, Optional.empty());
        Promises.require(
                month.spentMicros() == cost && month.committedMicros() == cost,
                Promise.MONEY,
                () -> "messages cost " + cost + ": " + month);
    }

    /** P10, where no fault holds anything up. */
    private void prompt() {
        if (weather.equals(Weather.CALM)) {
            for (ServiceTouch touch : tables.touches.all()) {
                if (touch.kind() == Kind.MARKETING) {
                    continue;
                }
                Outcome outcome = touch.outcome().orElseThrow();
                Instant due = planned(touch);
                Promises.require(
                        outcome.at().isBefore(due.plus(PROMPT)) || heldUp,
                        Promise.SERVICE_FIRST,
                        () -> "was due at " + due + ": " + touch);
            }
        }
    }

    private Instant planned(ServiceTouch touch) {
        return touch.validUntil()
                .minus(
                        playbook.touchpoints().stream()
                                .filter(known -> known.id().equals(touch.touchpoint()))
                                .findFirst()
                                .orElseThrow()
                                .validFor());
    }

    /** P1: Members, Orders, parcels and ledger as if each event had come once, in order. */
    private void sameEnd() {
        InMemoryIngestStore once = new InMemoryIngestStore(Guards.intact());
        Clock clock = Clock.fixed(Story.BEGINS, ZoneOffset.UTC);
        int[] names = new int[1];
        OrderIngest orders =
                new OrderIngest(
                        once, playbook, clock, () -> "r" + names[0]++, time -> {}, new Random(1));
        ParcelIngest parcels = new ParcelIngest(once, playbook, clock, time -> {}, new Random(1));
        Refusals refusals =
                new Refusals(new InMemoryRefusalStore(once, Guards.intact()), playbook.ladder());
        story.past().forEach(orders::take);
        story.events().stream().sorted(Comparator.comparing(OrderEvent::at)).forEach(orders::take);
        story.parcels().forEach(told -> parcels.take(told.parcel()));
        story.refusals()
                .forEach(
                        refusal ->
                                refusals.refuse(
                                        refusal.channel(),
                                        refusal.address(),
                                        refusal.kinds(),
                                        refusal.at()));
        once.touches
                .values()
                .forEach(
                        touch -> {
                            Promises.require(
                                    tables.ingest.touches.containsKey(touch.id()),
                                    Promise.DONE,
                                    () -> touch.id() + " was never planned");
                            if (touch.touchpoint().equals(Purchase.SILENT)) {
                                promises.care()
                                        .known(tables.touches.find(touch.id()).orElseThrow());
                            }
                        });
        String expected = dump(once);
        String found = dump(tables.ingest);
        Promises.require(
                expected.equals(found),
                Promise.SAME_END,
                () -> "\n--- once and in order\n" + expected + "\n--- here\n" + found);
    }

    /** Without what messages leave behind. */
    static String dump(InMemoryIngestStore rows) {
        InMemoryIngestStore bare = new InMemoryIngestStore();
        bare.orders.putAll(rows.orders);
        bare.identities.putAll(rows.identities);
        bare.parcels.putAll(rows.parcels);
        bare.activity.putAll(rows.activity);
        for (Member member : rows.members.values()) {
            bare.members.put(
                    member.id(), member.change().counters(Map.of()).claims(Map.of()).done());
        }
        return Dump.of(bare);
    }

    /** How each touch ended, and why. */
    static List<String> ends(Tables tables) {
        List<String> ends = new ArrayList<>();
        for (Batch batch : tables.audience.allBatches()) {
            String over = batch.run().startsWith(Shop.ORDERED) ? "over orders " : "";
            batch.held().forEach(member -> ends.add(over + "held out"));
            Outcomes.byMember(tables.batches.outcomes(batch))
                    .values()
                    .forEach(outcome -> ends.add(over + end(outcome)));
        }
        for (ServiceTouch touch : tables.touches.all()) {
            Outcome outcome = touch.outcome().orElseThrow();
            boolean again = touch.attempts() > 1 && outcome.status() == Status.SENT;
            String kind = touch.kind() == Kind.MARKETING ? "marketing touch " : "touch ";
            ends.add(kind + (again ? "sent at the second try" : end(outcome)));
            ends.add(touch.touchpoint() + " " + end(outcome));
        }
        for (OrderRow row : tables.ingest.orders.values()) {
            row.order().at(Milestone.PLEDGED).ifPresent(_ -> ends.add(pledged(row.order())));
        }
        return ends;
    }

    private static String pledged(Order order) {
        return "pledged"
                + order.at(Milestone.PAID).map(_ -> ", paid").orElse("")
                + order.at(Milestone.CLOSED).map(_ -> ", closed").orElse("");
    }

    private static String end(Outcome outcome) {
        return (outcome.status().key() + " " + outcome.reason()).strip();
    }
}
