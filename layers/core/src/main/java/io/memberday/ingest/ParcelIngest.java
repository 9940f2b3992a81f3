package io.memberday.ingest;

import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.ingest.ParcelStore.ParcelChanges;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Playbook;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;
import io.memberday.touch.TouchPlanner;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Takes carriers' events into the tables (P1): the parcel's state, and the touches that the state
 * calls for, once per touchpoint and parcel whatever is repeated or out of sequence. What the
 * carrier takes back takes its touches with it. A parcel before its order is kept until the order
 * comes and finds it.
 */
public final class ParcelIngest {
    private final ParcelStore store;
    private final TouchPlanner planner;
    private final Clock clock;
    private final Settling settling;

    /**
     * @param pause waits between tries
     * @param jitter spreads the pauses
     */
    public ParcelIngest(
            ParcelStore store,
            Playbook playbook,
            Clock clock,
            Consumer<Duration> pause,
            RandomGenerator jitter) {
        this.store = store;
        this.planner = TouchPlanner.of(playbook);
        this.clock = clock;
        this.settling = new Settling(pause, jitter);
    }

    /**
     * Takes what a carrier tells of a parcel; when this returns, it is durable.
     *
     * @return whether it changed anything
     * @throws Unsettled if other events were quicker on every try; nothing is written then
     */
    public boolean take(Parcel told) {
        return settling.settle(() -> attempt(told));
    }

    private boolean attempt(Parcel told) throws Conflict {
        ParcelRow before =
                store.parcel(told.key()).orElse(new ParcelRow(Parcel.unseen(told.key()), 0));
        Parcel after = before.parcel().join(told);
        if (before.version() > 0 && after.equals(before.parcel())) {
            return false;
        }
        List<OrderRow> orders =
                after.orders().isEmpty() ? List.of() : store.orders(new TreeSet<>(after.orders()));
        List<ParcelRow> others = others(orders, before.parcel(), after);
        ParcelCalls was = calls(orders, before.parcel(), others);
        ParcelCalls is = calls(orders, after, others);
        is.cases().keySet().removeAll(was.cases().keySet());
        store.commit(
                changes(new ParcelRow(after, before.version()), others, orders, was.touches(), is));
        return true;
    }

    /**
     * What the new state calls for and the old did not or for another time, and the other way
     * round: a carrier that tells later of an earlier scan moves what follows from it.
     */
    private ParcelChanges changes(
            ParcelRow row,
            List<ParcelRow> others,
            List<OrderRow> orders,
            Map<String, ServiceTouch> was,
            ParcelCalls is) {
        Set<String> changed = new TreeSet<>(was.keySet());
        changed.addAll(is.touches().keySet());
        changed.removeIf(id -> Objects.equals(was.get(id), is.touches().get(id)));
        Map<String, ServiceTouch> stored = changed.isEmpty() ? Map.of() : store.touches(changed);
        Instant now = clock.instant();
        List<ServiceTouch> planned = new ArrayList<>();
        List<ServiceTouch> moved = new ArrayList<>();
        List<ServiceTouch> pointless = new ArrayList<>();
        for (String id : changed) {
            Optional<ServiceTouch> wanted =
                    Optional.ofNullable(is.touches().get(id))
                            .filter(touch -> touch.validUntil().isAfter(now));
            Optional<ServiceTouch> there = Optional.ofNullable(stored.get(id));
            if (there.isEmpty()) {
                wanted.ifPresent(planned::add);
            } else if (there.get().state() == State.PLANNED) {
                wanted.ifPresentOrElse(moved::add, () -> pointless.add(there.get()));
            }
        }
        return new ParcelChanges(
                row, others, orders, List.copyOf(is.cases().values()), planned, moved, pointless);
    }

    /**
     * The orders' other parcels, if this one's signature comes or goes and something is said of an
     * order by the last of them. Two that are signed for at once then rest on each other, and the
     * later one looks again. Most orders have one parcel, and most scans are no signatures.
     */
    private List<ParcelRow> others(List<OrderRow> orders, Parcel before, Parcel after) {
        boolean same = before.at(ParcelStatus.SIGNED).equals(after.at(ParcelStatus.SIGNED));
        if (same || !planner.asksAllSignatures()) {
            return List.of();
        }
        Map<ParcelKey, ParcelRow> others = new TreeMap<>();
        orders.stream()
                .filter(row -> row.memberId().isPresent())
                .flatMap(row -> row.order().facts().stream())
                .flatMap(facts -> facts.parcels().stream())
                .filter(key -> !key.equals(after.key()))
                .forEach(key -> others.put(key, new ParcelRow(Parcel.unseen(key), 0)));
        if (!others.isEmpty()) {
            store.parcels(others.keySet()).forEach(row -> others.put(row.parcel().key(), row));
        }
        return List.copyOf(others.values());
    }

    /**
     * What the orders call for with the parcel in a state; an order of nobody calls for nothing.
     */
    private ParcelCalls calls(List<OrderRow> orders, Parcel parcel, List<ParcelRow> others) {
        Map<ParcelKey, Parcel> parcels = new TreeMap<>();
        others.forEach(row -> parcels.put(row.parcel().key(), row.parcel()));
        parcels.put(parcel.key(), parcel);
        Map<String, ServiceTouch> touches = new TreeMap<>();
        Map<String, CareCase> cases = new TreeMap<>();
        for (OrderRow row : orders) {
            row.memberId()
                    .map(
                            memberId ->
                                    ParcelCalls.of(
                                            planner, row.order(), parcels, memberId, memberId))
                    .ifPresent(
                            calls -> {
                                calls.touches().forEach(touches::putIfAbsent);
                                calls.cases().forEach(cases::putIfAbsent);
                            });
        }
        return new ParcelCalls(touches, cases);
    }
}
