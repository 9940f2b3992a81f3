package io.memberday.care;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Care cases as people work on them. They are opened elsewhere: by the transaction of their cause.
 */
public interface CaseStore {

    /**
     * Some open cases.
     *
     * @param cases oldest first
     * @param next where the following page begins, for {@link #open}; empty after the last
     */
    record Page(List<Case> cases, Optional<String> next) {
        public Page {
            cases = List.copyOf(cases);
        }
    }

    /** One case as it is now. */
    Optional<Case> find(CaseId id);

    /**
     * All cases under some member ids, closed ones too, in no order: for a member give its own id
     * and those it {@code was}.
     */
    List<Case> of(Collection<String> memberIds);

    /**
     * Cases that wait, open or assigned, oldest first over all members. A list may lag behind by a
     * moment: what was closed just now may still be in it.
     *
     * @param kind only of this one
     * @param after the {@link Page#next} of the page before
     * @param most 1 to 100
     */
    Page open(Optional<CaseKind> kind, Optional<String> after, int most);

    /**
     * Writes a case, if it still has the version that was read; the store raises it.
     *
     * @return false if it has not: nothing is written
     */
    boolean write(Case changed);
}
