package io.memberday.touch;

import io.memberday.campaign.Funds;
import io.memberday.campaign.InMemoryFunds;
import io.memberday.fault.Guard;
import io.memberday.fault.Guards;
import io.memberday.ingest.Activity;
import io.memberday.ingest.OrderRow;
import io.memberday.ingest.ParcelRow;
import io.memberday.member.Member;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.touch.ServiceTouch.Lease;
import io.memberday.touch.ServiceTouch.Owner;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Touches as the sender sees them, in memory, with all that their claims rest on. */
public final class InMemoryServiceTouchStore implements ServiceTouchStore {
    private final InMemoryServiceTouches touches;
    private final InMemoryClaimStore members;
    private final Map<OrderKey, OrderRow> orders;
    private final Map<ParcelKey, ParcelRow> parcels;
    private final InMemoryFunds money;
    private final Consumer<Activity> rows;
    private final List<Activity> activity = new ArrayList<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Guards guards;

    public InMemoryServiceTouchStore(InMemoryServiceTouches touches, InMemoryClaimStore members) {
        this(
                touches,
                members,
                new HashMap<>(),
                new HashMap<>(),
                new InMemoryFunds(),
                _ -> {},
                Guards.intact());
    }

    /**
     * @param orders that other stores may look at, too
     * @param parcels likewise
     * @param money likewise
     * @param rows takes the rows of members' activity, too
     */
    public InMemoryServiceTouchStore(
            InMemoryServiceTouches touches,
            InMemoryClaimStore members,
            Map<OrderKey, OrderRow> orders,
            Map<ParcelKey, ParcelRow> parcels,
            InMemoryFunds money,
            Consumer<Activity> rows,
            Guards guards) {
        this.touches = touches;
        this.members = members;
        this.orders = orders;
        this.parcels = parcels;
        this.money = money;
        this.rows = rows;
        this.guards = guards;
    }

    /** Writes an order with a new version. */
    public synchronized void put(Order order) {
        long version = order(order.key().toString()).map(About::version).orElse(0L);
        orders.put(order.key(), new OrderRow(order, version + 1, Optional.empty(), 0, 0));
    }

    /** Writes a parcel with a new version. */
    public synchronized void put(Parcel parcel) {
        parcels.put(parcel.key(), new ParcelRow(parcel, parcel(parcel.key()).version() + 1));
    }

    /** What claims wrote of members' activity, in sequence. */
    public synchronized List<Activity> activity() {
        return List.copyOf(activity);
    }

    @Override
    public synchronized Optional<ServiceTouch> find(String touchpoint, String subject) {
        return touches.find(ServiceTouch.id(touchpoint, subject));
    }

    @Override
    public synchronized Optional<About> order(String key) {
        return Optional.ofNullable(orders.get(OrderKey.of(key)))
                .map(row -> new About(row.order(), row.version(), row.memberId()));
    }

    @Override
    public synchronized ParcelRow parcel(ParcelKey key) {
        ParcelRow row = parcels.get(key);
        return row == null ? new ParcelRow(Parcel.unseen(key), 0) : row;
    }

    @Override
    public Funds month(YearMonth month, Optional<Long> capMicros) {
        return money.month(month, capMicros);
    }

    @Override
    public synchronized boolean claim(
            ServiceTouch read,
            ServiceTouch next,
            Grounds grounds,
            Optional<Promotion> promotion,
            List<Activity> caused) {
        Optional<Lease> lease = next.claim().flatMap(Owner::lease);
        boolean holds =
                order(grounds.about())
                        && parcel(grounds.parcel())
                        && counted(grounds.counts())
                        && isFree(read)
                        && lease.map(one -> affordable(one, promotion)).orElse(true)
                        && member(read, grounds.member(), promotion);
        if (holds) {
            touches.put(next);
            lease.ifPresent(one -> money.pay(one.month(), one.micros(), 0));
            activity.addAll(caused);
            caused.forEach(rows);
            grounds.counts().forEach(one -> counts.merge(one.key(), 1L, Long::sum));
        }
        return holds;
    }

    @Override
    public synchronized Count count(String key) {
        return new Count(key, counts.getOrDefault(key, 0L));
    }

    private boolean counted(List<Count> read) {
        return guards.hold(
                Guard.SILENT_COUNT, read.stream().allMatch(one -> one.equals(count(one.key()))));
    }

    private boolean order(About about) {
        return guards.hold(
                Guard.TOUCH_ORDER,
                order(about.order().key().toString())
                        .filter(now -> now.version() == about.version())
                        .isPresent());
    }

    private boolean parcel(Optional<ParcelRow> read) {
        return guards.hold(
                Guard.TOUCH_PARCEL,
                read.map(row -> parcel(row.parcel().key()).version() == row.version())
                        .orElse(true));
    }

    private boolean affordable(Lease lease, Optional<Promotion> promotion) {
        return guards.hold(
                Guard.TOUCH_MONEY,
                month(lease.month(), promotion.flatMap(Promotion::monthCapMicros))
                                .lease(lease.micros())
                        == Funds.Answer.YES);
    }

    /** A marketing message leaves its claim and its counters on the member. */
    private boolean member(ServiceTouch read, Member member, Optional<Promotion> promotion) {
        boolean same =
                members.member(member.id())
                        .filter(now -> now.version() == member.version())
                        .isPresent();
        return promotion
                .map(
                        one ->
                                members.claim(
                                                member,
                                                read.id(),
                                                one.claim(),
                                                one.counters(),
                                                one.past())
                                        instanceof ClaimStore.Answer.Claimed)
                .orElseGet(() -> guards.hold(Guard.TOUCH_MEMBER, same));
    }

    @Override
    public synchronized boolean replace(ServiceTouch read, ServiceTouch next) {
        boolean may = isFree(read);
        if (may) {
            touches.put(next);
        }
        return may;
    }

    @Override
    public synchronized boolean settle(ServiceTouch read, ServiceTouch next, long spentMicros) {
        boolean may = guards.hold(Guard.TOUCH_SETTLED, stands(read));
        if (may) {
            touches.put(next);
            Lease lease = read.claim().flatMap(Owner::lease).orElseThrow();
            money.pay(lease.month(), spentMicros - lease.micros(), spentMicros);
        }
        return may;
    }

    private boolean isFree(ServiceTouch read) {
        return guards.hold(Guard.TOUCH_FREE, stands(read));
    }

    private boolean stands(ServiceTouch read) {
        return touches.find(read.id()).filter(now -> isAs(now, read)).isPresent();
    }

    private static boolean isAs(ServiceTouch now, ServiceTouch read) {
        return now.state() == read.state()
                && now.claim().map(Owner::nonce).equals(read.claim().map(Owner::nonce))
                && (read.claim().isPresent() || now.dueAt().equals(read.dueAt()));
    }
}
