package io.memberday.send;

import io.memberday.campaign.Bought;
import io.memberday.campaign.RunMessage;
import io.memberday.campaign.RunPlan;
import io.memberday.campaign.Split;
import io.memberday.json.BadInput;
import io.memberday.member.Channel;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.message.Body;
import io.memberday.message.Messenger.Answer;
import io.memberday.message.Messenger.Envelope;
import io.memberday.message.SmsParts;
import io.memberday.message.Unsubscription;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;
import io.memberday.touch.Eligibility;
import io.memberday.touch.QuietHours;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends a campaign's message to a few named members, to be looked at: worded with their own data
 * and marked. It is no touch of the run: nothing is claimed or counted, no cap, segment or control
 * group is asked, and no result knows of it. Whether they agreed, and the quiet hours, hold.
 */
public final class TestSend {
    /** Before the text, and before an email's subject. */
    public static final String MARK = "TEST: ";

    /** A test takes from no cap and asks none. */
    private static final Store.Caps NO_CAPS = new Store.Caps(0, 0, 0);

    private final NamedMembers members;
    private final Dispatch dispatch;
    private final UnsubscribeLinks links;
    private final Clock clock;

    public TestSend(NamedMembers members, Dispatch dispatch, UnsubscribeLinks links, Clock clock) {
        this.members = members;
        this.dispatch = dispatch;
        this.links = links;
        this.clock = clock;
    }

    /** Members by whatever names them. */
    @FunctionalInterface
    public interface NamedMembers {
        /** The member of an id or an identity, or the one it was merged into. */
        Optional<Member> find(String idOrIdentity);
    }

    /**
     * Sends.
     *
     * @param key of the campaign
     * @param date whose offer the text shows, in the store's zone
     * @param names of the members
     * @return the answer, as JSON's maps and lists: what became of each
     * @throws BadInput if there is no such campaign or member, it is not held on the date, or the
     *     store is quiet; then nothing is sent
     */
    public Map<String, Object> answer(
            Playbook playbook, String key, LocalDate date, List<String> names) {
        Campaign campaign = playbook.named(key);
        Instant now = clock.instant();
        QuietHours quiet = QuietHours.of(playbook.store());
        if (campaign.kind() == Kind.MARKETING && quiet.at(now)) {
            throw new BadInput(
                    "testTo", key, "the store is quiet until %s".formatted(quiet.over(now)));
        }
        RunPlan plan = RunPlan.of(campaign, date, playbook.store().zone());
        Frozen frozen = Frozen.of(playbook, campaign);
        List<Member> found = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            String field = "testTo[" + i + "]";
            String name = names.get(i);
            found.add(
                    members.find(name)
                            .orElseThrow(
                                    () -> new BadInput(field, shown(name), "names no member")));
        }
        List<Map<String, Object>> answers =
                found.stream().map(member -> sent(member, frozen, plan)).toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("test", true);
        answer.put("run", plan.id());
        answer.put("status", "tested");
        answer.put("members", answers);
        return answer;
    }

    /** An identity is personal, and a refusal ends in a log. */
    private static String shown(String name) {
        return name.indexOf(':') < 0 ? name : new Identity(name).toString();
    }

    private Map<String, Object> sent(Member member, Frozen frozen, RunPlan plan) {
        Campaign campaign = frozen.campaign();
        Eligibility eligibility =
                new Eligibility(campaign.kind(), NO_CAPS, frozen.store().zone(), to -> plan.at());
        List<Channel> channels =
                campaign.send().stream().map(Campaign.Send::channel).distinct().toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("member", member.id());
        Optional<Eligibility.Refusal> refusal = eligibility.refusal(member, channels);
        if (refusal.isPresent()) {
            answer.put("status", "suppressed");
            answer.put("reason", refusal.get().key());
            return answer;
        }
        Channel channel = eligibility.channel(member, channels).orElseThrow();
        Envelope envelope = envelope(member, channel, frozen, plan);
        answer.put("channel", channel.key());
        answer.put("parts", envelope.body().parts());
        Store.ChannelPolicy policy = frozen.store().channels().get(channel);
        if (policy == null) {
            throw new BadInput("campaign", campaign.key(), "the store has no " + channel.key());
        }
        if (dispatch.isStopped(channel)) {
            ended(answer, "failed", SpendLimit.CODE);
            return answer;
        }
        switch (dispatch.send(envelope, policy)) {
            case Answer.Sent(String id) -> answer.put("status", "sent");
            case Answer.Unknown(String reason) -> ended(answer, "unknown", reason);
            case Answer.Failed(String reason) -> ended(answer, "failed", reason);
            case Answer.Throttled(String reason) -> ended(answer, "failed", reason);
            case Answer.Halted(String reason) -> ended(answer, "failed", reason);
        }
        return answer;
    }

    private static void ended(Map<String, Object> answer, String status, String reason) {
        answer.put("status", status);
        answer.put("reason", reason);
    }

    private Envelope envelope(Member member, Channel channel, Frozen frozen, RunPlan plan) {
        Campaign campaign = frozen.campaign();
        Kind kind = campaign.kind();
        Optional<String> link =
                channel == Channel.EMAIL
                        ? Optional.of(
                                links.link(
                                        new Unsubscription(member.id(), channel, kind, plan.id())))
                        : Optional.empty();
        Body body =
                new RunMessage(frozen, plan.date(), plan.at())
                        .worded(
                                member,
                                new Split(campaign.id(), campaign.variants()).of(member.id()),
                                channel,
                                link.map(url -> Map.of(RunMessage.UNSUBSCRIBE, url))
                                        .orElse(Map.of()),
                                campaign.over().map(_ -> Bought.sample(member)))
                        .body();
        return new Envelope(
                member.reachableAt(channel).orElseThrow(),
                marked(body),
                kind,
                link.filter(url -> kind == Kind.MARKETING),
                Map.of("test", campaign.id(), "member", member.id()));
    }

    private static Body marked(Body body) {
        String text = MARK + body.text();
        return body.channel() == Channel.SMS
                ? new Body(body.channel(), "", text, "", SmsParts.of(text).count())
                : new Body(body.channel(), MARK + body.subject(), text, body.html(), body.parts());
    }
}
