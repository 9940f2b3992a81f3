package io.memberday.compiler;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects everything that is wrong, so that it is reported at once. */
final class Mistakes {
    private final List<Mistake> found = new ArrayList<>();

    void error(Node.Place at, String field, String value, String mend) {
        found.add(new Mistake(at.file(), at.line(), field, value, mend, false));
    }

    void warning(Node.Place at, String field, String value, String mend) {
        found.add(new Mistake(at.file(), at.line(), field, value, mend, true));
    }

    boolean anyError() {
        return found.stream().anyMatch(mistake -> !mistake.warning());
    }

    /** By file and line. */
    List<Mistake> all() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(Mistake::file).thenComparing(Mistake::line))
                .toList();
    }
}
