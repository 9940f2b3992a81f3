package io.memberday.ingest;

import io.memberday.care.Case;
import io.memberday.care.InMemoryCaseStore;
import io.memberday.fault.Guard;
import io.memberday.fault.Guards;
import io.memberday.fault.Lagging;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.Activity.Ledger;
import io.memberday.member.Channel;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The tables in memory, with the conditions that the real ones have. */
public final class InMemoryIngestStore implements IngestStore, ParcelStore {
    public final Map<OrderKey, OrderRow> orders = new HashMap<>();
    public final Map<Identity, IdentityRow> identities = new TreeMap<>();
    public final Lagging<String, Member> members = new Lagging<>();
    public final Map<ParcelKey, ParcelRow> parcels = new TreeMap<>();
    public final Map<String, Activity> activity = new TreeMap<>();
    public final Map<String, ServiceTouch> touches = new TreeMap<>();

    /**
     * What becomes of the care cases in {@link #activity}, where the first cause of each stands.
     */
    public final InMemoryCaseStore cases;

    /** How often something was written. */
    public int commits;

    private final Guards guards;
    private Runnable between = () -> {};

    public InMemoryIngestStore() {
        this(Guards.intact());
    }

    public InMemoryIngestStore(Guards guards) {
        this.guards = guards;
        cases = new InMemoryCaseStore(guards);
    }

    /** What may happen between the reads of one load: they are no transaction. */
    public void between(Runnable happens) {
        between = happens;
    }

    @Override
    public Snapshot load(
            Optional<OrderKey> key, Collection<Identity> asked, Collection<ParcelKey> listed) {
        Optional<OrderRow> order = key.map(orders::get);
        between.run();
        Map<Identity, IdentityRow> found = new HashMap<>();
        Map<String, Member> reached = new HashMap<>();
        asked.stream()
                .filter(identities::containsKey)
                .forEach(identity -> found.put(identity, identities.get(identity)));
        found.values().forEach(row -> row.memberId().ifPresent(id -> reach(id, reached)));
        order.flatMap(OrderRow::memberId).ifPresent(id -> reach(id, reached));
        between.run();
        Set<ParcelKey> wanted = new HashSet<>(listed);
        order.flatMap(row -> row.order().facts())
                .map(OrderFacts::parcels)
                .ifPresent(wanted::addAll);
        Map<ParcelKey, ParcelRow> known = new HashMap<>();
        wanted.stream()
                .filter(parcels::containsKey)
                .forEach(parcel -> known.put(parcel, parcels.get(parcel)));
        return new Snapshot(order, found, reached, known);
    }

    private void reach(String id, Map<String, Member> reached) {
        between.run();
        Member member = members.get(id);
        reached.put(id, member);
        member.mergedInto().ifPresent(winner -> reach(winner, reached));
    }

    @Override
    public synchronized List<Purchase> keptPurchases(Set<String> memberIds) {
        Map<String, Ledger> refunds = new HashMap<>();
        List<Ledger> earned = new ArrayList<>();
        for (Activity row : activity.values()) {
            if (row instanceof Ledger ledger && memberIds.contains(ledger.memberId())) {
                if (ledger.earn()) {
                    earned.add(ledger);
                } else {
                    refunds.put(ledger.order(), ledger);
                }
            }
        }
        return earned.stream()
                .flatMap(earn -> earn.kept(Optional.ofNullable(refunds.get(earn.order()))).stream())
                .toList();
    }

    @Override
    public synchronized List<Case> cases(Set<String> memberIds) {
        return cases.of(memberIds);
    }

    @Override
    public synchronized Map<String, ServiceTouch> touches(Collection<String> ids) {
        Map<String, ServiceTouch> found = new HashMap<>();
        ids.stream().filter(touches::containsKey).forEach(id -> found.put(id, touches.get(id)));
        return found;
    }

    @Override
    public synchronized void commit(Changes changes) throws Conflict {
        check(changes);
        commits++;
        changes.order()
                .ifPresent(
                        row ->
                                orders.put(
                                        row.order().key(),
                                        new OrderRow(
                                                row.order(),
                                                row.version() + 1,
                                                row.memberId(),
                                                row.earned(),
                                                row.reversed())));
        changes.members()
                .forEach(
                        member ->
                                members.put(
                                        member.id(),
                                        member.change().version(member.version() + 1).done()));
        changes.identities()
                .forEach(
                        claimed ->
                                identities.put(
                                        claimed.read().identity(),
                                        new IdentityRow(
                                                claimed.read().identity(),
                                                Optional.of(claimed.memberId()),
                                                claimed.read().optedOut())));
        changes.parcels()
                .forEach(
                        row ->
                                parcels.put(
                                        row.parcel().key(),
                                        new ParcelRow(row.parcel(), row.version() + 1)));
        changes.activity().forEach(this::write);
        changes.cases()
                .forEach(
                        closed -> {
                            cases.write(closed);
                            activity.remove(key(closed.id().memberId(), closed.id().item()));
                        });
        changes.forgotten().forEach(row -> activity.remove(key(row)));
        changes.planned().forEach(touch -> touches.put(touch.id(), touch));
        if (!guards.hold(Guard.TOUCH_GONE, false)) {
            changes.pointless().forEach(touch -> touches.remove(touch.id()));
        }
    }

    private void check(Changes changes) throws Conflict {
        if (changes.order().isPresent()) {
            OrderRow row = changes.order().get();
            OrderRow stored = orders.get(row.order().key());
            boolean same = row.version() == (stored == null ? 0 : stored.version());
            require(guards.hold(Guard.ORDER_VERSION, same), "order");
        }
        List<Member> read = new ArrayList<>(changes.members());
        read.addAll(changes.unchanged());
        for (Member member : read) {
            Member stored = members.get(member.id());
            boolean same = member.version() == (stored == null ? 0 : stored.version());
            require(guards.hold(Guard.MEMBER_VERSION, same), "member");
        }
        for (Changes.Claimed claimed : changes.identities()) {
            Identity identity = claimed.read().identity();
            IdentityRow stored = identities.getOrDefault(identity, IdentityRow.unknown(identity));
            boolean free = stored.memberId().isEmpty();
            require(guards.hold(Guard.IDENTITY_FREE, free), "identity");
            boolean same = claimed.read().optedOut().equals(stored.optedOut());
            require(guards.hold(Guard.OPT_OUT_READ, same), "identity");
        }
        unchanged(all(changes.parcels(), changes.parcelsRead()));
        for (ServiceTouch touch : changes.planned()) {
            boolean absent = !touches.containsKey(touch.id());
            require(guards.hold(Guard.TOUCH_ABSENT, absent), "touch");
        }
        for (Case closed : changes.cases()) {
            boolean same =
                    cases.find(closed.id())
                            .filter(now -> now.version() == closed.version())
                            .isPresent();
            require(guards.hold(Guard.CASE_VERSION, same), "case");
        }
        planned(changes.pointless());
    }

    private void unchanged(List<ParcelRow> read) throws Conflict {
        for (ParcelRow row : read) {
            ParcelRow stored = parcels.get(row.parcel().key());
            boolean same = row.version() == (stored == null ? 0 : stored.version());
            require(guards.hold(Guard.PARCEL_VERSION, same), "parcel");
        }
    }

    private void planned(List<ServiceTouch> read) throws Conflict {
        for (ServiceTouch touch : read) {
            ServiceTouch stored = touches.get(touch.id());
            boolean planned = stored != null && stored.state() == State.PLANNED;
            require(guards.hold(Guard.TOUCH_PLANNED, planned), "touch");
        }
    }

    @Override
    public synchronized Optional<ParcelRow> parcel(ParcelKey key) {
        return Optional.ofNullable(parcels.get(key));
    }

    @Override
    public synchronized List<ParcelRow> parcels(Collection<ParcelKey> keys) {
        return keys.stream().filter(parcels::containsKey).map(parcels::get).toList();
    }

    @Override
    public synchronized List<OrderRow> orders(Collection<String> keys) {
        return keys.stream()
                .map(OrderKey::of)
                .filter(orders::containsKey)
                .map(orders::get)
                .toList();
    }

    @Override
    public synchronized void commit(ParcelChanges changes) throws Conflict {
        unchanged(all(List.of(changes.parcel()), changes.others()));
        for (OrderRow row : changes.orders()) {
            boolean read = row.version() == orders.get(row.order().key()).version();
            require(guards.hold(Guard.ORDER_VERSION, read), "order");
        }
        for (ServiceTouch touch : changes.planned()) {
            boolean absent = !touches.containsKey(touch.id());
            require(guards.hold(Guard.TOUCH_ABSENT, absent), "touch");
        }
        planned(changes.moved());
        planned(changes.pointless());
        commits++;
        Parcel written = changes.parcel().parcel();
        parcels.merge(
                written.key(),
                new ParcelRow(written, 1),
                (stored, _) -> new ParcelRow(written, stored.version() + 1));
        changes.cases().forEach(this::write);
        changes.planned().forEach(touch -> touches.put(touch.id(), touch));
        changes.moved().forEach(touch -> touches.put(touch.id(), touch));
        changes.pointless().forEach(touch -> touches.remove(touch.id()));
    }

    private static List<ParcelRow> all(List<ParcelRow> some, List<ParcelRow> others) {
        List<ParcelRow> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    /** What an address says before anybody is known to have it. */
    public synchronized void optOut(Identity identity, Channel channel, Instant at) {
        identities.put(identity, new IdentityRow(identity, Optional.empty(), Map.of(channel, at)));
    }

    /** A row as the real tables take it: a care case only where its cause has none that counts. */
    public synchronized void write(Activity row) {
        if (row instanceof CareCase cause) {
            if (cases.open(cause)) {
                activity.putIfAbsent(key(row), row);
            }
        } else {
            activity.put(key(row), row);
        }
    }

    private static String key(Activity row) {
        return key(row.memberId(), row.item());
    }

    private static String key(String memberId, String item) {
        return memberId + "/" + item;
    }

    private static void require(boolean held, String what) throws Conflict {
        if (!held) {
            throw new Conflict(what);
        }
    }
}
