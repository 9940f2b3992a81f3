package io.memberday.touch;

import io.memberday.member.Claim;
import io.memberday.member.Member;
import io.memberday.member.Survivor;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Members as the sender sees them, and the claims that make a run's touch its to send (P2, P4). */
public interface ClaimStore {

    /**
     * Members by id; those that are not there are left out.
     *
     * @param ids at most 100
     * @param strong whether the read must see every write that was answered before; without it a
     *     member may be read as it was a moment ago, which the claim then finds out
     */
    Map<String, Member> members(Collection<String> ids, boolean strong);

    /** One member as it is now. */
    Optional<Member> member(String id);

    /**
     * Claims a run's touch: writes the claim and raises the counters if the member still is what
     * was read and bears no claim of the run. A claim that already stands there with the same nonce
     * is this very write, retried.
     *
     * @param read the member as read; whether it may be sent to was decided from it
     * @param counters to be raised by one
     * @param past of the member's record, which goes with this write
     */
    Answer claim(Member read, String run, Claim claim, List<ContactCounter> counters, Past past);

    /** What became of a claim. */
    sealed interface Answer {
        /** The touch is ours to send. */
        record Claimed() implements Answer {}

        /** The member has changed: decide anew from what it is now. */
        record Changed(Member now) implements Answer {}

        /** The member is not there any more. */
        record Gone() implements Answer {}
    }

    /**
     * Takes a claim back, and lowers the counters, because nothing was sent.
     *
     * @return false if the member does not bear the claim, perhaps because it was merged
     */
    boolean release(String memberId, String run, Claim claim, List<ContactCounter> counters);

    /** Takes a claim back from whoever the member has become. */
    static void release(
            ClaimStore members,
            String holder,
            String run,
            Claim claim,
            List<ContactCounter> counters) {
        Survivor.follow(
                holder,
                bearer ->
                        members.release(bearer, run, claim, counters)
                                ? Optional.empty()
                                : members.member(bearer).flatMap(Member::mergedInto));
    }
}
