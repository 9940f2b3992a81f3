package io.memberday.send;

import io.memberday.member.Channel;
import io.memberday.message.Messenger;
import io.memberday.message.Messenger.Answer;
import io.memberday.message.Messenger.Envelope;
import io.memberday.playbook.Store.ChannelPolicy;
import io.memberday.touch.ChannelStops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Hands envelopes to the channels' providers at this invocation's share of the channel's rate, and
 * waits a little when a provider says that it was too fast. Not for sharing between threads.
 */
public final class Dispatch {
    /** Only a throttled call is tried again: it is the one that was certainly not accepted. */
    private static final List<Duration> WAITS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Map<Channel, Messenger> messengers;
    private final ChannelStops stops;
    private final int sendersAtOnce;
    private final Consumer<Duration> pause;
    private final Clock clock;
    private final Map<Channel, Instant> nextAt = new EnumMap<>(Channel.class);
    private final Map<Channel, LookedUp<ChannelStops.Stop>> looks = new EnumMap<>(Channel.class);

    /**
     * @param stops of the channels
     * @param sendersAtOnce invocations that share the rate
     * @param pause waits for real, or moves a test's clock
     */
    public Dispatch(
            Map<Channel, Messenger> messengers,
            ChannelStops stops,
            int sendersAtOnce,
            Consumer<Duration> pause,
            Clock clock) {
        this.messengers = messengers;
        this.stops = stops;
        this.sendersAtOnce = sendersAtOnce;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * Whether the channel is stopped: what the clock released before the stop comes from a queue
     * for minutes after it, and the provider would drop it (P2: who was dropped is not written to
     * again). To be asked before a message is claimed, so that a look that fails leaves nothing in
     * doubt.
     */
    boolean isStopped(Channel channel) {
        Instant now = clock.instant();
        ChannelStops.Stop stop =
                looks.computeIfAbsent(
                                channel,
                                first ->
                                        new LookedUp<>(stops.of(first), now, () -> stops.of(first)))
                        .at(now);
        return stop.until().filter(now::isBefore).isPresent();
    }

    /** Waits for its turn and sends; the answer is {@code Throttled} only after several tries. */
    Answer send(Envelope envelope, ChannelPolicy policy) {
        Channel channel = envelope.body().channel();
        awaitTurn(channel, policy);
        Messenger messenger = messengers.get(channel);
        Answer answer = messenger.send(envelope);
        for (Duration wait : WAITS) {
            if (!(answer instanceof Answer.Throttled)) {
                return answer;
            }
            pause.accept(wait);
            answer = messenger.send(envelope);
        }
        return answer;
    }

    private void awaitTurn(Channel channel, ChannelPolicy policy) {
        // In whole numbers, as each message asks for it: a Duration divides by way of decimals.
        Duration every = Duration.ofNanos(sendersAtOnce * SECOND / policy.perSecond());
        Instant now = clock.instant();
        Instant turn = nextAt.getOrDefault(channel, now);
        Duration wait = Duration.between(now, turn);
        // A wait longer than one turn means that the clock was set back: it is not waited for.
        if (wait.isPositive() && wait.compareTo(every) <= 0) {
            pause.accept(wait);
            now = turn;
        }
        nextAt.put(channel, now.plus(every));
    }
}
