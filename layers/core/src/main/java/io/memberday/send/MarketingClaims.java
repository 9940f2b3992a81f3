package io.memberday.send;

import io.memberday.benefit.CouponText;
import io.memberday.benefit.Coupons;
import io.memberday.benefit.Coupons.Holder;
import io.memberday.campaign.Batch;
import io.memberday.campaign.RunMessage;
import io.memberday.campaign.Screening;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Survivor;
import io.memberday.message.MemberVariables;
import io.memberday.message.Messenger.Envelope;
import io.memberday.message.Templates.Template;
import io.memberday.message.Unsubscription;
import io.memberday.message.Worded;
import io.memberday.playbook.Store;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.ContactCounter;
import io.memberday.touch.Eligibility;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.Past;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides about the touches of an owned batch and claims those that may be sent. All that a
 * decision rests on is in the member's item, and the claim holds only while the item is the one
 * that was read (P4).
 */
public final class MarketingClaims {
    /** A member that changes more often than this while it is claimed is left for later. */
    private static final int ROUNDS = 5;

    private final ClaimStore store;
    private final UnsubscribeLinks links;
    private final Coupons coupons;
    private final Clock clock;

    /**
     * @param links for messages that carry one
     * @param coupons likewise
     */
    public MarketingClaims(ClaimStore store, UnsubscribeLinks links, Coupons coupons, Clock clock) {
        this.store = store;
        this.links = links;
        this.coupons = coupons;
        this.clock = clock;
    }

    /** What is to be done about one touch. */
    sealed interface Decision {
        /** It has ended without a message. */
        record Ended(Outcome outcome) implements Decision {}

        /** It is ours to send. */
        record Ours(Letter letter) implements Decision {}

        /** The member would not stand still. */
        record Later() implements Decision {}
    }

    /**
     * A message to a member on whom the run's touch is claimed.
     *
     * @param holder the member that bears the claim: the one addressed, or the one it was merged
     *     into
     * @param claim by which it may be taken back
     * @param counters raised by the claim
     * @param coupon that it tells of, if it tells of one
     */
    record Letter(
            String holder,
            Claim claim,
            List<ContactCounter> counters,
            Optional<CouponIssued> coupon,
            Envelope envelope,
            Worded worded) {}

    /**
     * The touches that a dead owner may have sent: whose claim, or whose trace after a merge,
     * stands on the member without an outcome. They end as unknown and are never sent again (P2,
     * P3). A batch for which no money was ever set aside claimed nothing: what stands there is the
     * claim of another batch's member who was merged with this one.
     */
    Optional<Outcome> orphan(Batch owned, Optional<Member> read) {
        return read.flatMap(this::live)
                .filter(member -> member.claims().containsKey(owned.run()))
                .filter(member -> mayHaveClaimed(owned))
                .map(
                        member ->
                                // The dearest that it may have been: a cap must hold if it was.
                                new Outcome(
                                        read.get().id(),
                                        Status.UNKNOWN,
                                        "claim",
                                        owned.channel(),
                                        0,
                                        owned.eachMicros(),
                                        now(),
                                        "",
                                        ""));
    }

    private static boolean mayHaveClaimed(Batch owned) {
        return owned.eachMicros() == 0 || owned.owner().orElseThrow().leasedMicros() > 0;
    }

    /** Decides about a touch, and claims it if it may be sent. */
    Decision claim(Batch owned, Script script, String memberId, Optional<Member> read) {
        Optional<Member> current = read;
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Member> member = current.flatMap(this::live);
            if (member.isEmpty()) {
                return ended(owned, memberId, "gone");
            }
            Optional<String> reason = reason(owned, script, memberId, member.get());
            if (reason.isPresent()) {
                return ended(owned, memberId, reason.get());
            }
            Optional<CouponIssued> coupon = coupon(owned, script, memberId, member.get());
            if (coupon.isEmpty() && script.frozen().campaign().issues().isPresent()) {
                return ended(owned, memberId, Coupons.HAD);
            }
            Letter letter = letter(owned, script, memberId, member.get(), coupon);
            if (letter.worded().costMicros() > owned.eachMicros()) {
                return ended(owned, memberId, "cost");
            }
            Past past = Past.of(member.get(), now());
            switch (store.claim(
                    member.get(), owned.run(), letter.claim(), letter.counters(), past)) {
                case ClaimStore.Answer.Claimed claimed -> {
                    // Before it is sent, and only for whom it is sent to.
                    letter.coupon().ifPresent(coupons::issue);
                    return new Decision.Ours(letter);
                }
                case ClaimStore.Answer.Changed changed -> current = Optional.of(changed.now());
                case ClaimStore.Answer.Gone gone -> current = Optional.empty();
            }
        }
        return new Decision.Later();
    }

    /** Takes a claim back because nothing was sent, from whoever the member has become. */
    void release(Batch owned, Letter letter) {
        ClaimStore.release(store, letter.holder(), owned.run(), letter.claim(), letter.counters());
    }

    /** A touch that ends without a message. */
    Outcome suppressed(Batch owned, String memberId, String reason) {
        return new Outcome(
                memberId, Status.SUPPRESSED, reason, owned.channel(), 0, 0, now(), "", "");
    }

    private Decision ended(Batch owned, String memberId, String reason) {
        return new Decision.Ended(suppressed(owned, memberId, reason));
    }

    /** Why the member gets nothing. */
    private Optional<String> reason(Batch owned, Script script, String memberId, Member member) {
        if (member.claims().containsKey(owned.run())) {
            // Two members of the audience have become one: it had the message as the other.
            return Optional.of(Eligibility.Refusal.MERGED.key());
        }
        if (!member.id().equals(memberId)) {
            // It has become a member who may be in a control group: planning asked for the other.
            Optional<String> control = script.controls().group(member.id());
            if (control.isPresent()) {
                return control;
            }
        }
        return script.eligibility()
                .refusal(member, owned.channel())
                .map(Eligibility.Refusal::key)
                .or(
                        () ->
                                script.frozen()
                                                .campaign()
                                                .segment()
                                                .matches(member, script.vantage())
                                        ? Optional.empty()
                                        : Optional.of(Screening.SEGMENT));
    }

    private Letter letter(
            Batch owned,
            Script script,
            String memberId,
            Member member,
            Optional<CouponIssued> coupon) {
        Channel channel = owned.channel();
        Kind kind = script.frozen().campaign().kind();
        Optional<String> link =
                channel == Channel.EMAIL
                        ? Optional.of(
                                links.link(
                                        new Unsubscription(
                                                member.id(), channel, kind, owned.run())))
                        : Optional.empty();
        Store store = script.frozen().store();
        String language =
                script.message()
                        .template(owned.variant(), channel, MemberVariables.language(member, store))
                        .map(Template::language)
                        .orElse(store.language());
        Map<String, String> own = new HashMap<>();
        link.ifPresent(url -> own.put(RunMessage.UNSUBSCRIBE, url));
        coupon.ifPresent(issued -> own.putAll(CouponText.of(issued, store, language)));
        Worded worded =
                script.message()
                        .worded(member, owned.variant(), channel, own, owned.bought(memberId));
        return new Letter(
                member.id(),
                new Claim(
                        now(),
                        owned.owner().orElseThrow().nonce() + "." + memberId,
                        kind,
                        channel,
                        owned.variant()),
                script.eligibility().counters(member, channel),
                coupon,
                new Envelope(
                        member.reachableAt(channel).orElseThrow(),
                        worded.body(),
                        kind,
                        link.filter(url -> kind == Kind.MARKETING),
                        Map.of(
                                "run", owned.run(),
                                "slice", Integer.toString(owned.slice()),
                                "batch", owned.id(),
                                "member", memberId)),
                worded);
    }

    /** One of a run for each of its audience, under the id by which it was planned. */
    private Optional<CouponIssued> coupon(
            Batch owned, Script script, String memberId, Member member) {
        return script.frozen()
                .campaign()
                .issues()
                .flatMap(
                        coupon ->
                                coupons.draft(
                                        new Holder(member, memberId),
                                        coupon,
                                        owned.run(),
                                        RunMessage.worth(coupon, owned.bought(memberId)),
                                        script.vantage().now()));
    }

    private Optional<Member> live(Member member) {
        return Survivor.of(member, store::member);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
