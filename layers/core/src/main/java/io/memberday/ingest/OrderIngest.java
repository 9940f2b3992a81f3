package io.memberday.ingest;

import io.memberday.care.Case;
import io.memberday.care.MergedCases;
import io.memberday.care.OptOuts;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.Activity.ConsentSaid;
import io.memberday.ingest.Activity.Merge;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Consents.Topic;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.member.MemberJoin;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Playbook;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;
import io.memberday.touch.TouchPlanner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Takes a storefront's events into the tables (P1, P6): reads what is stored, decides what the
 * event changes, writes that in one transaction, and begins anew where another event was quicker.
 * An event that changes nothing writes nothing, so that none needs to be remembered. Safe for use
 * by many threads as far as its store is.
 */
public final class OrderIngest {
    private final IngestStore store;
    private final Playbook playbook;
    private final Bookkeeping bookkeeping;
    private final TouchPlanner planner;
    private final Clock clock;
    private final Supplier<String> newId;
    private final Settling settling;

    /**
     * @param newId makes member ids
     * @param pause waits between tries
     * @param jitter spreads the pauses
     */
    public OrderIngest(
            IngestStore store,
            Playbook playbook,
            Clock clock,
            Supplier<String> newId,
            Consumer<Duration> pause,
            RandomGenerator jitter) {
        this.store = store;
        this.playbook = playbook;
        this.bookkeeping = new Bookkeeping(store, playbook);
        this.planner = TouchPlanner.of(playbook);
        this.clock = clock;
        this.newId = newId;
        this.settling = new Settling(pause, jitter);
    }

    /**
     * Takes one event; when this returns, the event is durable.
     *
     * @return whether it changed anything
     * @throws Unsettled if other events were quicker on every try; nothing is written then
     */
    public boolean take(OrderEvent event) {
        return settling.settle(
                () -> {
                    Changes changes = decide(event);
                    if (changes.none()) {
                        return false;
                    }
                    store.commit(changes);
                    return true;
                });
    }

    private Changes decide(OrderEvent event) {
        Set<Identity> identities = new LinkedHashSet<>(event.buyer().identities());
        identities.addAll(event.buyer().unverified());
        Snapshot snapshot =
                store.load(
                        event.order().map(Order::key),
                        identities,
                        event.order().map(OrderIngest::parcels).orElse(List.of()));
        Optional<OrderRow> before = snapshot.order();
        Optional<Order> order =
                event.order().map(sent -> before.map(row -> row.order().join(sent)).orElse(sent));
        Optional<Resolution> resolution = Resolution.of(event, snapshot, playbook.store(), newId);
        if (resolution.isEmpty()) {
            return ofNobody(event, order, before, snapshot);
        }
        return ofMember(event, order, snapshot, resolution.get());
    }

    /** An order whose buyer is not known yet is kept, and counts once somebody is. */
    private static Changes ofNobody(
            OrderEvent event, Optional<Order> order, Optional<OrderRow> before, Snapshot snapshot) {
        Optional<OrderRow> row =
                order.filter(now -> before.filter(old -> old.order().equals(now)).isEmpty())
                        .map(
                                now ->
                                        new OrderRow(
                                                now,
                                                before.map(OrderRow::version).orElse(0L),
                                                Optional.empty(),
                                                0,
                                                0));
        return new Changes(
                row,
                List.of(),
                List.of(),
                List.of(),
                order.map(now -> linked(event, now, snapshot)).orElse(List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private Changes ofMember(
            OrderEvent event, Optional<Order> order, Snapshot snapshot, Resolution resolution) {
        Instant now = clock.instant();
        List<Activity> activity = new ArrayList<>();
        List<Activity> forgotten = new ArrayList<>();
        String cause = order.map(known -> known.key().toString()).orElse(event.at().toString());
        Member member = resolution.member();
        List<Member> written = new ArrayList<>();
        for (Member loser : resolution.losers()) {
            written.add(MemberJoin.tombstone(loser, member.id()));
            activity.add(new Merge(member.id(), event.at(), loser.id(), cause));
        }
        Optional<OrderRow> entered = Optional.empty();
        Optional<OrderRow> row = Optional.empty();
        List<ParcelRow> parcels = List.of();
        List<ParcelRow> parcelsRead = List.of();
        if (order.isPresent()) {
            Bookkeeping.Entry entry = bookkeeping.enter(order.get(), snapshot.order(), member);
            member = entry.member();
            entered = Optional.of(entry.row());
            row = entered.filter(changed -> !Optional.of(changed).equals(snapshot.order()));
            activity.addAll(entry.activity());
            forgotten.addAll(entry.forgotten());
            parcels = linked(event, order.get(), snapshot);
            parcelsRead = row.isEmpty() ? List.of() : read(order.get(), snapshot, parcels);
        }
        Optional<Member> stored = Optional.ofNullable(snapshot.members().get(member.id()));
        Map<String, ServiceTouch> was = new TreeMap<>();
        stored.ifPresent(old -> was.putAll(planner.calledFor(old)));
        resolution.losers().forEach(loser -> was.putAll(planner.calledFor(loser)));
        String home = entered.flatMap(OrderRow::memberId).orElse(member.id());
        Calls calls = calls(order, snapshot, was, member, home, now);
        activity.addAll(calls.cases());
        member = bookkeeping.tiered(member, stored, cause, now, activity);
        said(member, stored, activity);
        activity.addAll(optedOut(event, member, stored));
        boolean same = stored.filter(member::equals).isPresent();
        if (!same) {
            written.add(member);
        }
        boolean nothingElse =
                row.isEmpty() && resolution.claimed().isEmpty() && parcels.isEmpty() && same;
        if (!nothingElse) {
            resolution
                    .refused()
                    .ifPresent(
                            reason ->
                                    activity.add(
                                            new CareCase(
                                                    home, event.at(), "merge", cause, reason)));
        }
        List<Case> united = united(resolution, member, activity, now);
        return new Changes(
                // What the member's books say rests on the order as it was read: where they are
                // written, so is the order, with the condition on its version.
                written.isEmpty() ? row : entered,
                written,
                same ? List.of(member) : List.of(),
                resolution.claimed(),
                parcels,
                parcelsRead,
                activity,
                forgotten,
                united,
                calls.planned(),
                calls.pointless());
    }

    /**
     * Who turn out to be one may each have an open case of one cause: the cases to close. What
     * somebody sees to already is not opened besides.
     */
    private List<Case> united(
            Resolution resolution, Member member, List<Activity> activity, Instant now) {
        if (resolution.losers().isEmpty()) {
            return List.of();
        }
        Set<String> ids = new HashSet<>(member.was());
        ids.add(member.id());
        List<Case> waiting = store.cases(ids).stream().filter(Case::waits).toList();
        activity.removeIf(
                row ->
                        row instanceof CareCase work
                                && waiting.stream().anyMatch(one -> one.id().isOf(work.id())));
        return MergedCases.toClose(member.id(), waiting, now);
    }

    /**
     * The parcels that do not know yet that they hold goods of the order: the event's too where a
     * later version, which came before it, has corrected their numbers, as in the other sequence.
     */
    private static List<ParcelRow> linked(OrderEvent event, Order order, Snapshot snapshot) {
        String key = order.key().toString();
        Set<ParcelKey> told = new TreeSet<>(parcels(order));
        event.order().map(OrderIngest::parcels).ifPresent(told::addAll);
        return told.stream()
                .map(snapshot::parcel)
                .map(row -> new ParcelRow(row.parcel().of(key), row.version()))
                .filter(row -> !row.equals(snapshot.parcel(row.parcel().key())))
                .toList();
    }

    /** The order's other parcels: what the order calls for rests on their states. */
    private static List<ParcelRow> read(Order order, Snapshot snapshot, List<ParcelRow> written) {
        Set<ParcelKey> others = new TreeSet<>(parcels(order));
        written.forEach(row -> others.remove(row.parcel().key()));
        return others.stream().map(snapshot::parcel).toList();
    }

    /**
     * @param planned to write
     * @param pointless to delete
     * @param cases to write
     */
    private record Calls(
            List<ServiceTouch> planned, List<ServiceTouch> pointless, List<CareCase> cases) {}

    /** What the new state calls for and the old did not, and the other way round. */
    private Calls calls(
            Optional<Order> order,
            Snapshot snapshot,
            Map<String, ServiceTouch> ofMember,
            Member member,
            String home,
            Instant now) {
        Map<ParcelKey, Parcel> parcels = new HashMap<>();
        snapshot.parcels().forEach((key, row) -> parcels.put(key, row.parcel()));
        ParcelCalls after =
                order.map(known -> ParcelCalls.of(planner, known, parcels, member.id(), home))
                        .orElse(ParcelCalls.NONE);
        ParcelCalls before =
                snapshot.order()
                        .filter(row -> row.memberId().isPresent())
                        .map(
                                row ->
                                        ParcelCalls.of(
                                                planner, row.order(), parcels, member.id(), home))
                        .orElse(ParcelCalls.NONE);
        Map<String, ServiceTouch> is = new TreeMap<>(planner.calledFor(member));
        is.putAll(after.touches());
        Map<String, ServiceTouch> was = new TreeMap<>(ofMember);
        was.putAll(before.touches());
        Set<String> begun = new TreeSet<>(is.keySet());
        begun.removeAll(was.keySet());
        begun.removeIf(id -> !is.get(id).validUntil().isAfter(now));
        Set<String> over = new TreeSet<>(was.keySet());
        over.removeAll(is.keySet());
        Set<String> ids = new HashSet<>(begun);
        ids.addAll(over);
        Map<String, ServiceTouch> stored = ids.isEmpty() ? Map.of() : store.touches(ids);
        Map<String, CareCase> cases = new TreeMap<>(after.cases());
        // A cause that comes anew, such as another bad review, opens a case again that was closed.
        cases.values().removeAll(before.cases().values());
        return new Calls(
                begun.stream().filter(id -> !stored.containsKey(id)).map(is::get).toList(),
                over.stream()
                        .map(stored::get)
                        .filter(touch -> touch != null && touch.state() == State.PLANNED)
                        .toList(),
                List.copyOf(cases.values()));
    }

    private static void said(Member member, Optional<Member> stored, List<Activity> activity) {
        member.consents()
                .byTopic()
                .forEach(
                        (topic, consent) -> {
                            boolean known =
                                    stored.map(old -> old.consents().byTopic().get(topic))
                                            .filter(consent::equals)
                                            .isPresent();
                            if (!known) {
                                activity.add(new ConsentSaid(member.id(), topic, consent));
                            }
                        });
    }

    /** What the event itself refuses: of what a merge brings somebody has heard already. */
    private List<CareCase> optedOut(OrderEvent event, Member member, Optional<Member> stored) {
        Map<Topic, Consent> others = new HashMap<>(member.consents().byTopic());
        event.buyer().consents().byTopic().forEach((topic, said) -> others.remove(topic, said));
        Map<Topic, Consent> before = new HashMap<>(others);
        stored.ifPresent(old -> before.putAll(old.consents().byTopic()));
        before.putAll(others);
        return OptOuts.cases(new Consents(before), member, playbook.ladder());
    }

    private static List<ParcelKey> parcels(Order order) {
        return order.facts().map(OrderFacts::parcels).orElse(List.of());
    }
}
