package io.memberday.plan;

import io.memberday.campaign.RunMessage;
import io.memberday.campaign.RunPlan;
import io.memberday.campaign.Split;
import io.memberday.json.BadInput;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Store;
import io.memberday.playbook.Variant;
import io.memberday.segment.Segments;

import java.util.Optional;

/**
 * A run that is to be planned.
 *
 * @param frozen what it is to be frozen with
 * @param flaw why it must not be sent as it is written, if so
 */
record Draft(RunPlan plan, Frozen frozen, Optional<BadInput> flaw) {

    static Draft of(Playbook playbook, RunPlan plan) {
        Frozen frozen = Frozen.of(playbook, plan.campaign());
        try {
            check(plan, frozen, playbook.store());
            return new Draft(plan, frozen, Optional.empty());
        } catch (BadInput flaw) {
            return new Draft(plan, frozen, Optional.of(flaw));
        }
    }

    boolean sendable() {
        return flaw.isEmpty();
    }

    Campaign campaign() {
        return plan.campaign();
    }

    /** A page, and for each channel, variant and time a batch that is not full. */
    int rows() {
        return 1
                + campaign().send().size()
                        * Math.max(1, campaign().variants().size())
                        * (1 + campaign().times().others().size());
    }

    private static void check(RunPlan plan, Frozen frozen, Store store) {
        Campaign campaign = plan.campaign();
        RunMessage message = new RunMessage(frozen, plan.date(), plan.at());
        for (Campaign.Send send : campaign.send()) {
            check(campaign, message, Split.NONE, send, store);
        }
        for (Variant variant : campaign.variants()) {
            for (Campaign.Send send : variant.send()) {
                check(campaign, message, variant.id(), send, store);
            }
        }
        if (!Segments.answerable(campaign.segment(), plan.date(), store.horizon())) {
            throw new BadInput(
                    "campaign",
                    campaign.key(),
                    "asks on %s for single purchases longer ago than the store keeps (%d days)"
                            .formatted(plan.date(), store.horizon().toDays()));
        }
    }

    private static void check(
            Campaign campaign,
            RunMessage message,
            String variant,
            Campaign.Send send,
            Store store) {
        Optional<?> template = message.template(variant, send.channel(), store.language());
        if (template.isEmpty() || !store.channels().containsKey(send.channel())) {
            throw new BadInput(
                    "campaign",
                    campaign.key(),
                    "cannot be sent by %s: give the store that channel, and template %s in %s"
                            .formatted(send.channel().key(), send.template(), store.language()));
        }
    }
}
