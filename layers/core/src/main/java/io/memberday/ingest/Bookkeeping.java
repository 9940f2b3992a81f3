package io.memberday.ingest;

import io.memberday.ingest.Activity.Ledger;
import io.memberday.ingest.Activity.TierChange;
import io.memberday.member.Basket;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.money.Money;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Enters an order's new state in its member's books: purchase statistics, open orders, points,
 * tier. All of them are functions of the final states of the member's orders (P6), so what is
 * entered is the difference between what the order was and what it is.
 */
final class Bookkeeping {
    private static final long MICROS = 1_000_000;

    private final IngestStore rows;
    private final Playbook playbook;

    Bookkeeping(IngestStore rows, Playbook playbook) {
        this.rows = rows;
        this.playbook = playbook;
    }

    /**
     * @param row the order's row to be
     * @param member after the entry
     * @param activity ledger rows to write
     * @param forgotten ledger rows to delete
     */
    record Entry(OrderRow row, Member member, List<Activity> activity, List<Activity> forgotten) {}

    /**
     * Enters one order.
     *
     * @param order as it is now
     * @param before as it is stored, if it is
     * @param member whose it is
     */
    Entry enter(Order order, Optional<OrderRow> before, Member member) {
        // Until an order has a member it is in nobody's books.
        Optional<OrderRow> entered = before.filter(row -> row.memberId().isPresent());
        String home = entered.flatMap(OrderRow::memberId).orElse(member.id());
        Optional<Purchase> was = entered.flatMap(row -> row.order().kept());
        Optional<Purchase> is = order.kept();
        Purchases purchases =
                was.equals(is) ? member.purchases() : purchases(member, home, order, was, is);

        Map<String, Instant> open = new HashMap<>(member.openOrders());
        open.remove(order.key().toString());
        order.openSince().ifPresent(since -> open.put(order.key().toString(), since));

        List<Activity> activity = new ArrayList<>();
        List<Activity> forgotten = new ArrayList<>();
        Optional<Ledger> earn = earn(order, home);
        Optional<Ledger> reverse = earn.flatMap(paid -> reverse(order, paid));
        Optional<Ledger> earnWas = entered.flatMap(row -> earn(row.order(), home));
        Optional<Ledger> reverseWas = earnWas.flatMap(paid -> reverse(entered.get().order(), paid));
        enter(earnWas, earn, activity, forgotten);
        enter(reverseWas, reverse, activity, forgotten);
        // What stands in the ledger counts, also where the playbook's rate has changed since.
        long earned = points(earnWas, earn, entered.map(OrderRow::earned));
        long reversed = points(reverseWas, reverse, entered.map(OrderRow::reversed));
        long stood = entered.map(row -> row.earned() + row.reversed()).orElse(0L);
        return new Entry(
                new OrderRow(
                        order,
                        before.map(OrderRow::version).orElse(0L),
                        Optional.of(home),
                        earned,
                        reversed),
                member.change()
                        .purchases(purchases)
                        .openOrders(open)
                        .refundedOrders(member.refundedOrders() + one(reverse) - one(reverseWas))
                        .points(member.points() + earned + reversed - stood)
                        .done(),
                activity,
                forgotten);
    }

    /** The member on the tier of now, if anything that decides it has changed. */
    Member tiered(
            Member member,
            Optional<Member> stored,
            String cause,
            Instant now,
            List<Activity> activity) {
        if (stored.filter(old -> old.purchases().equals(member.purchases())).isPresent()) {
            return member;
        }
        String tier = playbook.ladder().of(member.purchases(), now).id();
        if (tier.equals(member.tier())) {
            return member;
        }
        if (!member.tier().isEmpty()) {
            activity.add(new TierChange(member.id(), now, member.tier(), tier, cause));
        }
        return member.change().tier(tier).done();
    }

    private Purchases purchases(
            Member member,
            String home,
            Order order,
            Optional<Purchase> was,
            Optional<Purchase> is) {
        Duration horizon = playbook.store().horizon();
        Optional<Purchases> replaced = member.purchases().replace(was, is, horizon);
        if (replaced.isPresent()) {
            return replaced.get();
        }
        Set<String> ids = new HashSet<>(member.was());
        ids.add(member.id());
        ids.add(home);
        List<Purchase> kept = new ArrayList<>(rows.keptPurchases(ids));
        kept.removeIf(purchase -> purchase.order().equals(order.key().toString()));
        is.ifPresent(kept::add);
        return Purchases.of(kept, horizon);
    }

    private Optional<Ledger> earn(Order order, String memberId) {
        return order.at(Milestone.PAID)
                .map(
                        paid ->
                                new Ledger(
                                        memberId,
                                        paid,
                                        true,
                                        order.key().toString(),
                                        points(order.totalMinor()),
                                        order.totalMinor(),
                                        order.basket()));
    }

    private Optional<Ledger> reverse(Order order, Ledger earn) {
        return Optional.of(order.refundedMinor())
                .filter(refunded -> refunded > 0)
                .map(
                        refunded ->
                                new Ledger(
                                        earn.memberId(),
                                        order.refundedAt().orElseThrow(),
                                        false,
                                        earn.order(),
                                        points(earn.minor() - refunded) - earn.points(),
                                        -refunded,
                                        Basket.UNKNOWN));
    }

    private static void enter(
            Optional<Ledger> was,
            Optional<Ledger> is,
            List<Activity> activity,
            List<Activity> forgotten) {
        if (!was.equals(is)) {
            is.ifPresentOrElse(activity::add, () -> was.ifPresent(forgotten::add));
        }
    }

    private static int one(Optional<Ledger> row) {
        return row.isPresent() ? 1 : 0;
    }

    private static long points(Optional<Ledger> was, Optional<Ledger> is, Optional<Long> standing) {
        return was.equals(is) ? standing.orElse(0L) : is.map(Ledger::points).orElse(0L);
    }

    private long points(long minor) {
        Store store = playbook.store();
        long micros = new Money(minor, store.currency()).micros();
        return Math.multiplyExact(micros, (long) store.pointsPerUnit()) / MICROS;
    }
}
