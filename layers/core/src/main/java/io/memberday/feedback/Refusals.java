package io.memberday.feedback;

import io.memberday.care.OptOuts;
import io.memberday.ingest.Activity;
import io.memberday.ingest.Activity.ConsentSaid;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Consents.Topic;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.TierLadder;
import io.memberday.message.Unsubscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Takes it that somebody wants no more messages, or cannot get them (R50). It binds the very next
 * claim: a claim is conditioned on the member's version, which these writes raise (P4).
 */
public final class Refusals {
    /** A member is written once per event or message: more conflicts in a row are an outage. */
    private static final int TRIES = 20;

    private final RefusalStore store;
    private final TierLadder ladder;

    /**
     * @param ladder by which a member is valuable, so that somebody looks into the refusal (R51)
     */
    public Refusals(RefusalStore store, TierLadder ladder) {
        this.store = store;
        this.ladder = ladder;
    }

    /**
     * Takes the refusal of an unsubscribe link, which is made now. It holds also against an
     * agreement whose time is ahead of our clock.
     *
     * @return false if there is no such member
     */
    public boolean refuse(Unsubscription link, Instant now) {
        Topic topic = new Topic(link.channel(), link.kind());
        return change(
                link.memberId(),
                member -> {
                    Instant said =
                            member.consents()
                                    .of(topic.channel(), topic.kind())
                                    .map(Consent::at)
                                    .filter(known -> known.isAfter(now))
                                    .orElse(now);
                    return refused(member, topic.channel(), Set.of(topic.kind()), said);
                });
    }

    /**
     * Takes the refusal of an address: of the member who has it or, for marketing, of the one who
     * will have it. A provider knows senders and addresses, not kinds; what it blocks for an
     * address that nobody has yet, it will go on blocking by itself.
     *
     * @param address as the provider gives it
     * @param at when it was said: a report that comes again changes nothing
     */
    public void refuse(Channel channel, String address, Set<Kind> kinds, Instant at) {
        Identity identity = Identity.of(channel, address);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<String> memberId = store.named(identity);
            if (memberId.isPresent()) {
                change(memberId.get(), member -> refused(member, channel, kinds, at));
                return;
            }
            if (!kinds.contains(Kind.MARKETING) || store.suppress(identity, channel, at)) {
                return;
            }
        }
        throw new IllegalStateException("an address changed hands on every try");
    }

    /**
     * Takes it that an address is dead. It concerns the member only while it is the one.
     *
     * @param address as the provider gives it
     */
    public void dead(Channel channel, String address) {
        String plain = address.strip().toLowerCase(Locale.ROOT);
        store.named(Identity.of(channel, plain))
                .ifPresent(
                        id ->
                                change(
                                        id,
                                        member ->
                                                member.profile()
                                                        .address(channel)
                                                        .filter(plain::equals)
                                                        .map(
                                                                current ->
                                                                        dead(
                                                                                member, channel,
                                                                                current))
                                                        .orElse(member)));
    }

    private static Member dead(Member member, Channel channel, String address) {
        Map<Channel, String> dead = new HashMap<>(member.dead());
        dead.put(channel, address);
        return member.change().dead(dead).done();
    }

    private static Member refused(Member member, Channel channel, Set<Kind> kinds, Instant at) {
        Consents consents = member.consents();
        for (Kind kind : kinds) {
            consents = consents.with(channel, kind, new Consent(false, true, at));
        }
        return member.change().consents(consents).done();
    }

    private boolean change(String memberId, UnaryOperator<Member> change) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<Member> found = live(memberId);
            if (found.isEmpty()) {
                return false;
            }
            Member member = found.get();
            Member changed = change.apply(member);
            if (changed.equals(member) || store.write(changed, said(member, changed))) {
                return true;
            }
        }
        throw new IllegalStateException("member " + memberId + " changed on every try");
    }

    private Optional<Member> live(String memberId) {
        Optional<Member> member = store.member(memberId);
        while (member.flatMap(Member::mergedInto).isPresent()) {
            member = store.member(member.get().mergedInto().get());
        }
        return member;
    }

    private List<Activity> said(Member before, Member after) {
        List<Activity> rows = new ArrayList<>();
        after.consents()
                .byTopic()
                .forEach(
                        (topic, consent) -> {
                            if (!consent.equals(before.consents().byTopic().get(topic))) {
                                rows.add(new ConsentSaid(after.id(), topic, consent));
                            }
                        });
        rows.addAll(OptOuts.cases(before.consents(), after, ladder));
        return rows;
    }
}
