package io.memberday.simulation;

import io.memberday.ingest.Buyer;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody with two accounts, which look like two people until an order shows both.
 *
 * @param number of the person
 * @param twice whether the second account is in use from the beginning
 * @param agrees to marketing, by a box at the checkout
 */
record Person(int number, boolean twice, boolean agrees) {
    private static final Duration HOME_AFTER = Duration.ofMinutes(5);

    String phone() {
        return "+86138001%05d".formatted(number);
    }

    String otherPhone() {
        return "+86138002%05d".formatted(number);
    }

    String email() {
        return "p" + number + "@example.com";
    }

    /** As the first account shows the person. */
    Buyer first(Instant at) {
        return buyer(at, "a", List.of(Identity.phone(phone())), phone());
    }

    /** As the second account does: another phone, and an email address. */
    Buyer second(Instant at) {
        return buyer(
                at,
                "b",
                List.of(Identity.phone(otherPhone()), Identity.email(email())),
                otherPhone());
    }

    /** The first account with what only the second had until now: the two are one. */
    Buyer both(Instant at) {
        Buyer first = first(at);
        return new Buyer(
                List.of(
                        Identity.account("memberday", "main", "a" + number),
                        Identity.account("memberday", "main", "b" + number),
                        Identity.phone(phone())),
                List.of(),
                first.profile(),
                first.consents());
    }

    /** Every third comes back from where it still is the day before. */
    private String zone(Instant at) {
        return number % 3 == 0 && at.isBefore(Shop.TEN.plus(HOME_AFTER))
                ? "Pacific/Honolulu"
                : "Asia/Shanghai";
    }

    private Buyer buyer(Instant at, String account, List<Identity> more, String phone) {
        List<Identity> identities =
                new ArrayList<>(List.of(Identity.account("memberday", "main", account + number)));
        identities.addAll(more);
        Profile profile =
                Profile.EMPTY.with(Field.PHONE, phone, at).with(Field.TIMEZONE, zone(at), at);
        Consents consents =
                Consents.UNKNOWN.with(Channel.SMS, Kind.MARKETING, new Consent(agrees, false, at));
        if (more.size() > 1) {
            profile = profile.with(Field.EMAIL, email(), at);
            consents = consents.with(Channel.EMAIL, Kind.MARKETING, new Consent(agrees, false, at));
        }
        return new Buyer(identities, List.of(), profile, consents);
    }
}
