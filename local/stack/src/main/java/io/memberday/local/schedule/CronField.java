package io.memberday.local.schedule;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;

/** One field of a cron expression: a number or name, a star, a range, a list, a step. */
final class CronField {
    private CronField() {}

    /**
     * The values that a field lists.
     *
     * @param names of the values from the least on; may be none
     * @throws IllegalArgumentException if the field is not one
     */
    static BitSet values(String field, int least, int most, List<String> names) {
        BitSet values = new BitSet();
        for (String part : field.split(",", -1)) {
            String[] step = part.split("/", 2);
            String[] range = step[0].split("-", 2);
            int first = range[0].equals("*") ? least : number(range[0], least, most, names);
            int last;
            if (range.length == 2) {
                last = number(range[1], least, most, names);
            } else {
                last = range[0].equals("*") || step.length == 2 ? most : first;
            }
            int by = step.length == 2 ? number(step[1], 1, most, List.of()) : 1;
            if (last < first) {
                throw new IllegalArgumentException("a range that ends before it begins: " + field);
            }
            for (int value = first; value <= last; value += by) {
                values.set(value);
            }
        }
        return values;
    }

    /** One value, as a number or by its name. */
    static int number(String text, int least, int most, List<String> names) {
        int named = names.indexOf(text.toUpperCase(Locale.ROOT));
        if (named >= 0) {
            return least + named;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("not a number in cron: " + text, e);
        }
        throw new IllegalArgumentException(
                "cron takes %d to %d here, not %s".formatted(least, most, text));
    }
}
