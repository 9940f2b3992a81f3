package io.memberday.release;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Store.ChannelPolicy;
import io.memberday.touch.Pace;
import io.memberday.touch.PaceStore;

import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** The room that one kind has on each channel during one tick. */
final class Room {
    private final PaceStore store;
    private final Kind kind;
    private final Instant now;
    private final Map<Channel, ChannelPolicy> policies;
    private final Map<Channel, Pace> reserved = new EnumMap<>(Channel.class);
    private final Map<Channel, Pace> wanted = new EnumMap<>(Channel.class);
    private final Set<Channel> full = EnumSet.noneOf(Channel.class);

    Room(PaceStore store, Kind kind, Map<Channel, ChannelPolicy> policies, Instant now) {
        this.store = store;
        this.kind = kind;
        this.policies = policies;
        this.now = now;
    }

    /**
     * Whether so many messages may go on a channel. Once something did not fit, nothing more does:
     * a smaller batch must not overtake a larger one for ever.
     */
    boolean take(Channel channel, long messages) {
        ChannelPolicy policy = policies.get(channel);
        if (policy == null || full.contains(channel)) {
            return false;
        }
        Pace pace = wanted.computeIfAbsent(channel, c -> read(c, policy.perSecond()));
        if (!pace.fits(messages, now)) {
            full.add(channel);
            return false;
        }
        wanted.put(channel, pace.after(messages, now));
        return true;
    }

    /** Whether no channel of the shop has room left. */
    boolean isFull() {
        return full.containsAll(policies.keySet());
    }

    /**
     * Reserves what was taken on a channel since the last time. What is reserved and then not
     * released makes the channel a little slower; the other way round it would be too fast.
     *
     * @return false if another clock is at work on the channel: this one leaves it to it
     */
    boolean reserve(Channel channel) {
        Pace before = reserved.get(channel);
        Pace after = wanted.get(channel);
        if (before == null || after == null || before.equals(after)) {
            return true;
        }
        if (!store.reserve(kind, channel, before.busyUntil(), after.busyUntil())) {
            full.add(channel);
            return false;
        }
        reserved.put(channel, after);
        return true;
    }

    private Pace read(Channel channel, int perSecond) {
        Pace pace = new Pace(perSecond, store.busyUntil(kind, channel));
        reserved.put(channel, pace);
        return pace;
    }
}
