package io.memberday.member;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One person. Every write of a member raises its version and is conditioned on the version that was
 * read, so that a rule checked in memory holds in the write that follows.
 *
 * @param id random, {@code m} and 16 letters or digits
 * @param version of the row; 0 before the first write
 * @param since when the member was first heard of, by event time
 * @param mergedInto the winner, if this member was merged into another: then the rest is void
 * @param was members merged into this one
 * @param profile what is known of the person
 * @param consents what the person allows
 * @param dead an address per channel that bounced for good: nothing is sent to it any more
 * @param purchases kept purchases
 * @param openOrders unpaid orders that are not closed: order key → created at
 * @param refundedOrders paid orders of which money went back: the ledger's rows that reverse
 * @param points balance: the sum of the ledger
 * @param tier the tier last announced; segments compute it anew
 * @param tags by name
 * @param untagged tags that were taken away, by name: with who did it and when
 * @param attributes what the shop's trade knows, such as a size or a skin type
 * @param lastLogin when the member was last seen at the shop; empty if never
 * @param behaviour what the member last did at the shop without buying
 * @param counters marketing sends per channel and calendar period: {@code sms.d20260508}, {@code
 *     sms.w2026-19}, {@code sms.y2026}
 * @param claims by run id
 * @param joins merges by event day: more than a few a day open a care case instead
 */
public record Member(
        String id,
        long version,
        Instant since,
        Optional<String> mergedInto,
        Set<String> was,
        Profile profile,
        Consents consents,
        Map<Channel, String> dead,
        Purchases purchases,
        Map<String, Instant> openOrders,
        int refundedOrders,
        long points,
        String tier,
        Map<String, Tag> tags,
        Map<String, Tag> untagged,
        Attributes attributes,
        Optional<Instant> lastLogin,
        Behaviour behaviour,
        Map<String, Integer> counters,
        Map<String, Claim> claims,
        Map<String, Integer> joins) {

    public Member {
        since = Instant.ofEpochSecond(since.getEpochSecond());
        was = Set.copyOf(was);
        dead = Map.copyOf(dead);
        openOrders = Map.copyOf(openOrders);
        tags = Map.copyOf(tags);
        untagged = Map.copyOf(untagged);
        counters = Map.copyOf(counters);
        claims = Map.copyOf(claims);
        joins = Map.copyOf(joins);
    }

    /** A member of whom nothing is known but that there is one. */
    public static Member fresh(String id, Instant since) {
        return new Member(
                id,
                0,
                since,
                Optional.empty(),
                Set.of(),
                Profile.EMPTY,
                Consents.UNKNOWN,
                Map.of(),
                Purchases.NONE,
                Map.of(),
                0,
                0,
                "",
                Map.of(),
                Map.of(),
                Attributes.NONE,
                Optional.empty(),
                Behaviour.NONE,
                Map.of(),
                Map.of(),
                Map.of());
    }

    /** The channel's address if there is one that has not bounced for good. */
    public Optional<String> reachableAt(Channel channel) {
        return profile.address(channel).filter(address -> !address.equals(dead.get(channel)));
    }

    /** The tags with those that were taken away. */
    public Tags allTags() {
        return new Tags(tags, untagged);
    }

    /** A copy to change. */
    public MemberDraft change() {
        return new MemberDraft(this);
    }
}
