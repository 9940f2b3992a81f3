package io.memberday.simulation;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;

/** The last calls of a world, for whoever replays it; one that is not kept costs nothing. */
final class Trace {
    private static final int LAST = 400;

    private final boolean kept;
    private final Clock clock;
    private final Deque<String> lines = new ArrayDeque<>();

    Trace(boolean kept, Clock clock) {
        this.kept = kept;
        this.clock = clock;
    }

    void add(String who, String what) {
        if (!kept) {
            return;
        }
        lines.add(clock.instant() + "  " + who + "  " + what);
        if (lines.size() > LAST) {
            lines.removeFirst();
        }
    }

    boolean kept() {
        return kept;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
