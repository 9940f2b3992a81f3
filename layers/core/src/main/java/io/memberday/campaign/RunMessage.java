package io.memberday.campaign;

import io.memberday.benefit.CouponText;
import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.message.MemberVariables;
import io.memberday.message.Pieces;
import io.memberday.message.Templates;
import io.memberday.message.Worded;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Coupon;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Offer;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The message of one run, worded for a member: the same in the preview, when its cost is set aside,
 * and when it is sent.
 */
public final class RunMessage {
    /** The text of the offer that holds on the run's date. */
    public static final String OFFER = "offer";

    /** What the member's tier enjoys. */
    public static final String BENEFIT = "benefit";

    /** An email's one-click link; it costs nothing and may be left out where nothing is sent. */
    public static final String UNSUBSCRIBE = "unsubscribe";

    private final Frozen frozen;
    private final Map<String, Wording> wordings = new HashMap<>();
    private final boolean ownFigures;
    private final Instant at;

    /**
     * What those read who get one variant.
     *
     * @param campaign as they get it
     * @param offer of the run's date
     * @param offerTexts its texts by language
     */
    private record Wording(
            Campaign campaign, Optional<Offer> offer, Map<String, Pieces> offerTexts) {
        private Wording(Campaign campaign, LocalDate date) {
            this(campaign, campaign.offer(date), texts(campaign.offer(date)));
        }

        private static Map<String, Pieces> texts(Optional<Offer> offer) {
            Map<String, Pieces> texts = new HashMap<>();
            offer.ifPresent(
                    known ->
                            known.text()
                                    .forEach(
                                            (language, text) ->
                                                    texts.put(language, Pieces.parse(text))));
            return texts;
        }
    }

    /**
     * @param frozen with the run
     * @param date of the run
     * @param at of the run: the text shows the member's tier as of then
     */
    public RunMessage(Frozen frozen, LocalDate date, Instant at) {
        this.frozen = frozen;
        this.at = at;
        Campaign campaign = frozen.campaign();
        wordings.put(Split.NONE, new Wording(campaign, date));
        campaign.variants()
                .forEach(
                        variant ->
                                wordings.put(
                                        variant.id(), new Wording(campaign.as(variant), date)));
        // Most texts say nothing of them, and every member of a run is worded.
        ownFigures =
                Stream.concat(
                                frozen.templates().all().stream()
                                        .flatMap(template -> template.variables().stream()),
                                wordings.values().stream()
                                        .flatMap(wording -> wording.offerTexts().values().stream())
                                        .flatMap(text -> text.names().stream()))
                        .anyMatch(OwnFigures.NAMES::contains);
    }

    /**
     * Words the message for a member.
     *
     * @param variant that the member gets; {@link Split#NONE} if there are none
     * @param more further variables, such as {@link #UNSUBSCRIBE}
     * @throws IllegalStateException if the campaign has no template for the channel, or the store
     *     no price: planning refuses such a campaign
     */
    public Worded worded(Member member, String variant, Channel channel, Map<String, String> more) {
        return worded(member, variant, channel, more, Optional.empty());
    }

    /**
     * The same about orders.
     *
     * @param bought what it is about, if the campaign is over orders
     */
    public Worded worded(
            Member member,
            String variant,
            Channel channel,
            Map<String, String> more,
            Optional<Bought> bought) {
        Templates.Template template =
                template(variant, channel, MemberVariables.language(member, frozen.store()))
                        .orElseThrow(
                                () ->
                                        new IllegalStateException(
                                                "campaign %s has no template for %s"
                                                        .formatted(
                                                                frozen.campaign().id(),
                                                                channel.key())));
        Wording wording = wording(variant);
        Map<String, String> variables =
                new LinkedHashMap<>(
                        MemberVariables.of(member, frozen.store(), frozen.ladder(), at));
        variables.put(BENEFIT, benefit(member, template.language()));
        if (ownFigures) {
            OwnFigures.put(
                    member.purchases(), wording.offer(), frozen.store().currency(), variables);
        }
        variables.put(OFFER, offer(wording, template.language(), variables));
        bought.ifPresent(
                orders ->
                        variables.putAll(
                                orders.variables(frozen.store().currency(), template.language())));
        frozen.campaign()
                .issues()
                .ifPresent(
                        coupon ->
                                variables.putAll(
                                        CouponText.sample(
                                                coupon,
                                                worth(coupon, bought),
                                                at,
                                                frozen.store(),
                                                template.language())));
        variables.putAll(more);
        return Worded.of(frozen.store(), template, variables, frozen.ending(template.language()));
    }

    /** A variant's template of a channel in a language, or in the store's own. */
    public Optional<Templates.Template> template(String variant, Channel channel, String language) {
        return wording(variant).campaign().send().stream()
                .filter(send -> send.channel() == channel)
                .findFirst()
                .map(Campaign.Send::template)
                .flatMap(id -> frozen.templates().find(channel, id, language));
    }

    /** What a coupon of the campaign is worth to who is written to about some orders. */
    public static long worth(Coupon coupon, Optional<Bought> bought) {
        return coupon.isDifference() ? bought.map(Bought::worth).orElse(0L) : coupon.minor();
    }

    private String benefit(Member member, String language) {
        String tier = frozen.ladder().of(member.purchases(), at).id();
        return frozen.benefits().text(frozen.store(), tier, language);
    }

    /** A variant that the run does not have says what the campaign says. */
    private Wording wording(String variant) {
        return Objects.requireNonNull(wordings.getOrDefault(variant, wordings.get(Split.NONE)));
    }

    private String offer(Wording wording, String language, Map<String, String> variables) {
        return frozen.store()
                .inLanguage(wording.offerTexts(), language)
                .map(text -> text.fill(variables, UnaryOperator.identity()))
                .orElse("");
    }
}
