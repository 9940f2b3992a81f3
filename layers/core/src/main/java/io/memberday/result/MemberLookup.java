package io.memberday.result;

import io.memberday.json.Fields;
import io.memberday.member.Member;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads members by id. */
@FunctionalInterface
public interface MemberLookup {

    /** The members that there are, in no order; a merged one as its tombstone. */
    List<Member> find(Collection<String> ids);

    /**
     * The member that a request's field names, or the one that it was merged into.
     *
     * @throws io.memberday.json.BadInput if there is none
     */
    default Member survivor(Fields request, String field) {
        Optional<Member> member = find(List.of(request.text(field))).stream().findFirst();
        while (member.isPresent() && member.get().mergedInto().isPresent()) {
            member = find(List.of(member.get().mergedInto().get())).stream().findFirst();
        }
        return member.orElseThrow(() -> request.bad(field, "there is no such member"));
    }
}
