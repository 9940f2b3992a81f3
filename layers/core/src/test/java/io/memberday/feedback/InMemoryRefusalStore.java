package io.memberday.feedback;

import io.memberday.fault.Guard;
import io.memberday.fault.Guards;
import io.memberday.ingest.Activity;
import io.memberday.ingest.Activity.ConsentSaid;
import io.memberday.ingest.IdentityRow;
import io.memberday.ingest.InMemoryIngestStore;
import io.memberday.member.Channel;
import io.memberday.member.Consents.Topic;
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
    private final InMemoryIngestStore rows;
    private final Guards guards;
    private final List<Runnable> beforeWrites = new ArrayList<>();

    public InMemoryRefusalStore() {
        this(new InMemoryIngestStore(), Guards.intact());
    }

    /**
     * @param rows that other stores may look at, too
     */
    public InMemoryRefusalStore(InMemoryIngestStore rows, Guards guards) {
        this.rows = rows;
        this.guards = guards;
    }

    public void put(Member member) {
        rows.members.put(member.id(), member);
    }

    public void name(Identity identity, String memberId) {
        rows.identities.put(
                identity, new IdentityRow(identity, Optional.of(memberId), suppressed(identity)));
    }

    /** Happens once, just before the next write. */
    public void beforeWrite(Runnable change) {
        beforeWrites.add(change);
    }

    public List<Activity> activity() {
        return List.copyOf(rows.activity.values());
    }

    public Map<Channel, Instant> suppressed(Identity identity) {
        return row(identity).optedOut();
    }

    private IdentityRow row(Identity identity) {
        return rows.identities.getOrDefault(identity, IdentityRow.unknown(identity));
    }

    @Override
    public Optional<String> named(Identity identity) {
        return row(identity).memberId();
    }

    @Override
    public Optional<Member> member(String id) {
        return Optional.ofNullable(rows.members.get(id));
    }

    @Override
    public boolean write(Member changed, List<Activity> said) {
        happen();
        Member now = rows.members.get(changed.id());
        boolean same = now != null && now.version() == changed.version();
        if (!guards.hold(Guard.REFUSAL_VERSION, same)) {
            return false;
        }
        // Only what a refusal changes, as the real one writes no more.
        put(
                raised(
                        now.change()
                                .version(changed.version())
                                .consents(changed.consents())
                                .dead(changed.dead())
                                .done()));
        said.forEach(rows::write);
        return true;
    }

    @Override
    public List<ConsentSaid> said(String memberId, Topic topic) {
        return rows.activity.values().stream()
                .filter(ConsentSaid.class::isInstance)
                .map(ConsentSaid.class::cast)
                .filter(said -> said.memberId().equals(memberId) && said.topic().equals(topic))
                .toList();
    }

    @Override
    public boolean release(Identity address, Channel channel, Instant at) {
        happen();
        IdentityRow row = row(address);
        if (row.memberId().isPresent()) {
            return false;
        }
        Map<Channel, Instant> optedOut = new HashMap<>(row.optedOut());
        optedOut.computeIfPresent(channel, (same, said) -> said.isBefore(at) ? null : said);
        rows.identities.put(address, new IdentityRow(address, row.memberId(), optedOut));
        return true;
    }

    @Override
    public boolean suppress(Identity address, Channel channel, Instant at) {
        happen();
        IdentityRow row = row(address);
        if (!guards.hold(Guard.OPT_OUT_FREE, row.memberId().isEmpty())) {
            return false;
        }
        Map<Channel, Instant> optedOut = new HashMap<>(row.optedOut());
        optedOut.merge(channel, at, (one, other) -> one.isAfter(other) ? one : other);
        rows.identities.put(address, new IdentityRow(address, row.memberId(), optedOut));
        return true;
    }

    private void happen() {
        if (!beforeWrites.isEmpty()) {
            beforeWrites.removeFirst().run();
        }
    }

    /** The member with the next version, as every write leaves it. */
    public static Member raised(Member member) {
        return member.change().version(member.version() + 1).done();
    }
}
