package io.memberday.care;

import io.memberday.member.Member;
import io.memberday.member.TierLadder;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** To which group of agents a member goes (R11): the first of these that fits. */
public enum Routing {
    /** Something of the member's went wrong and is not settled. */
    COMPLAINT("complaint"),
    /** A valuable member. */
    VIP("vip"),
    /** Nobody who has bought anything and kept it. */
    NEW("new"),
    REGULAR("regular");

    private static final Set<CaseKind> WRONG =
            EnumSet.of(CaseKind.PARCEL, CaseKind.SILENT, CaseKind.MASS_DELAY, CaseKind.REVIEW);

    private final String key;

    Routing(String key) {
        this.key = key;
    }

    /** As it stands in answers. */
    public String key() {
        return key;
    }

    /**
     * The group of a member.
     *
     * @param cases all of the member's, under any of its ids
     */
    public static Routing of(
            Member member, Collection<Case> cases, TierLadder ladder, Instant now) {
        if (cases.stream().anyMatch(work -> work.waits() && WRONG.contains(work.id().kind()))) {
            return COMPLAINT;
        }
        if (ladder.valuable(member.purchases(), now)) {
            return VIP;
        }
        return member.purchases().count() == 0 ? NEW : REGULAR;
    }
}
