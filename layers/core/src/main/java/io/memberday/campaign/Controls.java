package io.memberday.campaign;

import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;

import java.util.Optional;

/**
 * The groups to whom a run says nothing so that its effect can be measured (R62): the campaign's
 * own, and the store's, which gets no marketing at all and shows over months what all campaigns
 * together bring. Which of them a member is in follows from hashes that know nothing of each other.
 *
 * @param everyCampaign the store's; empty for a campaign that it gets all the same, {@link
 *     Campaign#isOwed}
 * @param campaign the campaign's own
 */
public record Controls(Holdout everyCampaign, Holdout campaign) {
    /** The reason of members of the store's group. */
    public static final String GLOBAL = "global-holdout";

    /** The reason of members of the campaign's own group. */
    public static final String HELD_OUT = "held-out";

    /** Those of a run. */
    public static Controls of(Frozen frozen) {
        Campaign campaign = frozen.campaign();
        int everywhere = campaign.isOwed() ? 0 : frozen.store().measuring().globalHoldoutPercent();
        return new Controls(
                new Holdout(Holdout.EVERY, everywhere),
                new Holdout(campaign.id(), campaign.holdoutPercent()));
    }

    /**
     * Which group the member is in, {@link #GLOBAL} before {@link #HELD_OUT}; nothing if in none.
     */
    public Optional<String> group(String memberId) {
        if (everyCampaign.holds(memberId)) {
            return Optional.of(GLOBAL);
        }
        return campaign.holds(memberId) ? Optional.of(HELD_OUT) : Optional.empty();
    }
}
