package io.memberday.touch;

import io.memberday.member.Channel;
import io.memberday.member.Kind;

import java.time.Instant;

/** How long what was released keeps each channel busy; service has rows of its own (P10). */
public interface PaceStore {

    /** When what was released will have been sent; long past if nothing ever was. */
    Instant busyUntil(Kind kind, Channel channel);

    /**
     * Sets it if it still is what was read, to the millisecond.
     *
     * @return false if another clock was first: then nothing is changed
     */
    boolean reserve(Kind kind, Channel channel, Instant read, Instant busyUntil);
}
