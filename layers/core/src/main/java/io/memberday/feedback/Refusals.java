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
import io.memberday.member.Survivor;
import io.memberday.member.TierLadder;
import io.memberday.message.Unsubscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Takes it that somebody wants no more messages, wants them again, or cannot get them (R50). It
 * binds the very next claim: a claim is conditioned on the member's version, which these writes
 * raise (P4).
 */
public final class Refusals {
    /** A member is written once per event or message: more conflicts in a row are an outage. */
    private static final int TRIES = 20;

    /** By a stop word. */
    static final String REPLY = "reply";

    /** As the provider goes by a stop word of which we had not heard. */
    static final String LOG = "log";

    /** As a provider says, of an email that was marked as spam. */
    static final String COMPLAINT = "complaint";

    private static final String LINK = "link ";
    private static final String PAGE = "page ";
    private static final Set<String> STOPPED = Set.of(REPLY, LOG);

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
        return choose(link, Map.of(topic, false), LINK, now);
    }

    /**
     * Takes what a person chose on the page of an unsubscribe link, now: each topic that would be
     * otherwise is agreed to or refused on purpose (R50). What stays as it is is not said again.
     *
     * @return false if there is no such member
     */
    public boolean choose(Unsubscription link, Map<Topic, Boolean> wanted, Instant now) {
        return choose(link, wanted, PAGE, now);
    }

    private boolean choose(
            Unsubscription link, Map<Topic, Boolean> wanted, String where, Instant now) {
        return change(
                link.memberId(),
                where + link.cause(),
                member -> {
                    Consents consents = member.consents();
                    for (Map.Entry<Topic, Boolean> choice : new TreeMap<>(wanted).entrySet()) {
                        Topic topic = choice.getKey();
                        boolean allowed = consents.allow(topic.channel(), topic.kind());
                        if (where.equals(LINK) || allowed != choice.getValue()) {
                            consents = consents.saying(topic, choice.getValue(), now);
                        }
                    }
                    return member.change().consents(consents).done();
                });
    }

    /** The member whom a link is for, as it is now. */
    public Optional<Member> member(Unsubscription link) {
        return Survivor.of(link.memberId(), store::member);
    }

    /** Takes the refusal of an address by a stop word. */
    public void refuse(Channel channel, String address, Set<Kind> kinds, Instant at) {
        refuse(channel, address, kinds, REPLY, at);
    }

    /**
     * Takes the refusal of an address: of the member who has it or, for marketing, of the one who
     * will have it. A provider knows senders and addresses, not kinds; what it blocks for an
     * address that nobody has yet, it will go on blocking by itself.
     *
     * @param address as the provider gives it
     * @param by {@link #REPLY}, {@link #LOG} or {@link #COMPLAINT}
     * @param at when it was said: a report that comes again changes nothing
     */
    void refuse(Channel channel, String address, Set<Kind> kinds, String by, Instant at) {
        Identity identity = Identity.of(channel, address);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<String> memberId = store.named(identity);
            if (memberId.isPresent()) {
                change(memberId.get(), by, member -> refused(member, channel, kinds, at));
                return;
            }
            if (!kinds.contains(Kind.MARKETING) || store.suppress(identity, channel, at)) {
                return;
            }
        }
        throw new IllegalStateException("an address changed hands on every try");
    }

    /**
     * Takes it that somebody wants again what a stop word had refused, and nothing else: a kind is
     * agreed to if the last that the member had said before its stop words was no refusal, and for
     * marketing an agreement. What nobody has on record stays refused.
     *
     * @param address as the provider gives it
     * @param at when it was said: a message that comes again changes nothing
     */
    void takeBack(Channel channel, String address, Instant at) {
        Identity identity = Identity.of(channel, address);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<String> memberId = store.named(identity);
            if (memberId.isPresent()) {
                change(memberId.get(), REPLY, member -> again(member, channel, at));
                return;
            }
            if (store.release(identity, channel, at)) {
                return;
            }
        }
        throw new IllegalStateException("an address changed hands on every try");
    }

    private Member again(Member member, Channel channel, Instant at) {
        Consents consents = member.consents();
        for (Kind kind : Kind.values()) {
            Topic topic = new Topic(channel, kind);
            boolean refused =
                    consents.of(channel, kind)
                            .filter(said -> !said.granted() && said.explicit())
                            .filter(said -> said.at().isBefore(at))
                            .isPresent();
            if (refused && hadAgreed(member, topic)) {
                consents = consents.with(channel, kind, new Consent(true, true, at));
            }
        }
        return member.change().consents(consents).done();
    }

    /** What held before the stop words that came last. */
    private boolean hadAgreed(Member member, Topic topic) {
        List<ConsentSaid> newestFirst =
                Stream.concat(Stream.of(member.id()), member.was().stream())
                        .flatMap(id -> store.said(id, topic).stream())
                        .sorted(Comparator.comparing(ConsentSaid::at).reversed())
                        .toList();
        List<ConsentSaid> before =
                newestFirst.stream().dropWhile(said -> STOPPED.contains(said.by())).toList();
        if (before.size() == newestFirst.size()) {
            return false;
        }
        return before.isEmpty()
                ? topic.kind() == Kind.SERVICE
                : before.getFirst().consent().granted();
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
                                        LOG,
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

    private boolean change(String memberId, String by, UnaryOperator<Member> change) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Optional<Member> found = Survivor.of(memberId, store::member);
            if (found.isEmpty()) {
                return false;
            }
            Member member = found.get();
            Member changed = change.apply(member);
            if (changed.equals(member) || store.write(changed, said(member, changed, by))) {
                return true;
            }
        }
        throw new IllegalStateException("member " + memberId + " changed on every try");
    }

    private List<Activity> said(Member before, Member after, String by) {
        List<Activity> rows = new ArrayList<>();
        after.consents()
                .byTopic()
                .forEach(
                        (topic, consent) -> {
                            if (!consent.equals(before.consents().byTopic().get(topic))) {
                                rows.add(new ConsentSaid(after.id(), topic, consent, by));
                            }
                        });
        rows.addAll(OptOuts.cases(before.consents(), after, ladder));
        return rows;
    }
}
