package io.memberday.ingest;

import io.memberday.member.Identity;

import java.time.Instant;
import java.util.List;

/**
 * What a platform asks on a person's behalf: to be told what is known, or to be forgotten. A person
 * sees to it, within the platform's time.
 *
 * @param at when it was heard
 * @param subject names it, by ids alone
 * @param reason what is asked, for the person who does it, without personal data
 * @param identities by which the platform names the person; empty if it asks for a whole shop
 */
public record PrivacyRequest(Instant at, String subject, String reason, List<Identity> identities) {
    public PrivacyRequest {
        identities = List.copyOf(identities);
    }
}
