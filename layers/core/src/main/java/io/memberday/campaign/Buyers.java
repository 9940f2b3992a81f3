package io.memberday.campaign;

import io.memberday.member.Member;
import io.memberday.member.MemberFilter;
import io.memberday.member.MemberScan;
import io.memberday.member.Survivor;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.OrderAudience;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The buyers of an audience over orders, read from the index of paid days instead of all members,
 * and handed over like members of a scan: by id, so that each comes once and a page's last id is
 * where the next one goes on. A member with predecessors comes once, too, with the orders of all of
 * them: in place of the smallest id under which there is one. What is read of a slice is kept for
 * its next page. Not for sharing between threads.
 */
public final class Buyers implements MemberScan {
    /**
     * From where the buyers of a run are read.
     *
     * @param members finds members by id, a hundred at most, merged ones as they are
     */
    public record Source(OrderIndex index, Function<Collection<String>, List<Member>> members) {
        /** For who plans no campaign over orders. */
        public static final Source NONE =
                new Source(
                        new OrderIndex() {
                            @Override
                            public void paidOn(LocalDate day, BiConsumer<String, Order> each) {
                                throw new IllegalStateException("no orders are read here");
                            }

                            @Override
                            public List<Order> of(String memberId) {
                                throw new IllegalStateException("no orders are read here");
                            }
                        },
                        _ -> List.of());

        /** Those of a run; nothing if its campaign is not over orders. */
        public Optional<Buyers> of(Frozen frozen, LocalDate date) {
            return frozen.campaign()
                    .over()
                    .map(over -> new Buyers(this, over, date, frozen.store().zone(), MOST_ORDERS));
        }
    }

    /** More orders than a worker's memory holds: then the paid days are too many for the shop. */
    private static final int MOST_ORDERS = 500_000;

    private static final int AT_ONCE = 100;

    private final OrderIndex index;
    private final Function<Collection<String>, List<Member>> members;
    private final OrderAudience audience;
    private final LocalDate date;
    private final ZoneId zone;
    private final int mostOrders;
    private final Map<Integer, NavigableMap<String, List<Order>>> slices = new HashMap<>();

    /** Of the members handed over last. */
    private final Map<String, List<Order>> handed = new HashMap<>();

    /**
     * @param date of the run
     * @param zone the store's
     * @param mostOrders of a slice
     */
    Buyers(Source source, OrderAudience audience, LocalDate date, ZoneId zone, int mostOrders) {
        this.index = source.index();
        this.members = source.members();
        this.audience = audience;
        this.date = date;
        this.zone = zone;
        this.mostOrders = mostOrders;
    }

    /** The kept orders of the paid days of a member that was handed over last; none of another. */
    public List<Order> orders(Member member) {
        return handed.getOrDefault(member.id(), List.of());
    }

    /** The same of any member, read anew, with those of its predecessors. */
    public List<Order> read(Member member) {
        return names(member).stream().flatMap(id -> kept(id).stream()).toList();
    }

    @Override
    public ScanPage page(
            int segment, int of, Optional<String> after, int limit, MemberFilter filter) {
        handed.clear();
        NavigableMap<String, List<Order>> buyers =
                slices.computeIfAbsent(segment, slice -> slice(slice, of));
        NavigableMap<String, List<Order>> rest =
                after.map(id -> buyers.tailMap(id, false)).orElse(buyers);
        Map<String, List<Order>> some = new LinkedHashMap<>();
        for (Map.Entry<String, List<Order>> buyer : rest.entrySet()) {
            if (some.size() == Math.min(limit, AT_ONCE)) {
                break;
            }
            some.put(buyer.getKey(), buyer.getValue());
        }
        Map<String, Member> found =
                some.isEmpty()
                        ? Map.of()
                        : members.apply(some.keySet()).stream()
                                .collect(Collectors.toMap(Member::id, Function.identity()));
        List<Member> once = new ArrayList<>();
        some.forEach(
                (id, orders) ->
                        Optional.ofNullable(found.get(id))
                                .flatMap(member -> place(id, member, orders))
                                .ifPresent(once::add));
        boolean more = some.size() < rest.size();
        return new ScanPage(once, more ? Optional.of(last(some.keySet())) : Optional.empty(), 0);
    }

    @Override
    public long about() {
        return slices.values().stream().mapToInt(Map::size).sum();
    }

    private static String last(Set<String> ids) {
        String last = "";
        for (String id : ids) {
            last = id;
        }
        return last;
    }

    /** The living member, if this id is where it belongs. */
    private Optional<Member> place(String id, Member member, List<Order> own) {
        if (member.mergedInto().isEmpty() && member.was().isEmpty()) {
            handed.put(id, own);
            return Optional.of(member);
        }
        Optional<Member> survivor =
                Survivor.of(member, next -> members.apply(Set.of(next)).stream().findFirst());
        if (survivor.isEmpty()) {
            return Optional.empty();
        }
        List<Order> orders = new ArrayList<>();
        Optional<String> first = Optional.empty();
        for (String name : names(survivor.get())) {
            List<Order> theirs = kept(name);
            first = first.or(() -> theirs.isEmpty() ? Optional.empty() : Optional.of(name));
            orders.addAll(theirs);
        }
        if (first.filter(id::equals).isEmpty()) {
            return Optional.empty();
        }
        handed.put(survivor.get().id(), orders);
        return survivor;
    }

    private static Set<String> names(Member member) {
        Set<String> names = new TreeSet<>(member.was());
        names.add(member.id());
        return names;
    }

    private List<Order> kept(String memberId) {
        Instant from = audience.paid().first(date).atStartOfDay(zone).toInstant();
        Instant until = audience.paid().last(date).plusDays(1).atStartOfDay(zone).toInstant();
        return index.of(memberId).stream()
                .filter(order -> order.kept().isPresent())
                .filter(order -> !paidAt(order).isBefore(from) && paidAt(order).isBefore(until))
                .toList();
    }

    private static Instant paidAt(Order order) {
        return order.at(Milestone.PAID).orElseThrow();
    }

    /** The kept orders of one slice's buyers, which a hash of their ids tells. */
    private NavigableMap<String, List<Order>> slice(int slice, int of) {
        NavigableMap<String, List<Order>> buyers = new TreeMap<>();
        int[] held = {0};
        audience.paid()
                .days(date)
                .forEach(
                        day ->
                                index.paidOn(
                                        day,
                                        (memberId, order) -> {
                                            if (Math.floorMod(memberId.hashCode(), of) == slice
                                                    && order.kept().isPresent()) {
                                                hold(++held[0]);
                                                buyers.computeIfAbsent(
                                                                memberId, _ -> new ArrayList<>(1))
                                                        .add(order);
                                            }
                                        }));
        return buyers;
    }

    private void hold(int orders) {
        if (orders > mostOrders) {
            throw new IllegalStateException(
                    "more than %d orders were paid from %s to %s in one slice: a campaign over orders must ask for fewer days"
                            .formatted(mostOrders, audience.paid().from(), audience.paid().to()));
        }
    }
}
