package io.memberday.ingest;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.member.Addresses;
import io.memberday.member.Attribute;
import io.memberday.member.Attributes;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Profile.Field;
import io.memberday.member.Tag;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the person of our own canonical JSON. */
final class CanonicalBuyers {
    private static final int MOST_TAGS = 20;
    private static final Pattern SETTER =
            Pattern.compile("(operator|file|rule|event)(:[A-Za-z0-9._-]{1,40})?");

    /** A text that is compared as a whole, and so refused where it is long, never cut. */
    private static final Pattern SHORT = Pattern.compile("\\P{Cc}{1,100}");

    /** Whole numbers that every sender's JSON keeps exact. */
    private static final long MOST_NUMBER = 9_007_199_254_740_991L;

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final Pattern GENDER = Pattern.compile("female|male|other");
    private static final Pattern BIRTHDAY =
            Pattern.compile("(\\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private final Addresses addresses;

    CanonicalBuyers(Store store) {
        this.addresses = new Addresses(store.country(), store.placeholders());
    }

    /**
     * The person of an event.
     *
     * @throws BadInput if it is not as the schema says
     */
    BuyerDraft read(Fields buyer, String shop, Instant at, Instant now) {
        Payload.only(
                buyer,
                Set.of(
                        "account",
                        "phone",
                        "email",
                        "name",
                        "language",
                        "gender",
                        "birthday",
                        "country",
                        "region",
                        "city",
                        "address",
                        "timezone",
                        "consents",
                        "tags",
                        "attributes"));
        BuyerDraft draft =
                new BuyerDraft(addresses, at)
                        .account(CanonicalOrders.SOURCE, shop, account(buyer))
                        .phone(buyer.optionalText("phone"))
                        .email(buyer.optionalText("email"), true)
                        .field(Field.NAME, buyer.optionalText("name"))
                        .field(Field.REGION, buyer.optionalText("region"))
                        .field(Field.CITY, buyer.optionalText("city"))
                        .field(Field.ADDRESS, buyer.optionalText("address"))
                        .field(
                                Field.LANGUAGE,
                                Payload.form(
                                        buyer, "language", LANGUAGE, "must be BCP 47, such as zh"))
                        .field(
                                Field.GENDER,
                                Payload.form(
                                        buyer, "gender", GENDER, "must be female, male or other"))
                        .field(
                                Field.BIRTHDAY,
                                Payload.form(
                                        buyer,
                                        "birthday",
                                        BIRTHDAY,
                                        "must be YYYY-MM-DD, or --MM-DD without the year"))
                        .field(
                                Field.COUNTRY,
                                Payload.form(
                                        buyer,
                                        "country",
                                        COUNTRY,
                                        "must be ISO 3166-1 alpha-2, such as CN"));
        draft.field(Field.TIMEZONE, timezone(buyer));
        for (Fields consent : buyer.objects("consents")) {
            Payload.only(consent, Set.of("channel", "kind", "granted", "explicit", "at"));
            draft.consent(
                    Payload.word(consent, "channel", Channel.class),
                    Payload.word(consent, "kind", Kind.class),
                    new Consent(
                            consent.optionalTruth("granted")
                                    .orElseThrow(
                                            () ->
                                                    consent.bad(
                                                            "granted",
                                                            "is required, true or false")),
                            consent.optionalTruth("explicit").orElse(true),
                            Payload.requiredTime(consent, "at", now)));
        }
        for (Fields tag : Payload.most(buyer, "tags", MOST_TAGS)) {
            Payload.only(tag, Set.of("name", "set", "by"));
            draft.tag(
                    tag.optionalText("name")
                            .filter(Tag::mayBeCalled)
                            .orElseThrow(() -> tag.bad("name", Tag.FORM)),
                    required(tag, "by", SETTER, "must be operator:…, file:…, rule:… or event:…"),
                    tag.optionalTruth("set").orElse(true));
        }
        buyer.optionalObject("attributes").ifPresent(stated -> attributes(stated, buyer, draft));
        return draft;
    }

    private static void attributes(Fields stated, Fields buyer, BuyerDraft draft) {
        if (stated.names().size() > Attributes.MOST) {
            throw buyer.bad(
                    "attributes", "must have %d entries at most".formatted(Attributes.MOST));
        }
        for (String name : stated.names()) {
            if (!Attribute.mayBeCalled(name)) {
                // The name is the value here: it may be anything, and so has no place in a log.
                throw new BadInput(
                        buyer.pathOf("attributes"),
                        name,
                        "must be called by a letter, then letters, digits or _, 40 at most, such"
                                + " as skinType");
            }
            draft.attribute(name, stated.raw(name).map(_ -> attribute(stated, name)));
        }
    }

    private static Attribute.Value attribute(Fields stated, String name) {
        return switch (stated.raw(name).orElseThrow()) {
            case String text when SHORT.matcher(text).matches() -> new Attribute.Text(text);
            case Integer number -> new Attribute.Whole(number);
            case Long number when number >= -MOST_NUMBER && number <= MOST_NUMBER ->
                    new Attribute.Whole(number);
            case Boolean truth -> new Attribute.Truth(truth);
            default ->
                    throw stated.bad(
                            name,
                            "must be a text of 1 to 100 characters on one line, a whole number up"
                                    + " to 9007199254740991, true or false; null takes it away");
        };
    }

    private static String required(Fields fields, String name, Pattern form, String mend) {
        return Payload.form(fields, name, form, mend)
                .orElseThrow(() -> fields.bad(name, "is required"));
    }

    private static Optional<String> timezone(Fields buyer) {
        Optional<String> zone = buyer.optionalText("timezone");
        if (zone.filter(id -> !ZoneId.getAvailableZoneIds().contains(id)).isPresent()) {
            throw buyer.bad("timezone", "must be an IANA time zone, such as Europe/Vienna");
        }
        return zone;
    }

    private static Optional<String> account(Fields buyer) {
        return buyer.has("account") ? Optional.of(Payload.key(buyer, "account")) : Optional.empty();
    }
}
