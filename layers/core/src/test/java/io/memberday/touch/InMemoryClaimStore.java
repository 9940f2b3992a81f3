package io.memberday.touch;

import io.memberday.member.Claim;
import io.memberday.member.Member;
import io.memberday.member.MemberDraft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Members and their claims in memory. Weak reads may see the state before the last write. */
public final class InMemoryClaimStore implements ClaimStore {
    private final Map<String, Member> rows = new TreeMap<>();
    private final Map<String, Member> before = new HashMap<>();
    private final List<Claimed> claimed = new ArrayList<>();
    private boolean stale;

    /**
     * A claim that was written.
     *
     * @param member as it was when the claim was written
     */
    public record Claimed(Member member, String run, Claim claim) {}

    /** Adds a member, at version 1. */
    public synchronized void put(Member member) {
        write(version(member, 1));
    }

    /** Whether weak reads lag one write behind. */
    public synchronized void stale(boolean lags) {
        stale = lags;
    }

    /** Changes a member as another function does: with a new version. */
    public synchronized void change(String id, UnaryOperator<MemberDraft> change) {
        Member member = rows.get(id);
        write(version(change.apply(member.change()).done(), member.version() + 1));
    }

    /** All claims that were ever written, in sequence. */
    public synchronized List<Claimed> claimed() {
        return List.copyOf(claimed);
    }

    public synchronized List<Member> all() {
        return List.copyOf(rows.values());
    }

    @Override
    public synchronized Map<String, Member> members(Collection<String> ids, boolean strong) {
        Map<String, Member> found = new HashMap<>();
        for (String id : ids) {
            Member member = stale && !strong ? before.get(id) : rows.get(id);
            if (member != null) {
                found.put(id, member);
            }
        }
        return found;
    }

    @Override
    public synchronized Optional<Member> member(String id) {
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public synchronized Answer claim(
            Member read, String run, Claim claim, List<ContactCounter> counters) {
        Member now = rows.get(read.id());
        if (now == null) {
            return new Answer.Gone();
        }
        Claim there = now.claims().get(run);
        if (there != null && there.nonce().equals(claim.nonce())) {
            return new Answer.Claimed();
        }
        if (now.version() != read.version() || there != null) {
            return new Answer.Changed(now);
        }
        claimed.add(new Claimed(now, run, claim));
        Map<String, Claim> claims = new HashMap<>(now.claims());
        claims.put(run, claim);
        change(now.id(), draft -> draft.claims(claims).counters(raised(now, counters, 1)));
        return new Answer.Claimed();
    }

    @Override
    public synchronized boolean release(
            String memberId, String run, Claim claim, List<ContactCounter> counters) {
        Member now = rows.get(memberId);
        Claim there = now == null ? null : now.claims().get(run);
        if (now == null || there == null || !there.nonce().equals(claim.nonce())) {
            return false;
        }
        Map<String, Claim> claims = new HashMap<>(now.claims());
        claims.remove(run);
        change(now.id(), draft -> draft.claims(claims).counters(raised(now, counters, -1)));
        return true;
    }

    private static Map<String, Integer> raised(
            Member member, List<ContactCounter> counters, int by) {
        Map<String, Integer> raised = new HashMap<>(member.counters());
        counters.forEach(counter -> raised.merge(counter.key(), by, Integer::sum));
        return raised;
    }

    private void write(Member member) {
        before.put(member.id(), rows.getOrDefault(member.id(), member));
        rows.put(member.id(), member);
    }

    private static Member version(Member member, long version) {
        return member.change().version(version).done();
    }
}
