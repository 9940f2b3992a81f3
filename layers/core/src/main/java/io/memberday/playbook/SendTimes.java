package io.memberday.playbook;

import io.memberday.segment.Segment;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;

/**
 * When on a run's day its members are written to (R36).
 *
 * @param window how long after its time a message may still go
 * @param local whether times are read on the member's own clock, where their zone is known, and not
 *     on the store's
 * @param others segments with a time of their own; the first that a member is in holds
 * @param drops whether what falls into the quiet hours is dropped, and does not wait until they end
 *     (R53)
 */
public record SendTimes(Duration window, boolean local, List<Other> others, boolean drops) {

    /**
     * A segment's own time.
     *
     * @param segment whose
     * @param daysBefore the run's date
     * @param at on that day
     * @param window how long after it
     */
    public record Other(Segment segment, int daysBefore, LocalTime at, Duration window) {}

    public SendTimes {
        others = List.copyOf(others);
    }

    /** What falls into the quiet hours waits. */
    public SendTimes(Duration window, boolean local, List<Other> others) {
        this(window, local, others, false);
    }

    /** At the run's time for everybody, and for so long after it. */
    public static SendTimes within(Duration window) {
        return new SendTimes(window, false, List.of());
    }
}
