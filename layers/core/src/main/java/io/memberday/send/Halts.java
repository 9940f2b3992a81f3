package io.memberday.send;

import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.member.Channel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is done when a provider says that the whole account cannot send: going on would fail or
 * delay members one by one. The run that met it is paused until an operator resumes it; service
 * messages wait by themselves. Either is said aloud.
 */
public final class Halts {
    /** So often at most an instance says that service messages wait. */
    private static final Duration AGAIN = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Halts.class);

    private final RunStore runs;
    private final EventBus bus;
    private final Clock clock;
    private final Map<Channel, Instant> toldAt = new EnumMap<>(Channel.class);

    public Halts(RunStore runs, EventBus bus, Clock clock) {
        this.runs = runs;
        this.bus = bus;
        this.clock = clock;
    }

    /**
     * Pauses a run. Of several senders that meet the same answer one says so.
     *
     * @param code the provider's
     */
    void run(String id, Channel channel, String code) {
        String why = channel.key() + " " + code;
        if (runs.change(id, Set.of(Run.State.RUNNING), Run.State.PAUSED, why)) {
            LOG.error("run {} is paused: the account cannot send {}", id, why);
            bus.put(List.of(BusEvent.runHalted(id, Run.State.PAUSED.key(), why)));
        }
    }

    /**
     * Says that everything waits that goes by a channel.
     *
     * @param code ours or the provider's
     */
    void channel(Channel channel, String code) {
        LOG.error("the account cannot send {} {}", channel.key(), code);
        bus.put(List.of(BusEvent.sendingHalted(channel.key(), code)));
    }

    /**
     * Says that a service message waits.
     *
     * @param code the provider's
     */
    void service(String touch, Channel channel, String code) {
        LOG.error("touch {} waits: the account cannot send {} {}", touch, channel.key(), code);
        Instant now = clock.instant();
        Instant told = toldAt.get(channel);
        if (told == null || now.isBefore(told) || !now.isBefore(told.plus(AGAIN))) {
            bus.put(List.of(BusEvent.sendingHalted(channel.key(), code)));
            toldAt.put(channel, now);
        }
    }
}
