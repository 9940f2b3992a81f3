package io.memberday.order;

import java.util.Comparator;

/**
 * One line of an order.
 *
 * @param product the shop's id of the article
 * @param title as the buyer reads it; may be empty
 * @param quantity at least 1
 * @param minor what the line costs in all, minor units
 * @param category of the article, as the shop names it; may be empty
 */
public record Line(String product, String title, int quantity, long minor, String category)
        implements Comparable<Line> {
    private static final Comparator<Line> ORDER =
            Comparator.comparing(Line::product)
                    .thenComparing(Line::title)
                    .thenComparing(Line::quantity)
                    .thenComparing(Line::minor)
                    .thenComparing(Line::category);

    @Override
    public int compareTo(Line other) {
        return ORDER.compare(this, other);
    }
}
