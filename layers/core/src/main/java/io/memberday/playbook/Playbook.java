package io.memberday.playbook;

import io.memberday.json.BadInput;
import io.memberday.json.Nearest;
import io.memberday.member.TierLadder;
import io.memberday.message.Templates;
import io.memberday.segment.Segment;
import io.memberday.segment.Vantage;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One shop's configuration, compiled: loads without a YAML, CEL or template parser.
 *
 * @param store the shop itself
 * @param ladder its tiers
 * @param segments by name
 * @param campaigns all of the year; each wave of a promotion is one
 * @param touchpoints along the purchase
 * @param benefits what each tier enjoys
 * @param templates by id and language
 */
public record Playbook(
        Store store,
        TierLadder ladder,
        Map<String, Segment> segments,
        List<Campaign> campaigns,
        List<Touchpoint> touchpoints,
        Benefits benefits,
        Templates templates) {

    /** A shop whose tiers enjoy nothing but their discount. */
    public Playbook(
            Store store,
            TierLadder ladder,
            Map<String, Segment> segments,
            List<Campaign> campaigns,
            List<Touchpoint> touchpoints,
            Templates templates) {
        this(store, ladder, segments, campaigns, touchpoints, Benefits.NONE, templates);
    }

    /** A campaign, or one wave of it, by its {@link Campaign#key}. */
    public Optional<Campaign> campaign(String key) {
        return campaigns.stream().filter(campaign -> campaign.key().equals(key)).findFirst();
    }

    /**
     * The campaign that a request names.
     *
     * @throws BadInput if there is none: with the key that was most likely meant
     */
    public Campaign named(String key) {
        return campaign(key)
                .orElseThrow(
                        () ->
                                new BadInput(
                                        "campaign",
                                        key,
                                        "is not in the playbook; "
                                                + Nearest.mend(
                                                        key,
                                                        campaigns.stream()
                                                                .map(Campaign::key)
                                                                .toList())));
    }

    public Optional<Touchpoint> touchpoint(String id) {
        return touchpoints.stream().filter(touchpoint -> touchpoint.id().equals(id)).findFirst();
    }

    /** From where this shop's expressions look at a member at a time. */
    public Vantage vantage(Instant now) {
        return new Vantage(now, store.zone(), ladder, store.stages(), store.currency());
    }
}
