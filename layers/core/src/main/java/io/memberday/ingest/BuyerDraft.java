package io.memberday.ingest;

import io.memberday.member.Act;
import io.memberday.member.Addresses;
import io.memberday.member.Attribute;
import io.memberday.member.Attributes;
import io.memberday.member.Behaviour;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.member.Profile.Stated;
import io.memberday.member.Tag;
import io.memberday.member.Tags;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A {@link Buyer} being read from a payload. Not for sharing. */
final class BuyerDraft {
    /**
     * Longer values are cut: the member's item stays lean, and an order is not refused for them.
     */
    private static final int LONGEST = 200;

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    private final Addresses addresses;
    private final Instant at;
    private final List<Identity> identities = new ArrayList<>();
    private final List<Identity> unverified = new ArrayList<>();
    private final Map<Field, Stated> said = new EnumMap<>(Field.class);
    private Consents consents = Consents.UNKNOWN;
    private Tags tags = Tags.NONE;
    private Attributes attributes = Attributes.NONE;
    private Optional<Instant> lastLogin = Optional.empty();
    private Behaviour behaviour = Behaviour.NONE;

    /**
     * @param at when the payload says what it says
     */
    BuyerDraft(Addresses addresses, Instant at) {
        this.addresses = addresses;
        this.at = at;
    }

    BuyerDraft account(String source, String shop, Optional<String> account) {
        account.map(String::strip)
                .filter(id -> !id.isEmpty())
                .map(id -> Identity.account(source, shop, id))
                .filter(identity -> !addresses.placeholder(identity.key()))
                .ifPresent(identities::add);
        return this;
    }

    /** A phone that is the buyer's own. */
    BuyerDraft phone(Optional<String> written) {
        written.flatMap(addresses::phone)
                .ifPresent(
                        phone -> {
                            identities.add(Identity.phone(phone));
                            say(Field.PHONE, phone);
                        });
        return this;
    }

    /**
     * An email address that the buyer gave.
     *
     * @param verified whether the platform has made sure that it is the buyer's
     */
    BuyerDraft email(Optional<String> written, boolean verified) {
        written.flatMap(addresses::email)
                .ifPresent(
                        email -> {
                            if (verified || identities.isEmpty()) {
                                say(Field.EMAIL, email);
                            }
                            (verified ? identities : unverified).add(Identity.email(email));
                        });
        return this;
    }

    BuyerDraft field(Field field, Optional<String> value) {
        value.map(BuyerDraft::tidy)
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> say(field, text));
        return this;
    }

    BuyerDraft consent(Channel channel, Kind kind, Consent consent) {
        consents = consents.with(channel, kind, consent);
        return this;
    }

    /** A tag that is set, or taken away. */
    BuyerDraft tag(String name, String by, boolean set) {
        tags = tags.with(name, new Tag(by, at.truncatedTo(ChronoUnit.SECONDS)), set);
        return this;
    }

    /** Something that the shop's trade knows; nothing takes it away. */
    BuyerDraft attribute(String name, Optional<Attribute.Value> value) {
        attributes = attributes.with(name, new Attribute(value, at));
        return this;
    }

    /** The buyer is at the shop. It is kept to the hour, so that a long visit is one write. */
    BuyerDraft active() {
        lastLogin = Optional.of(at.truncatedTo(ChronoUnit.HOURS));
        return this;
    }

    /**
     * The buyer does something at the shop, with an article or none; of browsing the hour alone is
     * kept, as a visit is many pages.
     */
    BuyerDraft does(Act act, String product, String category) {
        boolean browses = act == Act.BROWSE;
        behaviour =
                behaviour.with(
                        act,
                        new Behaviour.Last(
                                browses ? at.truncatedTo(ChronoUnit.HOURS) : at,
                                browses ? "" : product,
                                browses ? "" : category));
        return active();
    }

    Buyer done() {
        return new Buyer(
                identities,
                unverified,
                new Profile(said),
                consents,
                tags,
                attributes,
                lastLogin,
                behaviour);
    }

    private void say(Field field, String value) {
        said.merge(field, new Stated(value, at), Stated::join);
    }

    /** One line, without control characters, cut between characters and never inside one. */
    static String tidy(String text) {
        return tidy(text, LONGEST);
    }

    /** The same of so many characters at most. */
    static String tidy(String text, int longest) {
        String line = CONTROLS.matcher(text).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= longest
                ? line
                : line.substring(0, line.offsetByCodePoints(0, longest)).strip();
    }
}
