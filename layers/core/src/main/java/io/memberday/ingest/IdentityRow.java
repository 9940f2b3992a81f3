package io.memberday.ingest;

import io.memberday.member.Channel;
import io.memberday.member.Identity;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An identity as it is stored. Once it names a member it names that member for ever: a merge leaves
 * it, and the member's tombstone leads on.
 *
 * @param identity the name
 * @param memberId whom it names, if anybody yet
 * @param optedOut when the address refused marketing before anybody was known to have it
 */
public record IdentityRow(
        Identity identity, Optional<String> memberId, Map<Channel, Instant> optedOut) {
    public IdentityRow {
        optedOut = Map.copyOf(optedOut);
    }

    /** An identity that is not stored. */
    public static IdentityRow unknown(Identity identity) {
        return new IdentityRow(identity, Optional.empty(), Map.of());
    }
}
