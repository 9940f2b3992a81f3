package io.memberday.touch;

import io.memberday.member.Channel;
import io.memberday.member.Kind;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Paces in memory. */
public final class InMemoryPaceStore implements PaceStore {
    private final Map<String, Instant> busy = new HashMap<>();

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

    private static String key(Kind kind, Channel channel) {
        return kind.key() + "#" + channel.key();
    }
}
