package io.memberday.desk;

import io.memberday.ingest.Activity;
import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.touch.ServiceTouch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Members in memory, with the condition that the real table has, and orders and touches that a test
 * puts there; nothing else is there.
 */
public final class InMemoryDeskStore implements DeskStore {
    final Map<String, Member> members = new HashMap<>();
    final List<Activity> activity = new ArrayList<>();
    final Map<String, Order> orders = new HashMap<>();
    final Map<String, ServiceTouch> touches = new HashMap<>();

    /** What happens before a write, one of them before each. */
    public final Deque<Runnable> beforeWrites = new ArrayDeque<>();

    @Override
    public Optional<String> named(Identity identity) {
        return Optional.empty();
    }

    @Override
    public Optional<String> buyer(OrderKey order) {
        return Optional.empty();
    }

    @Override
    public Optional<Member> member(String id) {
        return Optional.ofNullable(members.get(id));
    }

    @Override
    public List<Place> places(String memberId, Optional<Place> after, int most) {
        return List.of();
    }

    @Override
    public Map<String, Order> orders(Collection<String> keys) {
        return only(orders, keys);
    }

    @Override
    public Map<ParcelKey, Parcel> parcels(Collection<ParcelKey> keys) {
        return Map.of();
    }

    @Override
    public Map<String, ServiceTouch> touches(Collection<String> ids) {
        return only(touches, ids);
    }

    private static <T> Map<String, T> only(Map<String, T> all, Collection<String> keys) {
        Map<String, T> some = new HashMap<>(all);
        some.keySet().retainAll(keys);
        return some;
    }

    @Override
    public void write(Member changed, List<Activity> rows) throws Conflict {
        if (!beforeWrites.isEmpty()) {
            beforeWrites.removeFirst().run();
        }
        if (members.get(changed.id()).version() != changed.version()) {
            throw new Conflict("member");
        }
        put(changed);
        activity.addAll(rows);
    }

    /** Writes a member whatever stands there, with the next version. */
    public void put(Member member) {
        members.put(member.id(), member.change().version(member.version() + 1).done());
    }

    /** Makes one member another's tombstone. */
    void merge(String loser, String winner) {
        put(members.get(loser).change().mergedInto(winner).done());
        put(members.get(winner).change().was(Set.of(loser)).done());
    }
}
