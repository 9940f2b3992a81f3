package io.memberday.feedback;

import io.memberday.ingest.Activity;
import io.memberday.ingest.Activity.ConsentSaid;
import io.memberday.member.Channel;
import io.memberday.member.Consents.Topic;
import io.memberday.member.Identity;
import io.memberday.member.Member;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Members and addresses, as refusals and bounces need them. All reads are strong. */
public interface RefusalStore {

    /** Whom an identity names, if anybody. */
    Optional<String> named(Identity identity);

    /** A member, or its tombstone. */
    Optional<Member> member(String id);

    /**
     * Writes a member's consents and dead addresses, and nothing else of it, with rows of activity,
     * if the member still has the version that was read.
     *
     * @return false if it has not: nothing is written
     */
    boolean write(Member changed, List<Activity> activity);

    /** What a member said of a topic, as far as rows tell. */
    List<ConsentSaid> said(String memberId, Topic topic);

    /**
     * Takes back that an address refuses marketing, if that was said before and no member has it.
     *
     * @return false if a member has it: nothing is written
     */
    boolean release(Identity address, Channel channel, Instant at);

    /**
     * Notes that an address refuses marketing, for the member who will have it, if no member has
     * it. Of several refusals the latest stays, whichever is reported first.
     *
     * @return false if a member has it: nothing is written
     */
    boolean suppress(Identity address, Channel channel, Instant at);
}
