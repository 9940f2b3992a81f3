package io.memberday.result;

import io.memberday.json.Fields;
import io.memberday.member.Member;
import io.memberday.member.Survivor;

import java.util.Collection;
import java.util.List;

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
        return Survivor.of(request.text(field), id -> find(List.of(id)).stream().findFirst())
                .orElseThrow(() -> request.bad(field, "there is no such member"));
    }
}
