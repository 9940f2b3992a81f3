package io.memberday.touch;

import io.memberday.fault.Guard;
import io.memberday.fault.Guards;
import io.memberday.fault.Lagging;
import io.memberday.member.Claim;
import io.memberday.member.Member;
import io.memberday.member.MemberDraft;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Members and their claims in memory. Weak reads may see the state before the last write. */
public final class InMemoryClaimStore implements ClaimStore {
    private final Lagging<String, Member> rows;
    private final Guards guards;
    private final List<Claimed> claimed = new ArrayList<>();
    private boolean stale;

    public InMemoryClaimStore() {
        this(new Lagging<>(), Guards.intact());
    }

    /**
     * @param rows that other stores may look at, too
     */
    public InMemoryClaimStore(Lagging<String, Member> rows, Guards guards) {
        this.rows = rows;
        this.guards = guards;
    }

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
            Member member = stale && !strong ? rows.before(id) : rows.get(id);
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
            Member read, String run, Claim claim, List<ContactCounter> counters, Past past) {
        Member now = rows.get(read.id());
        if (now == null) {
            return new Answer.Gone();
        }
        Claim there = now.claims().get(run);
        if (there != null && there.nonce().equals(claim.nonce())) {
            return new Answer.Claimed();
        }
        if (!holds(read, now, run)) {
            return new Answer.Changed(now);
        }
        claimed.add(new Claimed(now, run, claim));
        Map<String, Claim> claims = new HashMap<>(now.claims());
        claims.keySet().removeAll(past.claims());
        claims.put(run, claim);
        Map<String, Integer> raised = raised(now, counters, 1);
        raised.keySet().removeAll(past.counters());
        change(now.id(), draft -> draft.claims(claims).counters(raised));
        return new Answer.Claimed();
    }

    /**
     * That the version is the one read and that there is no claim. A broken guard passes over a
     * change of its own part of the member alone.
     */
    private boolean holds(Member read, Member now, String run) {
        return now.version() == read.version() && !now.claims().containsKey(run)
                || guards.hold(Guard.MERGED, now.mergedInto().isEmpty())
                        && now.mergedInto().isPresent()
                || guards.hold(Guard.CONSENT, false) && same(now, read, run, Guard.CONSENT)
                || guards.hold(Guard.CAP, false) && same(now, read, run, Guard.CAP)
                || guards.hold(Guard.CLAIM, false) && same(now, read, run, Guard.CLAIM);
    }

    private static boolean same(Member now, Member read, String run, Guard but) {
        Member then = read.change().version(now.version()).done();
        return switch (but) {
            case CONSENT -> then.change().consents(now.consents()).done().equals(now);
            case CAP ->
                    !now.claims().containsKey(run)
                            && then.change()
                                    .counters(now.counters())
                                    .claims(now.claims())
                                    .done()
                                    .equals(now);
            default ->
                    then.change().counters(now.counters()).claims(now.claims()).done().equals(now);
        };
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
        rows.put(member.id(), member);
    }

    private static Member version(Member member, long version) {
        return member.change().version(version).done();
    }
}
