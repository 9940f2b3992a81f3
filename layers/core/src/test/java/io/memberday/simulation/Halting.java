package io.memberday.simulation;

import io.memberday.member.Channel;
import io.memberday.simulation.Broken.Promise;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks on while the account's money for the month's SMS is spent: from the answer to a report of
 * it until an operator lets the channel go on, none is handed to the provider.
 */
final class Halting {
    /** A look at a stop holds for a second, and the call after it may be slow. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Stage stage;
    private final List<String> ends = new ArrayList<>();
    private Instant liftedAt = Instant.EPOCH;
    private Optional<Duration> haltedAt = Optional.empty();

    Halting(Stage stage) {
        this.stage = stage;
    }

    /** What was seen. */
    List<String> ends() {
        return ends;
    }

    /**
     * A report of a message that was dropped was answered.
     *
     * @param taken when the provider had taken it
     */
    void reported(Instant taken) {
        if (taken.isAfter(liftedAt)) {
            haltedAt = haltedAt.or(() -> Optional.of(stage.elapsed()));
        }
    }

    /** The provider takes a message. */
    void taken(Channel channel) {
        boolean halted =
                haltedAt.filter(at -> stage.elapsed().compareTo(at.plus(GRACE)) > 0).isPresent();
        Promises.require(
                channel != Channel.SMS || !halted,
                Promise.HALTED,
                () -> "an SMS went though the money is spent, and the report of it was answered");
    }

    Wire.Look stopping(Instant taken) {
        return answer -> {
            if (Boolean.TRUE.equals(answer)) {
                ends.add("halted");
                Promises.require(
                        taken.isAfter(liftedAt),
                        Promise.HALTED,
                        () -> "stopped by what was taken before it was let go on");
            }
        };
    }

    Wire.Look lifting(Instant now) {
        return answer -> {
            if (Boolean.TRUE.equals(answer)) {
                ends.add("resumed");
                lifted(now);
            }
        };
    }

    /** SMS may go on. */
    void lifted(Instant now) {
        liftedAt = now;
        haltedAt = Optional.empty();
    }
}
