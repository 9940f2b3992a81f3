package io.memberday.touch;

import io.memberday.member.Channel;

import java.time.Instant;
import java.util.Optional;

/**
 * Channels on which nothing is released, as the account's provider drops what it takes. A stop
 * keeps the channel's paces busy until it ends, so that the clock needs no other look.
 */
public interface ChannelStops {

    /**
     * What is known of a channel.
     *
     * @param until nothing is released before; not there if the channel goes
     * @param liftedAt when an operator last let it go on
     */
    record Stop(Optional<Instant> until, Optional<Instant> liftedAt) {
        /** Of a channel that was never stopped. */
        public static final Stop NONE = new Stop(Optional.empty(), Optional.empty());

        /** Whether an operator has seen to the account since a message was taken. */
        public boolean liftedSince(Instant taken) {
            return liftedAt.filter(lifted -> !lifted.isBefore(taken)).isPresent();
        }
    }

    /** A channel's stop as it is now. */
    Stop of(Channel channel);

    /**
     * Stops a channel, unless an operator has let it go on since.
     *
     * @param taken when the provider took the message that it dropped
     * @return false if the channel goes on: nothing is changed
     */
    boolean stop(Channel channel, Instant taken, Instant until);

    /**
     * Lets a channel go on: what the provider says of messages taken before does not stop it again.
     *
     * @return false if it was not stopped: nothing is changed
     */
    boolean lift(Channel channel, Instant now);
}
