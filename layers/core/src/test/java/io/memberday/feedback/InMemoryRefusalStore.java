package io.memberday.feedback;

import io.memberday.ingest.Activity;
import io.memberday.member.Channel;
import io.memberday.member.Identity;
import io.memberday.member.Member;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Members and addresses in memory; a test may change them between a read and the write. */
public final class InMemoryRefusalStore implements RefusalStore {
    private final Map<Identity, String> named = new HashMap<>();
    private final Map<Identity, Map<Channel, Instant>> suppressed = new HashMap<>();
    private final Map<String, Member> members = new HashMap<>();
    private final List<Activity> activity = new ArrayList<>();
    private final List<Runnable> beforeWrites = new ArrayList<>();

    public void put(Member member) {
        members.put(member.id(), member);
    }

    public void name(Identity identity, String memberId) {
        named.put(identity, memberId);
    }

    /** Happens once, just before the next write. */
    public void beforeWrite(Runnable change) {
        beforeWrites.add(change);
    }

    public List<Activity> activity() {
        return activity;
    }

    public Map<Channel, Instant> suppressed(Identity identity) {
        return suppressed.getOrDefault(identity, Map.of());
    }

    @Override
    public Optional<String> named(Identity identity) {
        return Optional.ofNullable(named.get(identity));
    }

    @Override
    public Optional<Member> member(String id) {
        return Optional.ofNullable(members.get(id));
    }

    @Override
    public boolean write(Member changed, List<Activity> rows) {
        happen();
        Member now = members.get(changed.id());
        if (now == null || now.version() != changed.version()) {
            return false;
        }
        put(InMemoryRefusalStore.raised(changed));
        activity.addAll(rows);
        return true;
    }

    @Override
    public boolean suppress(Identity address, Channel channel, Instant at) {
        happen();
        if (named.containsKey(address)) {
            return false;
        }
        suppressed.computeIfAbsent(address, key -> new HashMap<>()).put(channel, at);
        return true;
    }

    private void happen() {
        if (!beforeWrites.isEmpty()) {
            beforeWrites.removeFirst().run();
        }
    }

    /** The member with the next version, as every write leaves it. */
    public static Member raised(Member member) {
        return new Member(
                member.id(),
                member.version() + 1,
                member.since(),
                member.mergedInto(),
                member.was(),
                member.profile(),
                member.consents(),
                member.dead(),
                member.purchases(),
                member.openOrders(),
                member.points(),
                member.tier(),
                member.tags(),
                member.counters(),
                member.claims(),
                member.joins());
    }
}
