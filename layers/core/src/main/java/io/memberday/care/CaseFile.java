package io.memberday.care;

import io.memberday.member.Member;
import io.memberday.member.TierLadder;
import io.memberday.order.Order;
import io.memberday.parcel.Parcel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A case as a person looks at it (R51, R56): with its member's history as it is now, not as it was
 * when the case was opened. Nothing of it is stored.
 *
 * @param work the case
 * @param routing to whom it goes; none for a case that is nobody's, such as a mass delay
 * @param signs what may have led to it, the weightiest first
 * @param others the member's other cases, newest first
 */
public record CaseFile(Case work, Optional<Routing> routing, List<Sign> signs, List<Case> others) {
    public CaseFile {
        signs = List.copyOf(signs);
        others = List.copyOf(others);
    }

    /** A case that concerns many, or whose member is erased. */
    public static CaseFile ofNobody(Case work) {
        return new CaseFile(work, Optional.empty(), List.of(), List.of());
    }

    /**
     * A member's case.
     *
     * @param member as it is now: after a merge the survivor
     * @param cases all of the member's: {@link CaseStore#of} its own id and those it {@code was}
     * @param orders of the member, under all these ids
     * @param parcels of these orders
     */
    public static CaseFile of(
            Case work,
            Member member,
            Collection<Case> cases,
            Collection<Order> orders,
            Collection<Parcel> parcels,
            TierLadder ladder,
            Instant now) {
        List<Case> others = new ArrayList<>(cases);
        others.removeIf(other -> other.id().equals(work.id()));
        others.sort((one, other) -> other.openedAt().compareTo(one.openedAt()));
        return new CaseFile(
                work,
                Optional.of(Routing.of(member, cases, ladder, now)),
                Sign.of(member, orders, parcels, now),
                others);
    }

    /** For an answer: ids, codes and times, and what colleagues wrote on closing. */
    public Map<String, Object> answer() {
        Map<String, Object> answer = answer(work);
        routing.ifPresent(group -> answer.put("routing", group.key()));
        answer.put("likely", signs.stream().map(Sign::toString).toList());
        answer.put("others", others.stream().map(CaseFile::answer).toList());
        return answer;
    }

    /** One case without its history, such as for a list. */
    public static Map<String, Object> answer(Case work) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("member", work.id().memberId());
        answer.put("case", work.id().item());
        answer.put("kind", work.id().kind().key());
        answer.put("subject", work.id().subject());
        answer.put("state", work.state().key());
        answer.put("openedAt", work.openedAt().toString());
        answer.put("reason", work.reason());
        work.assignee().ifPresent(assignee -> answer.put("assignee", assignee));
        work.closedAt().ifPresent(at -> answer.put("closedAt", at.toString()));
        work.result().ifPresent(result -> answer.put("result", result));
        answer.put("times", work.times());
        answer.put("version", work.version());
        return answer;
    }
}
