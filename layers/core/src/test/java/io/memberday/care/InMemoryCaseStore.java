package io.memberday.care;

import io.memberday.ingest.Activity.CareCase;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Care cases in memory, with the conditions that the real table has. */
public final class InMemoryCaseStore implements CaseStore {
    private final Map<CaseId, Case> cases = new HashMap<>();

    /** Takes a cause as the transactions of causes do. */
    public void open(CareCase cause) {
        Case now = cases.get(cause.id());
        boolean again = now != null && now.closedAt().filter(cause.at()::isAfter).isPresent();
        if (now == null || !now.waits() && again) {
            cases.put(
                    cause.id(),
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
        if (now == null || now.version() != changed.version()) {
            return false;
        }
        cases.put(changed.id(), changed.raised());
        return true;
    }

    private static String place(Case work) {
        return work.openedAt() + " " + work.id().memberId() + " " + work.id().item();
    }
}
