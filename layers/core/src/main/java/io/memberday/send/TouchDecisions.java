package io.memberday.send;

import io.memberday.benefit.Coupons;
import io.memberday.benefit.Coupons.Holder;
import io.memberday.campaign.Controls;
import io.memberday.campaign.Holdout;
import io.memberday.campaign.RunMessage;
import io.memberday.campaign.Screening;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.ingest.ParcelRow;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Survivor;
import io.memberday.message.Messenger.Envelope;
import io.memberday.message.Unsubscription;
import io.memberday.message.Worded;
import io.memberday.money.Money;
import io.memberday.order.Order;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;
import io.memberday.playbook.Timing.Due;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.ContactCounter;
import io.memberday.touch.Eligibility;
import io.memberday.touch.QuietHours;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.Lease;
import io.memberday.touch.ServiceTouchStore;
import io.memberday.touch.ServiceTouchStore.About;
import io.memberday.touch.ServiceTouchStore.Grounds;
import io.memberday.touch.TouchMessage;
import io.memberday.touch.TouchTerms;
import io.memberday.touch.TouchTerms.Verdict;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what is to be done about a touch, from member, order and parcel as they are (P4). */
final class TouchDecisions {
    /** Provider calls for one service touch at most (P3). */
    static final int MOST_ATTEMPTS = 2;

    /** Until others have returned what they leased of the month's money. */
    private static final Duration MONEY = Duration.ofMinutes(5);

    private final ServiceTouchStore touches;
    private final ClaimStore members;
    private final Playbook playbook;
    private final UnsubscribeLinks links;
    private final Coupons coupons;
    private final TouchMessage message;
    private final TouchTerms terms;
    private final SilentParcels silent;

    TouchDecisions(
            ServiceTouchStore touches,
            ClaimStore members,
            Playbook playbook,
            UnsubscribeLinks links,
            Coupons coupons) {
        this.touches = touches;
        this.coupons = coupons;
        this.members = members;
        this.playbook = playbook;
        this.links = links;
        this.message = new TouchMessage(playbook);
        this.terms = new TouchTerms(playbook);
        this.silent = new SilentParcels(touches, playbook.store());
    }

    sealed interface Decision {
        /** It ends without a message. */
        record Pointless(String reason) implements Decision {}

        /** It is not due yet. */
        record Later(Due due, ZoneId zone) implements Decision {}

        /**
         * A person is to see to it.
         *
         * @param work none if somebody has been asked to see to many such
         * @param reason that its row keeps
         */
        record Call(Grounds grounds, List<CareCase> work, String reason) implements Decision {}

        /**
         * It is to be sent.
         *
         * @param coupon that is issued with it, if one is
         * @param offer of a marketing message
         */
        record Sendable(
                Grounds grounds,
                Envelope envelope,
                Worded worded,
                Optional<CouponIssued> coupon,
                Optional<Offer> offer)
                implements Decision {}
    }

    /**
     * What a marketing message asks for.
     *
     * @param counters to be raised
     * @param lease of the month's money
     * @param capMicros the month's cap
     */
    record Offer(List<ContactCounter> counters, Lease lease, Optional<Long> capMicros) {}

    Decision of(ServiceTouch touch, Instant now) {
        Optional<Touchpoint> known = playbook.touchpoint(touch.touchpoint());
        int most = touch.kind() == Kind.MARKETING ? 1 : MOST_ATTEMPTS;
        if (touch.attempts() >= most) {
            return new Decision.Pointless("attempts");
        }
        if (now.isAfter(touch.validUntil())) {
            return new Decision.Pointless("late");
        }
        // One that has become marketing since it was planned has no place in the row for money.
        if (known.filter(one -> one.kind() == touch.kind()).isEmpty()) {
            return new Decision.Pointless("touchpoint");
        }
        Touchpoint touchpoint = known.get();
        Optional<Member> member = Survivor.of(touch.memberId(), members::member);
        Optional<About> about = touches.order(touch.order());
        if (member.isEmpty() || about.isEmpty()) {
            return new Decision.Pointless("gone");
        }
        Optional<ParcelRow> parcel =
                touch.parcel()
                        .filter(_ -> TouchTerms.asksParcel(touchpoint))
                        .map(key -> touches.parcel(ParcelKey.of(key)));
        Grounds grounds = new Grounds(member.get(), about.get(), parcel);
        Verdict verdict =
                terms.of(
                        touchpoint,
                        touch,
                        member.get(),
                        about.get().order(),
                        parcel.map(ParcelRow::parcel),
                        now);
        return switch (verdict) {
            case Verdict.Over(String reason) -> new Decision.Pointless(reason);
            case Verdict.Later(Due due, ZoneId zone) -> new Decision.Later(due, zone);
            case Verdict.Do(Branch branch) ->
                    branch.call()
                            .<Decision>map(kind -> call(touchpoint, touch, kind, grounds))
                            .orElseGet(
                                    () -> sending(touchpoint, branch.send(), touch, grounds, now));
        };
    }

    private Decision.Call call(
            Touchpoint touchpoint, ServiceTouch touch, String kind, Grounds grounds) {
        CareCase work = work(touch, kind, grounds);
        return touchpoint.on() == Trigger.PARCEL_SILENT
                ? silent.call(touch, grounds, work)
                : new Decision.Call(grounds, List.of(work), "call");
    }

    private static CareCase work(ServiceTouch touch, String kind, Grounds grounds) {
        return new CareCase(
                grounds.about().memberId().orElse(grounds.member().id()),
                touch.since(),
                kind,
                touch.subject(),
                "touchpoint " + touch.touchpoint() + ", order " + touch.order());
    }

    private Decision sending(
            Touchpoint touchpoint,
            List<Send> sends,
            ServiceTouch touch,
            Grounds grounds,
            Instant now) {
        Member member = grounds.member();
        Store store = playbook.store();
        Eligibility eligibility =
                new Eligibility(touchpoint.kind(), store.caps(), store.zone(), to -> now);
        List<Channel> channels = sends.stream().map(Send::channel).toList();
        Optional<Eligibility.Refusal> refusal = eligibility.refusal(member, channels);
        boolean capped = refusal.filter(Eligibility.Refusal.CAP::equals).isPresent();
        if (refusal.isPresent() && !capped) {
            return new Decision.Pointless(refusal.get().key());
        }
        if (touchpoint.kind() == Kind.MARKETING) {
            Optional<Decision> waits = marketing(touch, member, capped, now);
            if (waits.isPresent()) {
                return waits.get();
            }
        }
        Channel channel = eligibility.channel(member, channels).orElseThrow();
        Optional<String> link =
                channel == Channel.EMAIL && touchpoint.kind() == Kind.MARKETING
                        ? Optional.of(
                                links.link(
                                        new Unsubscription(
                                                member.id(),
                                                channel,
                                                touchpoint.kind(),
                                                touch.id())))
                        : Optional.empty();
        Order order = grounds.about().order();
        Optional<CouponIssued> coupon = coupon(touchpoint, touch, member, order, now);
        if (coupon.isEmpty() && touchpoint.coupon().isPresent()) {
            return new Decision.Pointless(
                    touchpoint.issues().isPresent() ? Coupons.HAD : Coupons.NONE);
        }
        Optional<CouponIssued> given = coupon.filter(_ -> touchpoint.issues().isPresent());
        Optional<Worded> worded =
                sends.stream()
                        .filter(send -> send.channel() == channel)
                        .findFirst()
                        .flatMap(
                                send ->
                                        message.worded(
                                                touchpoint,
                                                send,
                                                touch,
                                                order,
                                                member,
                                                now,
                                                link.map(url -> Map.of(RunMessage.UNSUBSCRIBE, url))
                                                        .orElse(Map.of()),
                                                coupon));
        if (worded.isEmpty()) {
            return new Decision.Pointless("template");
        }
        Envelope envelope =
                new Envelope(
                        member.reachableAt(channel).orElseThrow(),
                        worded.get().body(),
                        touchpoint.kind(),
                        link,
                        Map.of("touchpoint", touch.touchpoint(), "subject", touch.subject()));
        return touchpoint.kind() == Kind.SERVICE
                ? new Decision.Sendable(grounds, envelope, worded.get(), given, Optional.empty())
                : paid(
                        grounds,
                        envelope,
                        worded.get(),
                        given,
                        eligibility.counters(member, channel),
                        now);
    }

    /** One of a kind for an order, or for the member; what reminds of it makes none. */
    private Optional<CouponIssued> coupon(
            Touchpoint touchpoint, ServiceTouch touch, Member member, Order order, Instant now) {
        Holder holder = new Holder(member, touch.memberId());
        return touchpoint
                .issues()
                .flatMap(
                        kind ->
                                coupons.draft(
                                        holder,
                                        kind,
                                        touch.order(),
                                        kind.worth(List.of(order)),
                                        now))
                .or(
                        () ->
                                touchpoint
                                        .reminds()
                                        .flatMap(
                                                kind ->
                                                        coupons.held(
                                                                holder, kind, touch.order(), now)));
    }

    /** Why marketing to a member is not sent now; nothing if it may be. */
    private Optional<Decision> marketing(
            ServiceTouch touch, Member member, boolean capped, Instant now) {
        Store store = playbook.store();
        if (member.claims().containsKey(touch.id())) {
            // Its row says that it is planned, its member that it was claimed: never twice (P2).
            return Optional.of(new Decision.Pointless("claim"));
        }
        if (new Holdout(Holdout.EVERY, store.measuring().globalHoldoutPercent())
                .holds(member.id())) {
            return Optional.of(new Decision.Pointless(Controls.GLOBAL));
        }
        ZoneId zone = member.profile().zone().orElse(store.zone());
        Instant over = QuietHours.of(store).in(zone).over(now);
        if (over.isAfter(touch.validUntil())) {
            return Optional.of(new Decision.Pointless(Screening.QUIET_HOURS));
        }
        if (over.isAfter(now)) {
            return Optional.of(
                    new Decision.Later(new Due(over, touch.validUntil()).spread(touch.id()), zone));
        }
        return capped ? Optional.of(capped(touch, zone, now)) : Optional.empty();
    }

    /**
     * A step of a plan that meets a campaign in the caps goes at the same hour of a day that has
     * room for it, while it still helps.
     */
    private static Decision capped(ServiceTouch touch, ZoneId zone, Instant now) {
        Instant tomorrow = now.atZone(zone).plusDays(1).toInstant();
        return tomorrow.isAfter(touch.validUntil())
                ? new Decision.Pointless(Eligibility.Refusal.CAP.key())
                : new Decision.Later(new Due(tomorrow, touch.validUntil()), zone);
    }

    private Decision paid(
            Grounds grounds,
            Envelope envelope,
            Worded worded,
            Optional<CouponIssued> coupon,
            List<ContactCounter> counters,
            Instant now) {
        Store store = playbook.store();
        YearMonth month = YearMonth.from(now.atZone(store.zone()));
        Optional<Long> cap = store.monthBudget().map(Money::micros);
        Lease lease = new Lease(month, worded.costMicros());
        return switch (touches.month(month, cap).lease(lease.micros())) {
            case YES ->
                    new Decision.Sendable(
                            grounds,
                            envelope,
                            worded,
                            coupon,
                            Optional.of(new Offer(counters, lease, cap)));
            case NEVER -> new Decision.Pointless("budget");
            case LATER -> new Decision.Later(new Due(now.plus(MONEY), Instant.MAX), store.zone());
        };
    }
}
