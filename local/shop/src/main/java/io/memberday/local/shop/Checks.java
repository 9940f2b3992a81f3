package io.memberday.local.shop;

import java.util.ArrayList;
import java.util.List;

/** What must hold after each stage. A check that does not hold is said at once and at the end. */
final class Checks {
    private final Console console;
    private final List<String> failed = new ArrayList<>();
    private int held;

    Checks(Console console) {
        this.console = console;
    }

    /**
     * Says whether something holds.
     *
     * @param claim what should be so
     * @param seen what is so, for the reader of a failure
     */
    void that(boolean holds, String claim, Object seen) {
        if (holds) {
            held++;
            return;
        }
        failed.add(claim + " (seen: " + seen + ")");
        console.say("  ✗ CHECK FAILED: " + failed.getLast());
    }

    /** Whether two figures are the same. */
    void same(Object expected, Object seen, String claim) {
        that(
                String.valueOf(expected).equals(String.valueOf(seen)),
                claim,
                seen + ", not " + expected);
    }

    int held() {
        return held;
    }

    List<String> failed() {
        return List.copyOf(failed);
    }
}
