package io.memberday.touch;

import io.memberday.member.Kind;
import io.memberday.playbook.Timing.Due;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;

/**
 * One intended message of a touchpoint about one order or parcel. Its row is written in the
 * transaction of the event that causes it and goes with the transaction that makes it pointless.
 *
 * @param kind of its message; marketing is never sent twice, whatever happens (P2)
 * @param touchpoint id
 * @param subject the order's or parcel's key: one touch per touchpoint and subject, for ever
 * @param memberId whom it is for
 * @param order the order it is about: {@code source:shop:number}
 * @param parcel the parcel it is about, if any: {@code carrier:number}
 * @param since the event's own time
 * @param dueAt when it is looked at next: counted from the event's time, and the earliest at which
 *     it may be due where that depends on its member
 * @param validUntil later it is not sent any more
 * @param zone of its member's clock, once it is known: marketing waits while it is quiet there
 * @param state where it stands
 * @param claim whose it is to send, once it is
 * @param attempts provider calls begun: a service message of unknown outcome is retried once (P3)
 * @param outcome once it has ended
 */
public record ServiceTouch(
        Kind kind,
        String touchpoint,
        String subject,
        String memberId,
        String order,
        Optional<String> parcel,
        Instant since,
        Instant dueAt,
        Instant validUntil,
        Optional<ZoneId> zone,
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
     * @param lease the money set aside for it; none for a service message
     */
    public record Owner(String nonce, Instant until, Optional<Lease> lease) {
        /** Of a service message. */
        public Owner(String nonce, Instant until) {
            this(nonce, until, Optional.empty());
        }
    }

    /**
     * Money of a marketing message, set aside in the transaction of its claim.
     *
     * @param month whose pot it is from
     * @param micros millionths of the store currency's major unit
     */
    public record Lease(YearMonth month, long micros) {}

    /** Its name on the bus, ids only. */
    public String id() {
        return id(touchpoint, subject);
    }

    /** The name of a touchpoint's touch about a subject. */
    public static String id(String touchpoint, String subject) {
        return touchpoint + "#" + subject;
    }

    /** This, to be looked at at another time. */
    public ServiceTouch withDueAt(Instant next) {
        return with(state, claim, attempts, new Due(next, validUntil), zone, outcome);
    }

    /** This, due when its member's clock and habits say. */
    public ServiceTouch due(Due due, ZoneId of) {
        return with(state, claim, attempts, due, Optional.of(of), outcome);
    }

    /** This, claimed for one more provider call. */
    public ServiceTouch claimed(Owner owner) {
        return with(
                State.CLAIMED,
                Optional.of(owner),
                attempts + 1,
                new Due(dueAt, validUntil),
                zone,
                Optional.empty());
    }

    /** This, ended. */
    public ServiceTouch ended(Outcome how) {
        return with(
                State.ENDED, claim, attempts, new Due(dueAt, validUntil), zone, Optional.of(how));
    }

    /** This, still claimed by an owner that works on it no more: its last call may have sent. */
    public ServiceTouch inDoubt(Instant since, Instant again) {
        return with(
                State.CLAIMED,
                claim.map(owner -> new Owner(owner.nonce(), since, owner.lease())),
                attempts,
                new Due(again, validUntil),
                zone,
                Optional.empty());
    }

    private ServiceTouch with(
            State nextState,
            Optional<Owner> nextClaim,
            int nextAttempts,
            Due due,
            Optional<ZoneId> nextZone,
            Optional<Outcome> nextOutcome) {
        return new ServiceTouch(
                kind,
                touchpoint,
                subject,
                memberId,
                order,
                parcel,
                since,
                due.at(),
                due.until(),
                nextZone,
                nextState,
                nextClaim,
                nextAttempts,
                nextOutcome);
    }

    /** A touch as an event plans it. */
    public static ServiceTouch planned(
            Kind kind,
            String touchpoint,
            String subject,
            String memberId,
            String order,
            Optional<String> parcel,
            Instant since,
            Due due) {
        return new ServiceTouch(
                kind,
                touchpoint,
                subject,
                memberId,
                order,
                parcel,
                since,
                due.at(),
                due.until(),
                Optional.empty(),
                State.PLANNED,
                Optional.empty(),
                0,
                Optional.empty());
    }
}
