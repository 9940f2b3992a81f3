package io.memberday.local.row;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What a row tells, line by line, and which of its claims did not hold. */
final class Report {
    private final Consumer<String> out;
    private final List<String> failed = new ArrayList<>();

    /**
     * @param out takes each line
     */
    Report(Consumer<String> out) {
        this.out = out;
    }

    /** Begins a row: nothing has failed. */
    void begin() {
        failed.clear();
    }

    /** What did not hold. */
    List<String> failed() {
        return List.copyOf(failed);
    }

    /** A line, by what kind of thing it tells. */
    void line(String what, String words) {
        out.accept("    %-8s %s".formatted(what, words));
    }

    /** Whether something holds; said if it does not. */
    void check(boolean holds, String claim, Object seen) {
        if (!holds) {
            failed.add("%s (seen: %s)".formatted(claim, seen));
            line("✗", failed.getLast());
        }
    }
}
