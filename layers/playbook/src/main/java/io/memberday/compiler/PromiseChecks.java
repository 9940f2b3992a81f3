package io.memberday.compiler;

import io.memberday.campaign.OwnFigures;
import io.memberday.compiler.Node.Place;
import io.memberday.member.Kind;
import io.memberday.message.EmailTemplate;
import io.memberday.message.Pieces;
import io.memberday.message.SmsTemplate;
import io.memberday.message.Templates.Template;
import io.memberday.money.Money;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.FreeShipping;
import io.memberday.playbook.Offer;
import io.memberday.playbook.Store;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks that a text has what it promises behind it: figures that the offer knows, and for free
 * shipping the amount from which it holds, as it goes only to those whom it suits (R34).
 */
final class PromiseChecks {
    private static final Pattern FREE_SHIPPING =
            Pattern.compile(
                    "包邮|免邮|免运费|免郵|免運費|(?:free|no) (?:shipping|delivery|postage)|ships? free",
                    Pattern.CASE_INSENSITIVE);

    private final Mistakes mistakes;
    private final Store store;

    PromiseChecks(Mistakes mistakes, Store store) {
        this.mistakes = mistakes;
        this.store = store;
    }

    void check(Section section, Campaign campaign, Place file, Template template) {
        figures(campaign, file, template);
        if (campaign.kind() != Kind.MARKETING) {
            return;
        }
        String words = words(template);
        if (FREE_SHIPPING.matcher(words).find() && campaign.offers().isEmpty()) {
            mistakes.error(
                    file,
                    "",
                    "",
                    "promises free shipping, and %s has no offer that says from which amount: add offers: { id: postage, freeShipping: { over: \"80.00 %s\" } }"
                            .formatted(campaign.key(), store.currency()));
        }
        for (Offer offer : campaign.offers()) {
            amount(words, offer)
                    .ifPresent(mend -> mistakes.error(file, "", "", offer.id() + ": " + mend));
            // An offer that no template shows promises nothing, but will be shown some day.
            offer.text()
                    .forEach(
                            (language, text) ->
                                    amount(text, offer)
                                            .ifPresent(
                                                    mend ->
                                                            section.error(
                                                                    "offers",
                                                                    "%s, %s: %s"
                                                                            .formatted(
                                                                                    offer.id(),
                                                                                    language,
                                                                                    mend))));
        }
    }

    private void figures(Campaign campaign, Place file, Template template) {
        Set<String> names = template.variables();
        if (campaign.offers().isEmpty()) {
            OfferReader.lacking(names, Optional.empty(), Optional.empty())
                    .forEach(mend -> mistakes.error(file, "", "", campaign.key() + ": " + mend));
        }
        for (Offer offer : campaign.offers()) {
            OfferReader.lacking(names, offer.sizing(), offer.freeShipping())
                    .forEach(mend -> mistakes.error(file, "", "", offer.id() + ": " + mend));
        }
    }

    /** What is wrong with a promise of free shipping, if there is one and something is. */
    private Optional<String> amount(String text, Offer offer) {
        if (!FREE_SHIPPING.matcher(text).find()) {
            return Optional.empty();
        }
        if (offer.freeShipping().isEmpty()) {
            return Optional.of(
                    "promises free shipping, but not from which amount: add freeShipping: { over: \"80.00 %s\" }, so that it goes to nobody whom it would only annoy"
                            .formatted(store.currency()));
        }
        FreeShipping promise = offer.freeShipping().get();
        String over = new Money(promise.overMinor(), store.currency()).brief();
        boolean said =
                promise.overMinor() == 0
                        || text.contains("{{" + OwnFigures.FREE_SHIPPING)
                        || Pattern.compile("(?<![\\d.])" + Pattern.quote(over) + "(?!\\.?\\d)")
                                .matcher(text)
                                .find();
        return said
                ? Optional.empty()
                : Optional.of(
                        "promises free shipping from another amount than the offer's freeShipping, %s: write {{freeShipping}}"
                                .formatted(over));
    }

    /** The text with its variables as they are written. */
    private static String words(Template template) {
        Pieces text =
                switch (template) {
                    case SmsTemplate sms -> sms.text();
                    case EmailTemplate email -> email.text();
                };
        return text.pieces().stream()
                .map(
                        piece ->
                                switch (piece) {
                                    case Pieces.Piece.Literal literal -> literal.text();
                                    case Pieces.Piece.Slot slot ->
                                            "{{" + slot.name() + "}}" + slot.otherwise();
                                })
                .collect(Collectors.joining());
    }
}
