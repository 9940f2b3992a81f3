package io.memberday.care;

import io.memberday.fault.Guard;
import io.memberday.fault.Guards;
import io.memberday.ingest.Activity.CareCase;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Care cases in memory, with the conditions that the real table has. */
public final class InMemoryCaseStore implements CaseStore {
    private final Map<CaseId, Case> cases = new LinkedHashMap<>();
    private final List<Case> written = new ArrayList<>();
    private final Guards guards;

    public InMemoryCaseStore() {
        this(Guards.intact());
    }

    public InMemoryCaseStore(Guards guards) {
        this.guards = guards;
    }

    /** Every state that a case was ever in, in sequence. */
    public List<Case> written() {
        return written;
    }

    /** All cases, closed ones too. */
    public Collection<Case> all() {
        return cases.values();
    }

    /**
     * Takes a cause as the transactions of causes do.
     *
     * @return whether it opened a case
     */
    public boolean open(CareCase cause) {
        Case now = cases.get(cause.id());
        boolean free =
                isFree(cause.id(), cause)
                        && cause.others().stream().allMatch(id -> isFree(id, cause));
        boolean opens = guards.hold(Guard.CASE_ABSENT, free);
        if (opens) {
            put(
                    new Case(
                            cause.id(),
                            cause.at(),
                            cause.reason(),
                            Case.State.OPEN,
                            Optional.empty(),
                            now == null ? Optional.empty() : now.closedAt(),
                            now == null ? Optional.empty() : now.result(),
                            now == null ? 1 : now.times() + 1,
                            now == null ? 1 : now.version() + 1));
        }
        return opens;
    }

    /** Whether there is none under a name, or one that was closed before its cause occurred. */
    private boolean isFree(CaseId id, CareCase cause) {
        Case there = cases.get(id);
        return there == null
                || !there.waits() && there.closedAt().filter(cause.at()::isAfter).isPresent();
    }

    @Override
    public Optional<Case> find(CaseId id) {
        return Optional.ofNullable(cases.get(id));
    }

    @Override
    public List<Case> of(Collection<String> memberIds) {
        return cases.values().stream()
                .filter(work -> memberIds.contains(work.id().memberId()))
                .toList();
    }

    @Override
    public Page open(Optional<CaseKind> kind, Optional<String> after, int most) {
        List<Case> rest =
                cases.values().stream()
                        .filter(Case::waits)
                        .filter(
                                work ->
                                        kind.filter(work.id().kind()::equals).isPresent()
                                                || kind.isEmpty())
                        .filter(
                                work ->
                                        after.filter(from -> place(work).compareTo(from) <= 0)
                                                .isEmpty())
                        .sorted(Comparator.comparing(InMemoryCaseStore::place))
                        .toList();
        List<Case> page = rest.subList(0, Math.min(most, rest.size()));
        return new Page(
                page, rest.size() > most ? Optional.of(place(page.getLast())) : Optional.empty());
    }

    @Override
    public boolean write(Case changed) {
        Case now = cases.get(changed.id());
        boolean same = now != null && now.version() == changed.version();
        if (!guards.hold(Guard.CASE_VERSION, same)) {
            return false;
        }
        put(changed.raised());
        return true;
    }

    private void put(Case next) {
        cases.put(next.id(), next);
        written.add(next);
    }

    private static String place(Case work) {
        return work.openedAt() + " " + work.id().memberId() + " " + work.id().item();
    }
}
