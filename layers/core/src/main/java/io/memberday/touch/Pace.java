package io.memberday.touch;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast a kind of messages may be released on a channel. Work released keeps the channel busy
 * until a moment; at most two minutes of it are released ahead, so that a pause acts within minutes
 * and a service message, which has a pace of its own, waits for nothing (P10).
 *
 * @param perSecond messages that the provider's account allows
 * @param busyUntil when what was released will have been sent
 */
public record Pace(int perSecond, Instant busyUntil) {
    /** The most work that is released ahead. */
    public static final Duration AHEAD = Duration.ofMinutes(2);

    private static final long MILLIS = 1000;

    public Pace {
        if (perSecond < 1) {
            throw new IllegalArgumentException("a channel sends at least one message a second");
        }
    }

    /** How many messages may be released now. */
    public long room(Instant now) {
        long millis = Duration.between(start(now), now.plus(AHEAD)).toMillis();
        return Math.max(0, millis * perSecond / MILLIS);
    }

    /**
     * Whether a group of messages may be released now. One that is more than two minutes of work by
     * itself may go when nothing else is in flight: it could never go otherwise.
     */
    public boolean fits(long messages, Instant now) {
        return messages <= room(now) || !busyUntil.isAfter(now);
    }

    /** The pace with so many messages more in flight. */
    public Pace after(long messages, Instant now) {
        return new Pace(
                perSecond,
                start(now).plusMillis(Math.ceilDiv(messages * MILLIS, (long) perSecond)));
    }

    private Instant start(Instant now) {
        return busyUntil.isAfter(now) ? busyUntil : now;
    }
}
