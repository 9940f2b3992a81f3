package io.memberday.ingest;

import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.Activity.ConsentSaid;
import io.memberday.ingest.Activity.Merge;
import io.memberday.ingest.IngestStore.Conflict;
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
    private static final int MOST_TRIES = 8;
    private static final int PAUSE_MILLIS = 20;

    private final IngestStore store;
    private final Playbook playbook;
    private final Bookkeeping bookkeeping;
    private final TouchPlanner planner;
    private final Clock clock;
    private final Supplier<String> newId;
    private final Consumer<Duration> pause;
    private final RandomGenerator jitter;

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
        this.planner = new TouchPlanner(playbook.touchpoints());
        this.clock = clock;
        this.newId = newId;
        this.pause = pause;
        this.jitter = jitter;
    }

    /**
     * Takes one event; when this returns, the event is durable.
     *
     * @return whether it changed anything
     * @throws Unsettled if other events were quicker on every try; nothing is written then
     */
    public boolean take(OrderEvent event) {
        for (int attempt = 1; ; attempt++) {
            Changes changes = decide(event);
            if (changes.none()) {
                return false;
            }
            try {
                store.commit(changes);
                return true;
            } catch (Conflict conflict) {
                if (attempt == MOST_TRIES) {
                    throw new Unsettled(conflict);
                }
                pause.accept(Duration.ofMillis(jitter.nextInt(PAUSE_MILLIS << attempt)));
            }
        }
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
            return ofNobody(order, before, snapshot);
        }
        return ofMember(event, order, snapshot, resolution.get());
    }

    /** An order whose buyer is not known yet is kept, and counts once somebody is. */
    private static Changes ofNobody(
            Optional<Order> order, Optional<OrderRow> before, Snapshot snapshot) {
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
                order.map(now -> linked(now, snapshot)).orElse(List.of()),
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
        Optional<OrderRow> row = Optional.empty();
        List<ParcelRow> parcels = List.of();
        Touches touches = new Touches(List.of(), List.of());
        if (order.isPresent()) {
            Bookkeeping.Entry entry = bookkeeping.enter(order.get(), snapshot.order(), member);
            member = entry.member();
            row =
                    Optional.of(entry.row())
                            .filter(changed -> !Optional.of(changed).equals(snapshot.order()));
            activity.addAll(entry.activity());
            forgotten.addAll(entry.forgotten());
            parcels = linked(order.get(), snapshot);
            touches = touches(order.get(), snapshot, member.id(), now);
        }
        Optional<Member> stored = Optional.ofNullable(snapshot.members().get(member.id()));
        member = bookkeeping.tiered(member, stored, cause, now, activity);
        said(member, stored, activity);
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
                                                    resolution.member().id(),
                                                    event.at(),
                                                    "merge",
                                                    cause,
                                                    reason)));
        }
        return new Changes(
                row,
                written,
                same ? List.of(member) : List.of(),
                resolution.claimed(),
                parcels,
                activity,
                forgotten,
                touches.planned(),
                touches.pointless());
    }

    /** The parcels that do not know yet that they hold goods of the order. */
    private static List<ParcelRow> linked(Order order, Snapshot snapshot) {
        String key = order.key().toString();
        return parcels(order).stream()
                .map(snapshot::parcel)
                .filter(row -> !row.parcel().orders().contains(key))
                .map(row -> new ParcelRow(row.parcel().of(key), row.version()))
                .toList();
    }

    /**
     * @param planned to write
     * @param pointless to delete
     */
    private record Touches(List<ServiceTouch> planned, List<ServiceTouch> pointless) {}

    /** What the new state calls for and the old did not, and the other way round. */
    private Touches touches(Order order, Snapshot snapshot, String memberId, Instant now) {
        Map<ParcelKey, Parcel> parcels = new HashMap<>();
        snapshot.parcels().forEach((key, row) -> parcels.put(key, row.parcel()));
        Map<String, ServiceTouch> called = planner.calledFor(order, parcels, memberId);
        Map<String, ServiceTouch> calledBefore =
                snapshot.order()
                        .filter(row -> row.memberId().isPresent())
                        .map(row -> planner.calledFor(row.order(), parcels, memberId))
                        .orElse(Map.of());
        Set<String> begun = new HashSet<>(called.keySet());
        begun.removeAll(calledBefore.keySet());
        begun.removeIf(id -> !called.get(id).validUntil().isAfter(now));
        Set<String> over = new HashSet<>(calledBefore.keySet());
        over.removeAll(called.keySet());
        if (begun.isEmpty() && over.isEmpty()) {
            return new Touches(List.of(), List.of());
        }
        Set<String> ids = new HashSet<>(begun);
        ids.addAll(over);
        Map<String, ServiceTouch> stored = store.touches(ids);
        return new Touches(
                begun.stream()
                        .filter(id -> !stored.containsKey(id))
                        .sorted()
                        .map(called::get)
                        .toList(),
                over.stream()
                        .sorted()
                        .map(stored::get)
                        .filter(touch -> touch != null && touch.state() == State.PLANNED)
                        .toList());
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

    private static List<ParcelKey> parcels(Order order) {
        return order.facts().map(OrderFacts::parcels).orElse(List.of());
    }
}
