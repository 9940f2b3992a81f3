package io.memberday.compiler;

import io.memberday.campaign.RunMessage;
import io.memberday.compiler.Node.Place;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Tier;
import io.memberday.member.TierLadder;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.MemberVariables;
import io.memberday.message.Pieces;
import io.memberday.message.SmsParts;
import io.memberday.message.Templates;
import io.memberday.message.Templates.SmsEnding;
import io.memberday.message.Templates.Template;
import io.memberday.playbook.Benefits;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Coupon;
import io.memberday.playbook.Offer;
import io.memberday.playbook.Store;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Variant;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Checks what campaigns and touchpoints send: templates, variables, SMS parts. */
final class MessageChecks {
    /** SNS refuses an SMS of more than 1,600 bytes; so long a text is a mistake anyway. */
    private static final int MOST_PARTS = 10;

    private final Mistakes mistakes;
    private final Store store;
    private final TierLadder ladder;
    private final Benefits benefits;
    private final Map<Place, Template> files;
    private final Templates templates;
    private final PromiseChecks promises;
    private final Set<Template> used = new HashSet<>();
    private final List<MessagePreview> previews = new ArrayList<>();

    MessageChecks(
            Mistakes mistakes,
            Store store,
            TierLadder ladder,
            Benefits benefits,
            Map<Place, Template> files) {
        this.mistakes = mistakes;
        this.store = store;
        this.ladder = ladder;
        this.benefits = benefits;
        this.files = files;
        this.templates = new CompiledTemplates(store.language(), files.values());
        this.promises = new PromiseChecks(mistakes, store);
    }

    List<MessagePreview> previews() {
        return List.copyOf(previews);
    }

    void campaign(CampaignReader.Read read) {
        Campaign campaign = read.campaign();
        if (read.variants().isEmpty()) {
            campaign(read.section(), campaign, campaign.key());
        }
        read.variants()
                .forEach(
                        (variant, section) -> {
                            String name = campaign.key() + ", variant " + variant.id();
                            campaign(section, campaign.as(variant), name);
                            if (!variant.offer().isEmpty() && !showsOffer(variant)) {
                                section.error(
                                        "offer",
                                        "nobody sees it: none of its templates shows {{offer}}");
                            }
                        });
    }

    private boolean showsOffer(Variant variant) {
        return files.values().stream()
                .filter(
                        template ->
                                variant.send()
                                        .contains(
                                                new Campaign.Send(
                                                        template.channel(), template.id())))
                .anyMatch(template -> template.variables().contains(RunMessage.OFFER));
    }

    /**
     * @param campaign as those get it who are meant
     * @param name under which its texts are printed
     */
    private void campaign(Section section, Campaign campaign, String name) {
        for (Campaign.Send send : campaign.send()) {
            List<Template> found = find(section, send);
            CouponReader.check(
                    section,
                    CouponReader.ISSUES,
                    campaign.issues(),
                    campaign.key(),
                    found,
                    mistakes,
                    this::place);
            for (Template template : found) {
                allowed(
                        template,
                        Variables.without(Variables.SERVICE, Variables.ORDERS),
                        "is known in touchpoints only, not in " + campaign.key());
                if (campaign.over().isEmpty()) {
                    allowed(
                            template,
                            Variables.ORDERS,
                            "is known in touchpoints and campaigns over: orders only, not in "
                                    + campaign.key());
                }
                if (campaign.offers().stream().allMatch(offer -> offer.text().isEmpty())) {
                    allowed(
                            template,
                            Set.of(RunMessage.OFFER),
                            campaign.key() + " has no offers: add offers to it");
                }
                promises.check(section, campaign, place(template), template);
                if (send.channel() == Channel.EMAIL) {
                    unsubscribe(template, campaign.kind());
                } else {
                    allowed(
                            template,
                            Set.of(RunMessage.UNSUBSCRIBE),
                            "is for emails: an SMS is refused by its opt-out words");
                    parts(campaign, name, template);
                }
            }
        }
    }

    void touchpoint(Section section, Touchpoint touchpoint) {
        for (Campaign.Send send : touchpoint.allSends()) {
            List<Template> found = find(section, send);
            CouponReader.check(
                    section,
                    touchpoint.reminds().isPresent() ? CouponReader.REMINDS : CouponReader.ISSUES,
                    touchpoint.coupon(),
                    touchpoint.id(),
                    found,
                    mistakes,
                    this::place);
            for (Template template : found) {
                boolean refusable =
                        touchpoint.kind() == Kind.MARKETING && send.channel() == Channel.EMAIL;
                allowed(
                        template,
                        refusable
                                ? Variables.without(
                                        Variables.CAMPAIGN, Set.of(RunMessage.UNSUBSCRIBE))
                                : Variables.CAMPAIGN,
                        "is known in campaigns only, not in " + touchpoint.id());
                if (send.channel() == Channel.EMAIL) {
                    unsubscribe(template, touchpoint.kind());
                }
                allowed(
                        template,
                        Variables.without(Variables.ORDERS, Variables.SERVICE),
                        "is known in campaigns over: orders only, not in " + touchpoint.id());
                if (send.channel() == Channel.SMS) {
                    SmsEnding ending = store.ending(touchpoint.kind(), template.language());
                    preview(
                            touchpoint.id(),
                            template,
                            Optional.empty(),
                            touchpoint.coupon(),
                            ending,
                            ending.optOut());
                }
            }
        }
    }

    /** A template that nothing sends is likely a misspelt name. */
    void unused() {
        files.forEach(
                (place, template) -> {
                    if (!used.contains(template)) {
                        mistakes.warning(place, "", "", "no campaign or touchpoint sends it");
                    }
                });
    }

    private List<Template> find(Section section, Campaign.Send send) {
        String field = "send";
        if (!store.channels().containsKey(send.channel())) {
            section.error(field, "the store has no channel " + send.channel().key());
        }
        List<Template> found =
                files.values().stream()
                        .filter(template -> template.channel() == send.channel())
                        .filter(template -> template.id().equals(send.template()))
                        .toList();
        used.addAll(found);
        if (templates.find(send.channel(), send.template(), store.language()).isEmpty()) {
            String suffix = send.channel() == Channel.SMS ? ".sms.txt" : ".email.html";
            section.error(
                    field, "unknown template: there is no templates/" + send.template() + suffix);
        }
        return found;
    }

    private void allowed(Template template, Set<String> forbidden, String mend) {
        for (String name : template.variables()) {
            if (forbidden.contains(name)) {
                mistakes.error(place(template), "{{" + name + "}}", "", mend);
            }
        }
    }

    private void unsubscribe(Template template, Kind kind) {
        if (kind == Kind.MARKETING && !template.variables().contains(RunMessage.UNSUBSCRIBE)) {
            mistakes.error(
                    place(template),
                    "{{unsubscribe}}",
                    "",
                    "is missing: a marketing email must offer its one-click refusal, such as <a"
                            + " href=\"{{unsubscribe}}\">");
        }
    }

    private void parts(Campaign campaign, String name, Template template) {
        SmsEnding ending = campaign.ending(store, template.language());
        String wordsOf = store.ending(campaign.kind(), template.language()).optOut();
        MessagePreview longest =
                offers(campaign)
                        .map(
                                offer ->
                                        preview(
                                                named(name, offer),
                                                template,
                                                offer,
                                                campaign.issues(),
                                                ending,
                                                wordsOf))
                        .max(Comparator.comparingInt(MessagePreview::characters))
                        .orElseThrow();
        if (longest.parts() > longest.partsWithoutOptOut()) {
            mistakes.warning(
                    place(template),
                    "",
                    "",
                    "the opt-out words spill it into %d parts instead of %d (%s): shorten it by %d"
                            .formatted(
                                    longest.parts(),
                                    longest.partsWithoutOptOut(),
                                    longest.sender(),
                                    longest.over()));
        }
    }

    /** Each that there is; nothing, once, where there is none. */
    private static Stream<Optional<Offer>> offers(Campaign campaign) {
        return campaign.offers().isEmpty()
                ? Stream.of(Optional.empty())
                : campaign.offers().stream().map(Optional::of);
    }

    private static String named(String name, Optional<Offer> offer) {
        return name + offer.map(known -> ", " + known.id()).orElse("");
    }

    private MessagePreview preview(
            String sender,
            Template template,
            Optional<Offer> offer,
            Optional<Coupon> issues,
            SmsEnding ending,
            String optOut) {
        Map<String, String> values = typical(template, offer);
        issues.ifPresent(
                coupon -> values.putAll(Variables.sample(coupon, store, template.language())));
        String text = template.render(values, ending).text();
        MessagePreview preview =
                new MessagePreview(
                        sender,
                        template.id(),
                        template.language(),
                        text,
                        SmsParts.of(text),
                        parts(template, values, "", ending.signature()),
                        parts(template, values, optOut, ending.signature()));
        previews.add(preview);
        if (preview.parts() > MOST_PARTS) {
            mistakes.error(
                    place(template),
                    "",
                    "",
                    "is %d SMS parts long: shorten it to %d"
                            .formatted(preview.parts(), MOST_PARTS));
        }
        return preview;
    }

    private static SmsParts parts(
            Template template, Map<String, String> values, String optOut, String signature) {
        return SmsParts.of(template.render(values, new SmsEnding(optOut, signature)).text());
    }

    private Map<String, String> typical(Template template, Optional<Offer> offer) {
        Tier top =
                ladder.tiers().stream()
                        .max(
                                Comparator.comparingInt(
                                        tier ->
                                                tier.name().length()
                                                        + benefits.text(
                                                                        store,
                                                                        tier.id(),
                                                                        template.language())
                                                                .length()))
                        .orElseThrow();
        Map<String, String> values =
                Variables.typical(template.language(), store.name(), top.name());
        values.put(RunMessage.BENEFIT, benefits.text(store, top.id(), template.language()));
        values.put(MemberVariables.STORE, store.name());
        offer.ifPresent(known -> values.putAll(Variables.longest(known, store)));
        values.put(
                RunMessage.OFFER,
                offer.flatMap(known -> store.inLanguage(known.text(), template.language()))
                        .map(text -> filled(text, values))
                        .orElse(""));
        return values;
    }

    /** A text that cannot be read stands as it is; that is noted already. */
    private static String filled(String text, Map<String, String> values) {
        try {
            return Pieces.parse(text).fill(values, UnaryOperator.identity());
        } catch (IllegalArgumentException noted) {
            return text;
        }
    }

    private Place place(Template template) {
        return files.entrySet().stream()
                .filter(entry -> entry.getValue().equals(template))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
