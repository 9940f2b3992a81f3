package io.memberday.local.shop;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Says what goes on: a line per stage, with a bar that fills where a person watches a terminal, and
 * plain lines where nobody does.
 */
final class Console {
    private static final int WIDTH = 24;
    private static final long REDRAW_NANOS = 100_000_000;
    private static final String TITLE = "%-34s";

    private final PrintStream out;
    private final boolean terminal;

    /**
     * @param terminal whether lines may be written over
     */
    Console(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Begins a stage of so many steps; with 0, nobody knows how many. */
    Stage begin(String title, int steps) {
        return new Stage(title, steps);
    }

    /** A line of its own. */
    void say(String line) {
        out.println(line);
    }

    /** A count as people read it: {@code 12,345}. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** One stage on its way. Steps may be counted by many threads. */
    final class Stage {
        private final String title;
        private final int steps;
        private final long begun = System.nanoTime();
        private final AtomicInteger done = new AtomicInteger();
        private long drawn;
        private boolean ended;

        private Stage(String title, int steps) {
            this.title = title;
            this.steps = steps;
            draw();
        }

        /** Counts one step; one that comes after the end is not shown. */
        void step() {
            done.incrementAndGet();
            draw();
        }

        /** Ends the stage with what came of it. */
        synchronized void end(String outcome) {
            ended = true;
            if (terminal) {
                out.print("\r\u001b[K");
            }
            out.printf(
                    Locale.ROOT,
                    "  ✓ " + TITLE + " %s  (%.1f s)%n",
                    title,
                    outcome,
                    (System.nanoTime() - begun) / 1e9);
        }

        private synchronized void draw() {
            long now = System.nanoTime();
            if (!terminal || ended || (now - drawn < REDRAW_NANOS && done.get() < steps)) {
                return;
            }
            drawn = now;
            if (steps == 0) {
                out.printf("\r    " + TITLE + " …", title);
            } else {
                int filled = (int) ((long) WIDTH * Math.min(done.get(), steps) / steps);
                out.printf(
                        "\r    " + TITLE + " %s%s %s/%s",
                        title,
                        "█".repeat(filled),
                        "░".repeat(WIDTH - filled),
                        count(done.get()),
                        count(steps));
            }
            out.flush();
        }
    }
}
