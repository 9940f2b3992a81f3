package io.memberday.send;

import io.memberday.benefit.Coupons;
import io.memberday.ingest.Activity;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.message.Messenger.Answer;
import io.memberday.message.Worded;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Timing.Due;
import io.memberday.playbook.Touchpoint;
import io.memberday.send.TouchDecisions.Decision;
import io.memberday.send.TouchDecisions.Offer;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.Past;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.Lease;
import io.memberday.touch.ServiceTouch.Owner;
import io.memberday.touch.ServiceTouchStore;
import io.memberday.touch.ServiceTouchStore.Promotion;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends one touch of a touchpoint: looks at member, order and parcel as they are, claims the touch
 * in a transaction that holds only while they stay so, sends, and writes how it ended into the
 * touch's row. A call of which nobody knows whether it sent is repeated once for a service message,
 * and the row says so (P3); for marketing it never is (P2).
 */
public final class TouchSender {
    private static final Duration MARGIN = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofMinutes(1);

    /** Until somebody has seen to the account: each try is a call that is refused. */
    private static final Duration LATER = Duration.ofMinutes(5);

    private static final int ROUNDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(TouchSender.class);

    private final ServiceTouchStore touches;
    private final ClaimStore members;
    private final Dispatch dispatch;
    private final Halts halts;
    private final Playbook playbook;
    private final TouchDecisions decisions;
    private final Supplier<String> nonces;
    private final Clock clock;

    /**
     * @param links for marketing emails
     * @param coupons for messages that issue one
     * @param nonces a new one for each claim
     */
    public TouchSender(
            ServiceTouchStore touches,
            ClaimStore members,
            Dispatch dispatch,
            Halts halts,
            Playbook playbook,
            UnsubscribeLinks links,
            Coupons coupons,
            Supplier<String> nonces,
            Clock clock) {
        this.touches = touches;
        this.members = members;
        this.dispatch = dispatch;
        this.halts = halts;
        this.playbook = playbook;
        this.decisions = new TouchDecisions(touches, members, playbook, links, coupons);
        this.nonces = nonces;
        this.clock = clock;
    }

    /**
     * Sends a touch if it still may and should be; what remains to be done the clock brings back.
     */
    public void send(String touchpoint, String subject, TimeLeft time) {
        for (int round = 0; round < ROUNDS; round++) {
            Optional<ServiceTouch> found = touches.find(touchpoint, subject);
            Instant now = now();
            if (found.isEmpty() || !isFree(found.get(), now) || !time.allowsAnother()) {
                return;
            }
            ServiceTouch touch = found.get();
            boolean settled =
                    switch (decisions.of(touch, now)) {
                        case Decision.Pointless(String reason) -> end(touch, reason);
                        case Decision.Later(Due due, ZoneId zone) -> putOff(touch, due, zone);
                        case Decision.Call call -> call(touch, call);
                        case Decision.Sendable send -> claimAndSend(touch, send, time);
                    };
            if (settled) {
                return;
            }
        }
        LOG.info("touch {} {} would not stand still", touchpoint, subject);
    }

    private static boolean isFree(ServiceTouch touch, Instant now) {
        return switch (touch.state()) {
            case ENDED -> false;
            case PLANNED -> true;
            case CLAIMED -> touch.claim().filter(owner -> owner.until().isAfter(now)).isEmpty();
        };
    }

    private boolean putOff(ServiceTouch touch, Due due, ZoneId zone) {
        Instant until = due.until().equals(Instant.MAX) ? touch.validUntil() : due.until();
        return touches.replace(touch, touch.due(new Due(due.at(), until), zone));
    }

    /**
     * A touch that is not sent, or not again: after a call in doubt nobody knows what became of it,
     * and its money counts as spent.
     */
    private boolean end(ServiceTouch touch, String reason) {
        boolean inDoubt = touch.attempts() > 0 || reason.equals("claim");
        long spent = touch.claim().flatMap(Owner::lease).map(Lease::micros).orElse(0L);
        return settle(
                touch,
                touch.ended(
                        new Outcome(
                                touch.memberId(),
                                inDoubt ? Status.UNKNOWN : Status.SUPPRESSED,
                                inDoubt ? "claim" : reason,
                                channel(touch),
                                0,
                                spent,
                                now(),
                                "",
                                "")),
                spent);
    }

    /**
     * A person sees to it, and after a call in doubt the row does not say that nothing was sent.
     */
    private boolean call(ServiceTouch touch, Decision.Call call) {
        boolean inDoubt = touch.attempts() > 0;
        Outcome called =
                new Outcome(
                        touch.memberId(),
                        inDoubt ? Status.UNKNOWN : Status.SUPPRESSED,
                        inDoubt ? "claim" : call.reason(),
                        channel(touch),
                        0,
                        0,
                        now(),
                        "",
                        "");
        return touches.claim(
                touch,
                touch.ended(called),
                call.grounds(),
                Optional.empty(),
                List.copyOf(call.work()));
    }

    private boolean claimAndSend(ServiceTouch touch, Decision.Sendable send, TimeLeft time) {
        Instant now = now();
        Instant until = now.plus(time.left()).plus(MARGIN).truncatedTo(ChronoUnit.SECONDS);
        Channel channel = send.worded().body().channel();
        if (dispatch.isStopped(channel)) {
            halts.service(touch.id(), channel, SpendLimit.CODE);
            return touches.replace(touch, touch.withDueAt(now.plus(LATER)));
        }
        ServiceTouch claimed =
                touch.claimed(new Owner(nonces.get(), until, send.offer().map(Offer::lease)));
        Claim claim =
                new Claim(now, claimed.claim().orElseThrow().nonce(), Kind.MARKETING, channel, "");
        Optional<Promotion> promotion =
                send.offer()
                        .map(
                                offer ->
                                        new Promotion(
                                                claim,
                                                offer.counters(),
                                                Past.of(send.grounds().member(), now),
                                                offer.capMicros()));
        List<Activity> rows = send.coupon().map(List::<Activity>of).orElse(List.of());
        if (!touches.claim(touch, claimed, send.grounds(), promotion, rows)) {
            return false;
        }
        Answer answer = dispatch.send(send.envelope(), playbook.store().channels().get(channel));
        boolean refused = answer instanceof Answer.Throttled || answer instanceof Answer.Halted;
        if (refused && promotion.isPresent()) {
            ClaimStore.release(
                    members,
                    send.grounds().member().id(),
                    touch.id(),
                    claim,
                    promotion.get().counters());
        }
        ServiceTouch next = after(touch, claimed, answer, send.worded());
        long spent = next.outcome().map(Outcome::costMicros).orElse(0L);
        if (!settle(claimed, next, spent)) {
            LOG.warn("touch {} was taken over while it was sent", touch.id());
        }
        return true;
    }

    private boolean settle(ServiceTouch read, ServiceTouch next, long spentMicros) {
        return read.claim().flatMap(Owner::lease).isPresent()
                ? touches.settle(read, next, spentMicros)
                : touches.replace(read, next);
    }

    private ServiceTouch after(
            ServiceTouch before, ServiceTouch claimed, Answer answer, Worded worded) {
        boolean inDoubt = before.attempts() > 0;
        Instant now = now();
        return switch (answer) {
            case Answer.Sent(String id) ->
                    claimed.ended(outcome(claimed, Status.SENT, "", id, worded));
            case Answer.Failed(String reason) ->
                    claimed.ended(
                            outcome(
                                    claimed,
                                    inDoubt ? Status.UNKNOWN : Status.FAILED,
                                    reason,
                                    "",
                                    worded));
            case Answer.Unknown(String reason) ->
                    claimed.kind() == Kind.SERVICE
                                    && claimed.attempts() < TouchDecisions.MOST_ATTEMPTS
                            ? claimed.inDoubt(now, now.plus(SOON))
                            : claimed.ended(outcome(claimed, Status.UNKNOWN, reason, "", worded));
            case Answer.Throttled(String reason) -> {
                LOG.warn("touch {} was throttled: {}", before.id(), reason);
                yield before.withDueAt(now.plus(SOON));
            }
            case Answer.Halted(String reason) -> {
                halts.service(before.id(), worded.body().channel(), reason);
                yield before.withDueAt(now.plus(LATER));
            }
        };
    }

    /** Each call that was accepted or may have been is reckoned: the row says what it may cost. */
    private Outcome outcome(
            ServiceTouch claimed, Status status, String reason, String messageId, Worded worded) {
        int calls = status == Status.FAILED ? 0 : claimed.attempts();
        return new Outcome(
                claimed.memberId(),
                status,
                reason,
                worded.body().channel(),
                worded.body().parts() * calls,
                worded.costMicros() * calls,
                now(),
                messageId,
                worded.name());
    }

    private Channel channel(ServiceTouch touch) {
        return playbook.touchpoint(touch.touchpoint())
                .flatMap(Touchpoint::channel)
                .orElse(Channel.SMS);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
