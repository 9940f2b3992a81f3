package io.memberday.campaign;

import io.memberday.playbook.Variant;

import java.util.List;

/**
 * Which variant of a campaign a member gets (R64), by a hash of campaign and member: the same at
 * every run, independent of who is held out and of other campaigns' variants.
 *
 * @param campaign id
 * @param variants weights sum up to a hundred; there may be none
 */
public record Split(String campaign, List<Variant> variants) {
    /** The variant of a campaign that has none. */
    public static final String NONE = "";

    public Split {
        variants = List.copyOf(variants);
        int sum = variants.stream().mapToInt(Variant::weight).sum();
        if (!variants.isEmpty() && sum != Share.HUNDRED) {
            throw new IllegalArgumentException("weights sum up to 100, not " + sum);
        }
    }

    /** The member's variant; {@link #NONE} if there are no variants. */
    public String of(String memberId) {
        if (variants.isEmpty()) {
            return NONE;
        }
        int left = Share.of(campaign + "#variant#" + memberId);
        int at = 0;
        while (left >= variants.get(at).weight()) {
            left -= variants.get(at).weight();
            at++;
        }
        return variants.get(at).id();
    }
}
