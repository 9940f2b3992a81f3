package io.memberday.care;

import io.memberday.json.BadInput;

import java.time.Clock;
import java.util.Optional;

/**
 * Where people take care cases and close them (R56). Every change names the version that the person
 * has seen, so that of two who take the same case at once one hears of the other:
 *
 * {@snippet :
 * CaseDesk desk = new CaseDesk(new DynamoDbCaseStore(dynamoDb, env.memberActivityTable()), clock);
 * CaseStore.Page oldest = desk.open(Optional.of(CaseKind.PARCEL), Optional.empty(), 25);
 * Case first = oldest.cases().getFirst();
 * Optional<Case> mine = desk.assign(first.id(), first.version(), "agent-7");
 * // empty: somebody was quicker, look again
 * desk.close(first.id(), mine.get().version(), "agent-7", "sent a new parcel");
 * }
 *
 * A closing is published on the bus like an opening, by the table's stream.
 */
public final class CaseDesk {
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_RESULT = 1000;
    private static final int MOST = 100;

    private final CaseStore store;
    private final Clock clock;

    public CaseDesk(CaseStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Cases that wait, oldest first.
     *
     * @throws BadInput if {@code most} is not 1 to 100
     */
    public CaseStore.Page open(Optional<CaseKind> kind, Optional<String> after, int most) {
        if (most < 1 || most > MOST) {
            throw new BadInput("most", most, "must be a whole number from 1 to " + MOST);
        }
        return store.open(kind, after, most);
    }

    /** One case as it is now. */
    public Optional<Case> find(CaseId id) {
        return store.find(id);
    }

    /**
     * Gives a case to somebody, whoever had it before.
     *
     * @param version that was seen
     * @param assignee an id of the shop's own staff
     * @return the case as it is now; empty if it has changed since it was seen
     * @throws BadInput if there is no such case, it is closed, or nobody is named
     */
    public Optional<Case> assign(CaseId id, long version, String assignee) {
        String to = text("assignee", assignee, LONGEST_NAME);
        return change(id, version).flatMap(work -> written(work.assigned(to)));
    }

    /**
     * Closes a case.
     *
     * @param version that was seen
     * @param by who closes it: an id of the shop's own staff
     * @param result what came of it; it stays in the row and never goes on the bus
     * @return the case as it is now; empty if it has changed since it was seen
     * @throws BadInput if there is no such case, it is closed, or nobody or no result is named
     */
    public Optional<Case> close(CaseId id, long version, String by, String result) {
        String who = text("by", by, LONGEST_NAME);
        String what = text("result", result, LONGEST_RESULT);
        return change(id, version)
                .flatMap(work -> written(work.closed(who, what, clock.instant())));
    }

    private Optional<Case> change(CaseId id, long version) {
        Case now =
                store.find(id)
                        .orElseThrow(
                                () -> new BadInput("case", id.item(), "there is no such case"));
        if (now.version() != version) {
            return Optional.empty();
        }
        if (!now.waits()) {
            throw new BadInput("case", id.item(), "is closed");
        }
        return Optional.of(now);
    }

    private Optional<Case> written(Case changed) {
        return store.write(changed) ? Optional.of(changed.raised()) : Optional.empty();
    }

    private static String text(String field, String value, int longest) {
        String text = value.strip();
        if (text.isEmpty() || text.length() > longest) {
            throw new BadInput(field, value, "must have 1 to " + longest + " characters");
        }
        return text;
    }
}
