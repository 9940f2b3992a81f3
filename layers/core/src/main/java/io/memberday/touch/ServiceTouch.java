package io.memberday.touch;

import java.time.Instant;
import java.util.Optional;

/**
 * One intended message of a touchpoint about one order or parcel. Its row is written in the
 * transaction of the event that causes it and goes with the transaction that makes it pointless.
 *
 * @param touchpoint id
 * @param subject the order's or parcel's key: one touch per touchpoint and subject, for ever
 * @param memberId whom it is for
 * @param order the order it is about: {@code source:shop:number}
 * @param parcel the parcel it is about, if any: {@code carrier:number}
 * @param dueAt counted from the event's own time
 * @param validUntil later it is not sent any more
 * @param state where it stands
 * @param claim whose it is to send, once it is
 * @param attempts provider calls begun: a service message of unknown outcome is retried once (P3)
 * @param outcome once it has ended
 */
public record ServiceTouch(
        String touchpoint,
        String subject,
        String memberId,
        String order,
        Optional<String> parcel,
        Instant dueAt,
        Instant validUntil,
        State state,
        Optional<Owner> claim,
        int attempts,
        Optional<Outcome> outcome) {

    /** Where a service touch stands. */
    public enum State {
        PLANNED,
        CLAIMED,
        ENDED
    }

    /**
     * @param nonce of the sending invocation
     * @param until when it is taken for dead
     */
    public record Owner(String nonce, Instant until) {}

    /** Its name on the bus, ids only. */
    public String id() {
        return id(touchpoint, subject);
    }

    /** The name of a touchpoint's touch about a subject. */
    public static String id(String touchpoint, String subject) {
        return touchpoint + "#" + subject;
    }

    /** This, due at another time. */
    public ServiceTouch withDueAt(Instant next) {
        return with(state, claim, attempts, next, outcome);
    }

    /** This, claimed for one more provider call. */
    public ServiceTouch claimed(Owner owner) {
        return with(State.CLAIMED, Optional.of(owner), attempts + 1, dueAt, Optional.empty());
    }

    /** This, ended. */
    public ServiceTouch ended(Outcome how) {
        return with(State.ENDED, claim, attempts, dueAt, Optional.of(how));
    }

    /** This, still claimed by an owner that works on it no more: its last call may have sent. */
    public ServiceTouch inDoubt(Instant since, Instant again) {
        return with(
                State.CLAIMED,
                claim.map(owner -> new Owner(owner.nonce(), since)),
                attempts,
                again,
                Optional.empty());
    }

    private ServiceTouch with(
            State nextState,
            Optional<Owner> nextClaim,
            int nextAttempts,
            Instant nextDueAt,
            Optional<Outcome> nextOutcome) {
        return new ServiceTouch(
                touchpoint,
                subject,
                memberId,
                order,
                parcel,
                nextDueAt,
                validUntil,
                nextState,
                nextClaim,
                nextAttempts,
                nextOutcome);
    }

    /** A touch as an event plans it. */
    public static ServiceTouch planned(
            String touchpoint,
            String subject,
            String memberId,
            String order,
            Optional<String> parcel,
            Instant dueAt,
            Instant validUntil) {
        return new ServiceTouch(
                touchpoint,
                subject,
                memberId,
                order,
                parcel,
                dueAt,
                validUntil,
                State.PLANNED,
                Optional.empty(),
                0,
                Optional.empty());
    }
}
