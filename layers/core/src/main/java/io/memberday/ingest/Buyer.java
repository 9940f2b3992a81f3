package io.memberday.ingest;

import io.memberday.member.Attributes;
import io.memberday.member.Behaviour;
import io.memberday.member.Consents;
import io.memberday.member.Identity;
import io.memberday.member.Profile;
import io.memberday.member.Tags;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What an event says of a person.
 *
 * @param identities by which the person is known, the strongest first: account, phone, email
 * @param unverified identities that anybody may have typed. They name a member only where there is
 *     no other identity, and never join two members
 * @param profile what it says, each field at the event's time
 * @param consents what it says
 * @param tags what it says
 * @param attributes what it says
 * @param lastLogin when the person was at the shop, if it says so
 * @param behaviour what the person did there without buying
 */
public record Buyer(
        List<Identity> identities,
        List<Identity> unverified,
        Profile profile,
        Consents consents,
        Tags tags,
        Attributes attributes,
        Optional<Instant> lastLogin,
        Behaviour behaviour) {
    /** Of whom an event says nothing. */
    public static final Buyer NOBODY =
            new Buyer(List.of(), List.of(), Profile.EMPTY, Consents.UNKNOWN);

    /** One of whom nothing is said of tags, attributes and visits. */
    public Buyer(
            List<Identity> identities,
            List<Identity> unverified,
            Profile profile,
            Consents consents) {
        this(
                identities,
                unverified,
                profile,
                consents,
                Tags.NONE,
                Attributes.NONE,
                Optional.empty(),
                Behaviour.NONE);
    }

    public Buyer {
        identities = List.copyOf(identities);
        unverified = List.copyOf(unverified);
    }

    /** The identities by which the member is looked up. */
    List<Identity> naming() {
        return identities.isEmpty() ? unverified : identities;
    }
}
