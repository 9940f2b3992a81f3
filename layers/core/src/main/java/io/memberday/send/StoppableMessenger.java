package io.memberday.send;

import io.memberday.member.Channel;
import io.memberday.message.Messenger;
import io.memberday.touch.ChannelStops;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * A messenger that hands nothing over while its channel is stopped: what the clock released before
 * the stop comes from a queue for minutes after it, and the provider would drop it (P2: and who was
 * dropped is not written to again). The stop is seen within a second, and messages of the same
 * second do not each pay for the look.
 */
public final class StoppableMessenger implements Messenger {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Messenger messenger;
    private final ChannelStops stops;
    private final Channel channel;
    private final Clock clock;
    private Instant lookedAt = Instant.MIN;
    private ChannelStops.Stop stop = ChannelStops.Stop.NONE;

    private StoppableMessenger(
            Messenger messenger, ChannelStops stops, Channel channel, Clock clock) {
        this.messenger = messenger;
        this.stops = stops;
        this.channel = channel;
        this.clock = clock;
    }

    /** The messengers of some channels, each of which may be stopped. */
    public static Map<Channel, Messenger> of(
            Map<Channel, Messenger> messengers, ChannelStops stops, Clock clock) {
        Map<Channel, Messenger> stoppable = new EnumMap<>(Channel.class);
        messengers.forEach(
                (channel, messenger) ->
                        stoppable.put(
                                channel, new StoppableMessenger(messenger, stops, channel, clock)));
        return stoppable;
    }

    /** {@link Answer.Halted} while the channel is stopped. */
    @Override
    public Answer send(Envelope envelope) {
        Instant now = clock.instant();
        if (now.isBefore(lookedAt) || !now.minus(EVERY).isBefore(lookedAt)) {
            stop = stops.of(channel);
            lookedAt = now;
        }
        return stop.until().filter(now::isBefore).isPresent()
                ? new Answer.Halted(SpendLimit.CODE)
                : messenger.send(envelope);
    }
}
