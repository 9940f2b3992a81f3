package io.memberday.campaign;

import io.memberday.member.Channel;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * About 100 members of a run, in one row, cut so that they send within a minute. Batch rows are a
 * run's audience, frozen when written (P5).
 *
 * @param run id
 * @param slice number
 * @param id {@code page-batch} within the slice, such as {@code 000003-01}
 * @param channel of all its messages
 * @param members to be sent to
 * @param held members held out: the control group's share
 * @param dueAt when it may be released; pushed ahead by a lease at each release
 * @param until after which nothing of it is sent any more
 * @param zone whose quiet hours hold for its members
 * @param eachMicros the most that one message may cost
 * @param owner the invocation that sends it, while it does
 * @param done when every member has an outcome
 * @param variant of the campaign that all of them get, held-out ones included, were they sent
 *     anything; {@link Split#NONE} if it has no variants
 * @param marks where each member stood at planning, first those to be sent to, then those held out,
 *     as {@link Marks} reads it
 * @param bought of each of the members what its message is about, as {@link Bought} reads it; empty
 *     unless the campaign is over orders
 */
public record Batch(
        String run,
        int slice,
        String id,
        Channel channel,
        List<String> members,
        List<String> held,
        Instant dueAt,
        Instant until,
        ZoneId zone,
        long eachMicros,
        Optional<Owner> owner,
        Optional<Instant> done,
        String variant,
        String marks,
        List<String> bought) {

    /** What the message of one of the members is about, if the campaign is over orders. */
    public Optional<Bought> bought(String member) {
        return bought.isEmpty()
                ? Optional.empty()
                : Optional.of(Bought.parse(bought.get(members.indexOf(member))));
    }

    /**
     * @param nonce of the invocation
     * @param until when it is taken for dead
     * @param leasedMicros money set aside for the batch
     */
    public record Owner(String nonce, Instant until, long leasedMicros) {
        /** The time of an owner that gave the batch up in good order. */
        public static final Instant GIVEN_UP = Instant.EPOCH;

        /** Whether it may still be at work. */
        public boolean mayLive(Instant now) {
            return until.isAfter(now);
        }

        /** Whether it left the batch without a word: a claim without outcome may be its. */
        public boolean died(Instant now) {
            return !mayLive(now) && !until.equals(GIVEN_UP);
        }
    }

    /** This as it goes on: when it is due, whose it is, whether it is done. */
    public Batch with(Instant nextDueAt, Optional<Owner> nextOwner, Optional<Instant> nextDone) {
        return new Batch(
                run,
                slice,
                id,
                channel,
                members,
                held,
                nextDueAt,
                until,
                zone,
                eachMicros,
                nextOwner,
                nextDone,
                variant,
                marks,
                bought);
    }
}
