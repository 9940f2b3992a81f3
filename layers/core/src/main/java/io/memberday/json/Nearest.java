package io.memberday.json;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name that a misspelt one most likely means. */
public final class Nearest {
    private Nearest() {}

    /**
     * The nearest of the known names, if one letter and a quarter of its letters differ at most.
     */
    public static Optional<String> of(String wrong, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(wrong, name) <= 1 + name.length() / 4)
                .min(
                        Comparator.<String>comparingInt(name -> distance(wrong, name))
                                .thenComparing(Comparator.naturalOrder()));
    }

    /** The mend for a wrong name: the nearest known one, or all of them. */
    public static String mend(String wrong, Collection<String> known) {
        return of(wrong, known)
                .map(name -> "did you mean " + name + "?")
                .orElseGet(
                        () ->
                                known.isEmpty()
                                        ? "there is none to choose from"
                                        : "choose one of "
                                                + String.join(
                                                        ", ",
                                                        known.stream()
                                                                .filter(name -> !name.isEmpty())
                                                                .sorted()
                                                                .toList()));
    }

    // Levenshtein, case ignored: one row of the table at a time.
    private static int distance(String one, String two) {
        String left = one.toLowerCase(Locale.ROOT);
        String right = two.toLowerCase(Locale.ROOT);
        int[] row = new int[right.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.length()];
    }
}
