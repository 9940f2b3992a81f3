package io.memberday.member;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Members in memory, cut into segments by a hash of their id, as the table cuts its scan. */
public final class InMemoryMemberScan implements MemberScan {
    private final TreeMap<String, Member> members;

    public InMemoryMemberScan(Collection<Member> members) {
        this(new TreeMap<>());
        members.forEach(this::put);
    }

    private InMemoryMemberScan(TreeMap<String, Member> members) {
        this.members = members;
    }

    /** A scan of rows that other stores may look at, too. */
    public static InMemoryMemberScan over(TreeMap<String, Member> rows) {
        return new InMemoryMemberScan(rows);
    }

    /** Adds or replaces a member. */
    public synchronized void put(Member member) {
        members.put(member.id(), member);
    }

    @Override
    public synchronized ScanPage page(
            int segment, int of, Optional<String> after, int limit, MemberFilter filter) {
        SortedMap<String, Member> rest =
                after.<SortedMap<String, Member>>map(id -> members.tailMap(id, false))
                        .orElse(members);
        List<Member> found =
                rest.values().stream()
                        .filter(member -> Math.floorMod(member.id().hashCode(), of) == segment)
                        .limit(limit)
                        .toList();
        List<Member> passed =
                found.stream().filter(member -> FilteredMembers.passes(filter, member)).toList();
        // As DynamoDB does, a full page names where to go on, even if nothing is left there.
        return new ScanPage(
                passed,
                found.size() < limit ? Optional.empty() : Optional.of(found.getLast().id()),
                found.size() - passed.size());
    }

    @Override
    public synchronized long about() {
        return members.size();
    }
}
