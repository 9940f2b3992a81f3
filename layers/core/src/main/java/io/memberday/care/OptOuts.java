package io.memberday.care;

import io.memberday.ingest.Activity.CareCase;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Member;
import io.memberday.member.TierLadder;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Who loses a valuable member asks why (R51): the refusal itself holds at once whatever comes of
 * the case.
 */
public final class OptOuts {
    private static final int MOST_SIGNS = 3;

    private OptOuts() {}

    /**
     * The cases that a member's refusals open, one a channel: of a valuable member, where a kind of
     * message was not refused before.
     *
     * @param before what was said until now
     * @param after the member with what is said now
     */
    public static List<CareCase> cases(Consents before, Member after, TierLadder ladder) {
        Map<Channel, Consent> refused = new TreeMap<>();
        after.consents()
                .byTopic()
                .forEach(
                        (topic, consent) -> {
                            boolean already =
                                    Optional.ofNullable(before.byTopic().get(topic))
                                            .filter(said -> !said.granted())
                                            .isPresent();
                            if (!consent.granted() && consent.explicit() && !already) {
                                refused.merge(topic.channel(), consent, OptOuts::later);
                            }
                        });
        return refused.entrySet().stream()
                .filter(each -> ladder.valuable(after.purchases(), each.getValue().at()))
                .map(each -> opened(after, each.getKey(), each.getValue().at()))
                .toList();
    }

    private static CareCase opened(Member member, Channel channel, Instant at) {
        String likely =
                Sign.of(member, at).stream()
                        .limit(MOST_SIGNS)
                        .map(Sign::toString)
                        .collect(Collectors.joining(", "));
        return new CareCase(
                member.id(),
                member.was(),
                at,
                CaseKind.OPT_OUT.key(),
                channel.key(),
                likely.isEmpty() ? "no sign of why" : likely);
    }

    private static Consent later(Consent one, Consent other) {
        return one.at().isAfter(other.at()) ? one : other;
    }
}
