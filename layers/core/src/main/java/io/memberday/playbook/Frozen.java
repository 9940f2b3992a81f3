package io.memberday.playbook;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.TierLadder;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.Templates;
import io.memberday.segment.Vantage;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything that one run needs, as it was when the run was planned: a playbook that is deployed
 * while the run sends changes nothing about it. It lies in a row beside the run's, which holds 400
 * KB.
 *
 * @param store the shop and its policies
 * @param ladder its tiers
 * @param benefits what each tier enjoys
 * @param campaign with segment and offers
 * @param templates those that the campaign sends, in every language
 */
public record Frozen(
        Store store, TierLadder ladder, Benefits benefits, Campaign campaign, Templates templates) {

    /** A campaign as the playbook has it now. */
    public static Frozen of(Playbook playbook, Campaign campaign) {
        Store store = playbook.store();
        return new Frozen(
                store,
                playbook.ladder(),
                playbook.benefits(),
                campaign,
                new CompiledTemplates(
                        store.language(),
                        playbook.templates().all().stream()
                                .filter(template -> sends(campaign, template))
                                .toList()));
    }

    private static boolean sends(Campaign campaign, Templates.Template template) {
        return campaign.allSends().contains(new Campaign.Send(template.channel(), template.id()));
    }

    /** Whether another sends the same to the same: whenever, and with whatever the store says. */
    public boolean sends(Frozen other) {
        return comparable().equals(other.comparable());
    }

    private Map<String, Object> comparable() {
        Map<String, Object> object = new LinkedHashMap<>(CampaignFormat.write(campaign));
        object.remove("schedules");
        object.put("templates", templates.compiled());
        return object;
    }

    /** The text of that row. */
    public String json() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("store", StoreFormat.write(store));
        object.put("ladder", StoreFormat.write(ladder));
        object.put("benefits", StoreFormat.write(benefits));
        object.put("campaign", CampaignFormat.write(campaign));
        object.put("templates", templates.compiled());
        return Json.write(object);
    }

    /**
     * Reads {@link #json}.
     *
     * @throws io.memberday.json.BadInput if it is something else
     */
    public static Frozen read(String json) {
        Fields fields = Json.read(json);
        Store store = StoreFormat.read(fields.object("store"));
        return new Frozen(
                store,
                StoreFormat.ladder(fields.object("ladder")),
                StoreFormat.benefits(fields.object("benefits")),
                CampaignFormat.read(fields.object("campaign")),
                CompiledTemplates.read(store.language(), fields.objects("templates")));
    }

    /** From where the run's segment looks at a member at a time. */
    public Vantage vantage(Instant now) {
        return new Vantage(now, store.zone(), ladder, store.stages(), store.currency());
    }

    /** What follows an SMS text of the run in a template's language. */
    public Templates.SmsEnding ending(String language) {
        return campaign.ending(store, language);
    }
}
