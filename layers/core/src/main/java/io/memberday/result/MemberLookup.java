package io.memberday.result;

import io.memberday.member.Member;

import java.util.Collection;
import java.util.List;

/** Reads members by id. */
@FunctionalInterface
public interface MemberLookup {

    /** The members that there are, in no order; a merged one as its tombstone. */
    List<Member> find(Collection<String> ids);
}
