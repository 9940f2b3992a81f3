package io.memberday.desk;

import io.memberday.care.OptOuts;
import io.memberday.ingest.Activity;
import io.memberday.ingest.Activity.ConsentSaid;
import io.memberday.ingest.Settling;
import io.memberday.json.Fields;
import io.memberday.member.Channel;
import io.memberday.member.Consents.Topic;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Tag;
import io.memberday.member.Tags;
import io.memberday.member.TierLadder;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * What an operator changes of a member: consent (R50) and tags (R6). It holds for the very next
 * send, as a claim is conditioned on the member's version, which these writes raise (P4).
 */
public final class DeskChanges {
    private static final String CHANGED = "changed";
    private static final int MOST_TAGS = 20;

    private final DeskStore store;
    private final MemberSearch search;
    private final TierLadder ladder;
    private final Settling settling;

    /**
     * @param ladder by which a member is valuable, so that somebody looks into a refusal (R51)
     */
    public DeskChanges(DeskStore store, MemberSearch search, TierLadder ladder, Settling settling) {
        this.store = store;
        this.ladder = ladder;
        this.search = search;
        this.settling = settling;
    }

    /**
     * Takes {@code {"channel": "sms", "kind": "marketing", "granted": false}}: what the member told
     * the operator, now. It holds also against what was said at a time ahead of our clock. Answers
     * all consents as they are then.
     *
     * @param by who the operator is
     * @return empty if there is no such member
     * @throws io.memberday.json.BadInput if it is something else
     * @throws io.memberday.ingest.Unsettled if the member was changed by others on every try
     */
    public Optional<Map<String, Object>> consent(
            String memberId, Fields request, String by, Instant now) {
        request.only(Set.of("channel", "kind", "granted"));
        Topic topic =
                new Topic(request.word("channel", Channel.class), request.word("kind", Kind.class));
        boolean granted =
                request.optionalTruth("granted")
                        .orElseThrow(() -> request.bad("granted", "is required, true or false"));
        return change(
                        memberId,
                        member ->
                                member.change()
                                        .consents(member.consents().saying(topic, granted, now))
                                        .done(),
                        (before, after) -> said(before, after, topic, by))
                .map(change -> answer(change, "consent", MemberView.consent(change.member())));
    }

    /**
     * Takes {@code {"set": ["vip-guest"], "unset": ["trial"]}}. Answers all tags as they are then.
     *
     * @param by who the operator is
     * @return empty if there is no such member
     * @throws io.memberday.json.BadInput if it is something else
     * @throws io.memberday.ingest.Unsettled if the member was changed by others on every try
     */
    public Optional<Map<String, Object>> tags(
            String memberId, Fields request, String by, Instant now) {
        request.only(Set.of("set", "unset"));
        List<String> set = names(request, "set");
        List<String> unset = names(request, "unset");
        if (set.isEmpty() && unset.isEmpty()) {
            throw request.bad("set", "name a tag here, or in unset");
        }
        Tag tag = new Tag(by, now.truncatedTo(ChronoUnit.SECONDS));
        return change(
                        memberId,
                        member -> {
                            Tags tags = member.allTags();
                            for (String name : set) {
                                tags = tags.with(name, tag, true);
                            }
                            for (String name : unset) {
                                tags = tags.with(name, tag, false);
                            }
                            return member.change().allTags(tags).done();
                        },
                        (_, _) -> List.of())
                .map(change -> answer(change, "tags", MemberView.tags(change.member())));
    }

    private List<Activity> said(Member before, Member after, Topic topic, String by) {
        List<Activity> rows = new ArrayList<>();
        rows.add(new ConsentSaid(after.id(), topic, after.consents().byTopic().get(topic), by));
        rows.addAll(OptOuts.cases(before.consents(), after, ladder));
        return rows;
    }

    private static List<String> names(Fields request, String field) {
        List<String> names = request.texts(field);
        if (names.size() > MOST_TAGS) {
            throw request.bad(field, "must have %d entries at most".formatted(MOST_TAGS));
        }
        names.stream()
                .filter(name -> !Tag.mayBeCalled(name))
                .forEach(
                        _ -> {
                            throw request.bad(field, Tag.FORM);
                        });
        return names;
    }

    /**
     * @param member as it is now
     * @param made whether that is new
     */
    private record Change(Member member, boolean made) {}

    private Optional<Change> change(
            String memberId,
            UnaryOperator<Member> change,
            BiFunction<Member, Member, List<Activity>> activity) {
        AtomicReference<Optional<Change>> done = new AtomicReference<>(Optional.empty());
        settling.settle(
                () -> {
                    Optional<Member> found = search.live(memberId);
                    if (found.isEmpty()) {
                        return false;
                    }
                    Member changed = change.apply(found.get());
                    boolean made = !changed.equals(found.get());
                    if (made) {
                        store.write(changed, activity.apply(found.get(), changed));
                    }
                    done.set(Optional.of(new Change(changed, made)));
                    return made;
                });
        return done.get();
    }

    private static Map<String, Object> answer(Change change, String name, Object value) {
        Map<String, Object> answer = MemberView.row(MemberView.MEMBER, change.member().id());
        answer.put(CHANGED, change.made());
        answer.put(name, value);
        return answer;
    }
}
