package io.memberday.order;

import java.time.Instant;
import java.util.Comparator;

/**
 * What the buyer thinks of an order, without the words: they stay at the platform (P8).
 *
 * @param id the platform's id of the review
 * @param stars {@value #WORST} to {@value #BEST}
 * @param at when, whole seconds
 */
public record Review(String id, int stars, Instant at) {
    public static final int WORST = 1;
    public static final int BEST = 5;

    /** The fewest stars of a good review. */
    private static final int GOOD = 4;

    private static final Comparator<Review> LATER =
            Comparator.comparing(Review::at)
                    .thenComparing(Review::stars, Comparator.reverseOrder())
                    .thenComparing(Review::id);

    public Review {
        at = Instant.ofEpochSecond(at.getEpochSecond());
    }

    /** Whether thanks are due; a middling or bad one is for a person to answer (R24). */
    public boolean good() {
        return stars >= GOOD;
    }

    /** The later of two; of one time the worse, so that a person looks at it. */
    public Review join(Review other) {
        return LATER.compare(this, other) >= 0 ? this : other;
    }
}
