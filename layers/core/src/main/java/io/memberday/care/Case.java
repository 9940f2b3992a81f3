package io.memberday.care;

import java.time.Instant;
import java.util.Optional;

/**
 * Work for a person (R56). It comes into being with its cause, in the cause's own transaction:
 * {@link io.memberday.ingest.Activity.CareCase}. What else a person wants to know, such as orders,
 * messages and the likely reason, is not kept here but read when somebody looks: {@link CaseFile}.
 *
 * @param id names its cause
 * @param openedAt when, by the cause's own time; of one that was opened again, the last time
 * @param reason what was known then, in ids and codes
 * @param state how far it is
 * @param assignee who sees to it, or did last; by an id of the shop's own staff
 * @param closedAt when it was closed last; kept until it is closed again
 * @param result what came of it, in the words of whoever closed it last
 * @param times how often its cause has opened it
 * @param version of the row
 */
public record Case(
        CaseId id,
        Instant openedAt,
        String reason,
        State state,
        Optional<String> assignee,
        Optional<Instant> closedAt,
        Optional<String> result,
        int times,
        long version) {

    /** How far a case is. */
    public enum State {
        OPEN("open"),
        ASSIGNED("assigned"),
        CLOSED("closed");

        private final String key;

        State(String key) {
            this.key = key;
        }

        /** As it stands in rows and answers. */
        public String key() {
            return key;
        }

        /**
         * @throws IllegalArgumentException if there is no such state
         */
        public static State of(String key) {
            for (State state : values()) {
                if (state.key.equals(key)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("no state of a care case: " + key);
        }
    }

    public Case {
        openedAt = Instant.ofEpochSecond(openedAt.getEpochSecond());
    }

    /** Whether somebody has still to see to it. */
    public boolean waits() {
        return state != State.CLOSED;
    }

    Case assigned(String to) {
        return new Case(
                id,
                openedAt,
                reason,
                State.ASSIGNED,
                Optional.of(to),
                closedAt,
                result,
                times,
                version);
    }

    Case closed(String by, String with, Instant at) {
        return new Case(
                id,
                openedAt,
                reason,
                State.CLOSED,
                Optional.of(by),
                Optional.of(Instant.ofEpochSecond(at.getEpochSecond())),
                Optional.of(with),
                times,
                version);
    }

    Case raised() {
        return new Case(
                id, openedAt, reason, state, assignee, closedAt, result, times, version + 1);
    }
}
