package io.memberday.simulation;

import io.memberday.campaign.Batch;
import io.memberday.campaign.Holdout;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.ingest.Changes;
import io.memberday.ingest.OrderRow;
import io.memberday.ingest.ParcelStore.ParcelChanges;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.OrderAudience;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;
import io.memberday.simulation.Broken.Promise;
import io.memberday.simulation.Story.Refusal;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.QuietHours;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouchStore.Grounds;
import io.memberday.touch.ServiceTouchStore.Promotion;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Looks on at every write, and holds it against what it has seen by itself: whom it may be written
 * to, what was claimed before, what was accepted.
 */
final class Promises implements Wire.Witness {
    /** Between a look at the clock and a claim there may be slow calls. */
    private static final Duration GRACE = Duration.ofMinutes(3);

    /** Of all the story. */
    static final YearMonth MONTH = YearMonth.from(Shop.DAY);

    private final Tables tables;
    private final Store store;
    private final List<Standing> standing = new ArrayList<>();
    private final Map<Kind, Set<String>> refused = new EnumMap<>(Kind.class);
    private final Map<String, Campaign> campaigns = new HashMap<>();
    private final Map<String, Campaign> running = new HashMap<>();
    private final Map<String, Set<OrderKey>> bought = new TreeMap<>();
    private final Map<String, Integer> plans = new TreeMap<>();
    private final Map<String, List<String>> audience = new TreeMap<>();
    private final Map<String, Page> pages = new TreeMap<>();
    private final Map<String, String> variants = new HashMap<>();
    private final Map<String, Instant> until = new HashMap<>();
    private final Map<String, List<String>> together = new HashMap<>();
    private final Set<String> heldOut = new HashSet<>();
    private final Holdout everywhere;
    private final TouchPromises touches;
    private final Care care;
    private final Halting halting;
    private final Places places;

    /** A claim that was not taken back. */
    private record Standing(String holder, String run, Claim claim) {}

    Promises(Tables tables, Playbook playbook, Stage stage) {
        this.tables = tables;
        this.store = playbook.store();
        playbook.campaigns().forEach(campaign -> campaigns.put(campaign.id(), campaign));
        halting = new Halting(stage);
        touches = new TouchPromises(tables, this, stage);
        care = new Care(tables, playbook.ladder());
        places = new Places(tables, store.caps().perDay());
        everywhere = new Holdout(Holdout.EVERY, store.measuring().globalHoldoutPercent());
    }

    static void require(boolean holds, Promise promise, Supplier<String> what) {
        if (!holds) {
            throw new Broken(promise, what.get());
        }
    }

    /** An opt-out of an address was answered. */
    void refused(Refusal refusal) {
        String address = refusal.channel().key() + refusal.address();
        refusal.kinds()
                .forEach(kind -> refused.computeIfAbsent(kind, _ -> new HashSet<>()).add(address));
    }

    /** What looks on at touches of touchpoints. */
    TouchPromises touches() {
        return touches;
    }

    /** What looks on at care cases. */
    Care care() {
        return care;
    }

    /** What looks on while the account's money is spent. */
    Halting halting() {
        return halting;
    }

    /** What looks on at places in the caps. */
    Places places() {
        return places;
    }

    /** What was seen, beside how touches ended. */
    List<String> ends() {
        List<String> all = new ArrayList<>(halting.ends());
        all.addAll(touches.ends());
        all.addAll(care.ends());
        return all;
    }

    private Wire.Look refusing(Member changed) {
        Member before = tables.ingest.members.get(changed.id());
        return answer -> {
            if (Boolean.TRUE.equals(answer)) {
                care.refused(before, tables.ingest.members.get(changed.id()));
            }
        };
    }

    /** Cases are opened and worked on in writes of many kinds. */
    private Wire.Look thenCases(Wire.Look look) {
        return answer -> {
            look.at(answer);
            care.look();
        };
    }

    Map<String, List<String>> audience() {
        return audience;
    }

    /** The runs that were planned with a run, itself included. */
    List<String> together(String run) {
        return together.get(run);
    }

    Iterable<Page> pages() {
        return pages.values();
    }

    @Override
    public Wire.Look before(String call, Object[] arguments) {
        return switch (call) {
            case "ClaimStore.claim" ->
                    claiming((Member) arguments[0], (String) arguments[1], (Claim) arguments[2]);
            case "ClaimStore.release" -> releasing((Claim) arguments[2]);
            case "ServiceTouchStore.claim" ->
                    thenCases(
                            touches.claiming(
                                    (ServiceTouch) arguments[0],
                                    (ServiceTouch) arguments[1],
                                    (Grounds) arguments[2],
                                    (Optional<?>) arguments[3]));
            case "ServiceTouchStore.replace", "ServiceTouchStore.settle" ->
                    touches.replacing((ServiceTouch) arguments[1]);
            case "IngestStore.commit" -> thenCases(_ -> care.united((Changes) arguments[0]));
            case "CaseStore.write" -> thenCases(Wire.Look.AWAY);
            case "ParcelStore.commit" ->
                    thenCases(_ -> touches.moved(((ParcelChanges) arguments[0]).moved()));
            case "RefusalStore.write" -> thenCases(refusing((Member) arguments[0]));
            case "ChannelStops.stop" -> halting.stopping((Instant) arguments[1]);
            case "ChannelStops.lift" -> halting.lifting((Instant) arguments[1]);
            case "RunStore.plan" ->
                    arguments[0] instanceof List<?> runs
                            ? answer -> planning(answer, runs)
                            : Wire.Look.AWAY;
            case "AudienceStore.write" ->
                    answer ->
                            ((List<?>) arguments[0])
                                    .forEach(page -> writing(answer, (Page) page, arguments[1]));
            case "RunStore.change" -> changing((String) arguments[0], (Run.State) arguments[2]);
            case "BatchStore.take" -> taking((Batch) arguments[0]);
            case "BatchStore.finish" -> answer -> money();
            default -> Wire.Look.AWAY;
        };
    }

    private Wire.Look claiming(Member read, String run, Claim claim) {
        Member now = tables.ingest.members.get(read.id());
        boolean again =
                standing.stream().anyMatch(one -> one.claim().nonce().equals(claim.nonce()));
        return answer -> {
            if (answer instanceof ClaimStore.Answer.Claimed && !again) {
                claimed(now, read, run, claim);
            }
        };
    }

    private void claimed(Member now, Member read, String run, Claim claim) {
        String what = run + " claimed on " + now.id() + " by " + claim.nonce();
        Campaign campaign = Objects.requireNonNull(running.get(run));
        String addressed = claim.nonce().substring(claim.nonce().lastIndexOf('.') + 1);
        require(
                claim.variant().equals(variants.get(run + " " + addressed)),
                Promise.VARIANT,
                () -> what + " in variant " + claim.variant());
        require(
                claim.at().isBefore(until.get(run + " " + addressed).plus(GRACE)),
                Promise.WINDOW,
                () -> what + " after its window");
        require(
                !heldOut.contains(run + " " + now.id())
                        && (campaign.isOwed() || !everywhere.holds(now.id())),
                Promise.HELD_OUT,
                () -> what + ", who is held out");
        bears(
                now,
                read,
                run,
                claim,
                campaign.kind(),
                campaign.over().isPresent() ? Promise.ONE_BUYER : Promise.ONE_MESSAGE);
    }

    /** A member bears a claim: of a run, or of a marketing touch. */
    private void bears(Member now, Member read, String run, Claim claim, Kind kind, Promise once) {
        String what = run + " claimed on " + now.id() + " by " + claim.nonce();
        Channel channel = claim.channel();
        require(claim.kind() == kind, Promise.CAP, () -> what + " as " + claim.kind());
        require(now.mergedInto().isEmpty(), Promise.MERGED, () -> what);
        require(now.consents().allow(channel, kind), Promise.CONSENT, () -> what);
        String address = channel.key() + read.reachableAt(channel).orElse("");
        require(
                !refused.getOrDefault(kind, Set.of()).contains(address),
                Promise.CONSENT,
                () -> what + " after the opt-out of its address was accepted");
        Set<String> family = new HashSet<>(now.was());
        family.add(now.id());
        List<Standing> before =
                standing.stream().filter(one -> family.contains(one.holder())).toList();
        require(
                before.stream().noneMatch(one -> one.run().equals(run)),
                once,
                () -> what + " beside " + before);
        ZoneId zone = now.profile().zone().orElse(store.zone());
        LocalDate day = claim.at().atZone(zone).toLocalDate();
        long today =
                before.stream()
                        .map(Standing::claim)
                        .filter(one -> one.kind() == Kind.MARKETING && one.channel() == channel)
                        .filter(one -> one.at().atZone(zone).toLocalDate().equals(day))
                        .count();
        require(
                kind == Kind.SERVICE || today < store.caps().perDay(),
                Promise.CAP,
                () -> what + " beside " + before + ", cap " + store.caps().perDay());
        standing.add(new Standing(now.id(), run, claim));
        if (kind == Kind.MARKETING) {
            places.take(now, channel);
        }
    }

    private Wire.Look releasing(Claim claim) {
        return answer -> {
            if (Boolean.TRUE.equals(answer)) {
                standing.removeIf(one -> one.claim().nonce().equals(claim.nonce()));
            }
        };
    }

    /** A marketing touch was claimed. */
    void promoted(ServiceTouch read, Member now, Member member, Promotion promotion) {
        Claim claim = promotion.claim();
        bears(now, member, read.id(), claim, Kind.MARKETING, Promise.ONE_MESSAGE);
        String what = "touch " + read.id() + " claimed";
        require(!everywhere.holds(now.id()), Promise.HELD_OUT, () -> what + " though held out");
        ZoneId zone = now.profile().zone().orElse(store.zone());
        require(
                !QuietHours.of(store).in(zone).at(claim.at()),
                Promise.WINDOW,
                () -> what + " in the quiet hours");
        money();
    }

    private void planning(Object answer, List<?> runs) {
        List<String> ids = runs.stream().map(each -> ((RunStore.Planned) each).run().id()).toList();
        for (Object each : runs) {
            planning(answer, (RunStore.Planned) each);
            if (Boolean.TRUE.equals(answer)) {
                together.put(((RunStore.Planned) each).run().id(), ids);
            }
        }
    }

    private void planning(Object answer, RunStore.Planned planned) {
        String run = planned.run().id();
        require(
                !Boolean.TRUE.equals(answer) || plans.merge(run, 1, Integer::sum) == 1,
                run.startsWith(Shop.MEMBER_DAY) ? Promise.ONE_RUN : Promise.ONE_ENTRY,
                () -> run + " was planned twice");
        if (Boolean.TRUE.equals(answer)) {
            Campaign campaign = campaigns.get(planned.run().campaign());
            planned(run, Objects.requireNonNull(campaign));
        }
    }

    private void planned(String run, Campaign campaign) {
        running.put(run, campaign);
        campaign.over().ifPresent(over -> bought.put(run, paid(over)));
    }

    /** The orders that a run is over, as they are when it is planned. */
    private Set<OrderKey> paid(OrderAudience over) {
        return over.paid()
                .days(Shop.DAY)
                .flatMap(day -> tables.paid.all(day).stream())
                .map(OrderRow::order)
                .filter(order -> order.kept().isPresent())
                .map(Order::key)
                .collect(Collectors.toSet());
    }

    /** How many buyers a run has read; -1 if it ended before it had read all. */
    int read(String run) {
        boolean scanned =
                pages.values().stream()
                        .anyMatch(page -> page.run().equals(run) && page.next().isEmpty());
        return scanned
                ? pages.values().stream()
                        .filter(page -> page.run().equals(run))
                        .mapToInt(Page::scanned)
                        .sum()
                : -1;
    }

    /** By run: the orders that were there when it was planned. */
    Map<String, Set<OrderKey>> bought() {
        return bought;
    }

    /** Who cancels a run must never see it go on. */
    private Wire.Look changing(String id, Run.State to) {
        Optional<Run> before = tables.runs.find(id);
        return answer -> {
            if (Boolean.TRUE.equals(answer)) {
                require(
                        before.orElseThrow().state() != Run.State.CANCELLED,
                        Promise.STOPPED,
                        () -> id + " was cancelled and is " + to);
            }
        };
    }

    private Wire.Look taking(Batch read) {
        Run run = tables.runs.find(read.run()).orElseThrow();
        return answer -> {
            if (Boolean.TRUE.equals(answer)) {
                require(
                        run.state() == Run.State.RUNNING,
                        Promise.STOPPED,
                        () -> read.id() + " was taken for sending of " + run);
            }
            money();
        };
    }

    private void writing(Object answer, Page page, Object batches) {
        if (!Boolean.TRUE.equals(answer)) {
            return;
        }
        String key = page.run() + "#" + page.slice() + "#" + page.number();
        require(
                pages.put(key, page) == null,
                Promise.AUDIENCE,
                () -> "page " + key + " was written twice");
        for (Object row : (List<?>) batches) {
            Batch batch = (Batch) row;
            dropped(batch);
            List<String> all = new ArrayList<>(batch.members());
            all.addAll(batch.held());
            for (String member : all) {
                variants.put(batch.run() + " " + member, batch.variant());
                until.put(batch.run() + " " + member, batch.until());
                require(
                        Objects.requireNonNull(running.get(batch.run())).isOwed()
                                || !everywhere.holds(member),
                        Promise.HELD_OUT,
                        () -> member + " of " + batch.run() + " is to get no marketing");
            }
            batch.held().forEach(member -> heldOut.add(batch.run() + " " + member));
            audience.put(batch.run() + "#" + batch.slice() + "#" + batch.id(), all);
        }
    }

    /** What falls into the quiet hours stands in no batch of a run that drops it. */
    private void dropped(Batch batch) {
        if (Objects.requireNonNull(running.get(batch.run())).times().drops()
                && batch.dueAt().isBefore(batch.until())) {
            Duration window = Duration.between(batch.dueAt(), batch.until());
            QuietHours quiet = QuietHours.of(store).in(batch.zone());
            require(
                    quiet.open(batch.dueAt(), batch.until()).equals(window),
                    Promise.AUDIENCE,
                    () -> "is due in quiet hours that are dropped: " + batch);
        }
    }

    /** Never above a cap: neither what is set aside nor what is spent. */
    private void money() {
        for (Run run : tables.runs.all()) {
            require(
                    run.budgetMicros().orElse(Long.MAX_VALUE) >= run.committedMicros(),
                    Promise.MONEY,
                    () -> "budget passed: " + run);
            require(
                    run.spentMicros() <= run.committedMicros(),
                    Promise.MONEY,
                    () -> "spent without having been set aside: " + run);
        }
        long all = tables.money.month(MONTH, Optional.empty()).committedMicros();
        long cap = store.monthBudget().map(budget -> budget.micros()).orElse(Long.MAX_VALUE);
        require(
                all <= cap,
                Promise.MONEY,
                () -> "the month's budget passed: " + all + " of " + cap);
    }
}
