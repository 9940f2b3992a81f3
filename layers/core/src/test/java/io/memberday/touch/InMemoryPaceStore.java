package io.memberday.touch;

import io.memberday.fault.Guard;
import io.memberday.fault.Guards;
import io.memberday.member.Channel;
import io.memberday.member.Kind;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Paces in memory. */
public class InMemoryPaceStore implements PaceStore, ChannelStops {
    private final Map<Channel, Stop> stops = new EnumMap<>(Channel.class);
    private final Map<String, Instant> busy = new HashMap<>();
    private final Guards guards;

    public InMemoryPaceStore() {
        this(Guards.intact());
    }

    public InMemoryPaceStore(Guards guards) {
        this.guards = guards;
    }

    @Override
    public synchronized Instant busyUntil(Kind kind, Channel channel) {
        return busy.getOrDefault(key(kind, channel), Instant.EPOCH);
    }

    @Override
    public synchronized boolean reserve(
            Kind kind, Channel channel, Instant read, Instant busyUntil) {
        boolean unchanged = busyUntil(kind, channel).equals(read);
        if (unchanged) {
            busy.put(key(kind, channel), Instant.ofEpochMilli(busyUntil.toEpochMilli()));
        }
        return unchanged;
    }

    @Override
    public synchronized Stop of(Channel channel) {
        return guards.hold(Guard.STOP_SEEN, false) ? Stop.NONE : known(channel);
    }

    private Stop known(Channel channel) {
        return stops.getOrDefault(channel, Stop.NONE);
    }

    @Override
    public synchronized boolean stop(Channel channel, Instant taken, Instant until) {
        if (known(channel).liftedSince(taken)) {
            return false;
        }
        stops.put(channel, new Stop(Optional.of(until), known(channel).liftedAt()));
        if (!guards.hold(Guard.STOP_BUSY, false)) {
            busy(channel, until);
        }
        return true;
    }

    @Override
    public synchronized boolean lift(Channel channel, Instant now) {
        if (known(channel).until().isEmpty()) {
            return false;
        }
        stops.put(channel, new Stop(Optional.empty(), Optional.of(now)));
        busy(channel, now);
        return true;
    }

    private void busy(Channel channel, Instant until) {
        for (Kind kind : Kind.values()) {
            busy.put(key(kind, channel), until);
        }
    }

    private static String key(Kind kind, Channel channel) {
        return kind.key() + "#" + channel.key();
    }
}
