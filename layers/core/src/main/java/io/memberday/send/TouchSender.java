package io.memberday.send;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.message.Messenger.Answer;
import io.memberday.message.Messenger.Envelope;
import io.memberday.message.Worded;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Touchpoint;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.Eligibility;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouchStore;
import io.memberday.touch.ServiceTouchStore.About;
import io.memberday.touch.TouchMessage;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends one service touch: looks at member and order as they are, claims the touch in a transaction
 * that holds only while they stay so, sends, and writes how it ended into the touch's row. A call
 * of which nobody knows whether it sent is repeated once, and the row says so (P3).
 */
public final class TouchSender {
    /** Provider calls for one touch at most. */
    private static final int MOST_ATTEMPTS = 2;

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
    private final TouchMessage message;
    private final Supplier<String> nonces;
    private final Clock clock;

    /**
     * @param nonces a new one for each claim
     */
    public TouchSender(
            ServiceTouchStore touches,
            ClaimStore members,
            Dispatch dispatch,
            Halts halts,
            Playbook playbook,
            Supplier<String> nonces,
            Clock clock) {
        this.touches = touches;
        this.members = members;
        this.dispatch = dispatch;
        this.halts = halts;
        this.playbook = playbook;
        this.message = new TouchMessage(playbook);
        this.nonces = nonces;
        this.clock = clock;
    }

    private sealed interface Decision {
        record Pointless(String reason) implements Decision {}

        record Sendable(Member member, About about, String address, Worded worded)
                implements Decision {}
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
                    switch (decide(touch, now)) {
                        case Decision.Pointless(String reason) -> end(touch, reason);
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

    private Decision decide(ServiceTouch touch, Instant now) {
        Optional<Touchpoint> touchpoint =
                playbook.touchpoints().stream()
                        .filter(known -> known.id().equals(touch.touchpoint()))
                        .findFirst();
        if (now.isAfter(touch.validUntil())) {
            return new Decision.Pointless("late");
        }
        if (touch.attempts() >= MOST_ATTEMPTS) {
            return new Decision.Pointless("attempts");
        }
        if (touchpoint.isEmpty()) {
            return new Decision.Pointless("touchpoint");
        }
        if (touchpoint.get().kind() != Kind.SERVICE) {
            // Caps, quiet hours and money are kept for runs only: fail closed.
            return new Decision.Pointless("kind");
        }
        Optional<Member> member =
                members.member(touch.memberId())
                        .flatMap(read -> ClaimStore.survivor(read, members));
        Optional<About> about = touches.order(touch.order());
        if (member.isEmpty() || about.isEmpty()) {
            return new Decision.Pointless("gone");
        }
        if (touchpoint.get().on() == Touchpoint.Trigger.ORDER_UNPAID
                && about.get().order().openSince().isEmpty()) {
            return new Decision.Pointless(settled(about.get().order()));
        }
        return worded(touch, touchpoint.get(), member.get(), about.get(), now);
    }

    private Decision worded(
            ServiceTouch touch, Touchpoint touchpoint, Member member, About about, Instant now) {
        Eligibility eligibility =
                new Eligibility(
                        touchpoint.kind(),
                        playbook.store().caps(),
                        playbook.store().zone(),
                        to -> now);
        List<Send> sends = touchpoint.allSends();
        List<Channel> channels = sends.stream().map(Send::channel).toList();
        Optional<Eligibility.Refusal> refusal = eligibility.refusal(member, channels);
        if (refusal.isPresent()) {
            return new Decision.Pointless(refusal.get().key());
        }
        Channel channel = eligibility.channel(member, channels).orElseThrow();
        return sends.stream()
                .filter(send -> send.channel() == channel)
                .findFirst()
                .flatMap(
                        send -> message.worded(touchpoint, send, touch, about.order(), member, now))
                .<Decision>map(
                        worded ->
                                new Decision.Sendable(
                                        member,
                                        about,
                                        member.reachableAt(channel).orElseThrow(),
                                        worded))
                .orElseGet(() -> new Decision.Pointless("template"));
    }

    private static String settled(Order order) {
        if (order.at(Milestone.PAID).isPresent()) {
            return "paid";
        }
        return order.at(Milestone.CLOSED).isPresent() ? "closed" : "refunded";
    }

    /**
     * A touch that is not sent, or not again: after a call in doubt nobody knows what became of it.
     */
    private boolean end(ServiceTouch touch, String reason) {
        boolean inDoubt = touch.attempts() > 0;
        return touches.replace(
                touch,
                touch.ended(
                        new Outcome(
                                touch.memberId(),
                                inDoubt ? Status.UNKNOWN : Status.SUPPRESSED,
                                inDoubt ? "claim" : reason,
                                channel(touch),
                                0,
                                0,
                                now(),
                                "",
                                "")));
    }

    private boolean claimAndSend(ServiceTouch touch, Decision.Sendable send, TimeLeft time) {
        Instant until = now().plus(time.left()).plus(MARGIN).truncatedTo(ChronoUnit.SECONDS);
        ServiceTouch claimed = touch.claimed(new ServiceTouch.Owner(nonces.get(), until));
        if (!touches.claim(touch, claimed, send.member(), send.about())) {
            return false;
        }
        Answer answer =
                dispatch.send(
                        new Envelope(
                                send.address(),
                                send.worded().body(),
                                Kind.SERVICE,
                                Optional.empty(),
                                Map.of(
                                        "touchpoint", touch.touchpoint(),
                                        "subject", touch.subject())),
                        playbook.store().channels().get(send.worded().body().channel()));
        if (!touches.replace(claimed, after(touch, claimed, answer, send.worded()))) {
            LOG.warn("touch {} was taken over while it was sent", touch.id());
        }
        return true;
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
                    claimed.attempts() < MOST_ATTEMPTS
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
        return playbook.touchpoints().stream()
                .filter(known -> known.id().equals(touch.touchpoint()))
                .findFirst()
                .flatMap(Touchpoint::channel)
                .orElse(Channel.SMS);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
