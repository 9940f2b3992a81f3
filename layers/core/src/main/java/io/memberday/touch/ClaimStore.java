package io.memberday.touch;

import io.memberday.member.Claim;
import io.memberday.member.Member;

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

    /** The member itself, or the one it was merged into in the end. */
    static Optional<Member> survivor(Member member, ClaimStore members) {
        Optional<Member> current = Optional.of(member);
        while (current.isPresent() && current.get().mergedInto().isPresent()) {
            current = members.member(current.get().mergedInto().get());
        }
        return current;
    }

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
        Optional<String> bearer = Optional.of(holder);
        while (bearer.isPresent() && !members.release(bearer.get(), run, claim, counters)) {
            bearer = members.member(bearer.get()).flatMap(Member::mergedInto);
        }
    }
}
