package io.memberday.campaign;

/**
 * A control group (R62): who is held out of a campaign gets nothing of any of its runs, so that
 * buyers among the others can be compared with buyers among them. Who it is follows from the hash
 * of campaign and member alone: the same at every run, another for every campaign.
 *
 * @param campaign id, or {@link #EVERY}
 * @param percent of the members, 0 to 100
 */
public record Holdout(String campaign, int percent) {
    /** Stands for all campaigns together; no campaign can be called so. */
    public static final String EVERY = "*";

    public Holdout {
        if (percent < 0 || percent > Share.HUNDRED) {
            throw new IllegalArgumentException("a holdout is 0 to 100 percent, not " + percent);
        }
    }

    /** Whether the member is in the control group. */
    public boolean holds(String memberId) {
        return percent > 0 && Share.of(campaign + "#" + memberId) < percent;
    }
}
