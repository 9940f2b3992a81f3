package io.memberday.member;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A member being changed: set what changes, then {@link #done}. Not for sharing. */
public final class MemberDraft {
    private final Member base;
    private long version;
    private Instant since;
    private Optional<String> mergedInto;
    private Set<String> was;
    private Profile profile;
    private Consents consents;
    private Map<Channel, String> dead;
    private Purchases purchases;
    private Map<String, Instant> openOrders;
    private int refundedOrders;
    private long points;
    private String tier;
    private Map<String, Tag> tags;
    private Map<String, Tag> untagged;
    private Attributes attributes;
    private Optional<Instant> lastLogin;
    private Behaviour behaviour;
    private Map<String, Integer> counters;
    private Map<String, Claim> claims;
    private Map<String, Integer> joins;

    MemberDraft(Member base) {
        this.base = base;
        version = base.version();
        since = base.since();
        mergedInto = base.mergedInto();
        was = base.was();
        profile = base.profile();
        consents = base.consents();
        dead = base.dead();
        purchases = base.purchases();
        openOrders = base.openOrders();
        refundedOrders = base.refundedOrders();
        points = base.points();
        tier = base.tier();
        tags = base.tags();
        untagged = base.untagged();
        attributes = base.attributes();
        lastLogin = base.lastLogin();
        behaviour = base.behaviour();
        counters = base.counters();
        claims = base.claims();
        joins = base.joins();
    }

    /** The member as changed; its version is the one that was read unless a store set it. */
    public Member done() {
        return new Member(
                base.id(),
                version,
                since,
                mergedInto,
                was,
                profile,
                consents,
                dead,
                purchases,
                openOrders,
                refundedOrders,
                points,
                tier,
                tags,
                untagged,
                attributes,
                lastLogin,
                behaviour,
                counters,
                claims,
                joins);
    }

    /** For stores: the version that the row has once it is written. */
    public MemberDraft version(long value) {
        version = value;
        return this;
    }

    public MemberDraft since(Instant value) {
        since = value;
        return this;
    }

    public MemberDraft mergedInto(String winner) {
        mergedInto = Optional.of(winner);
        return this;
    }

    public MemberDraft was(Set<String> value) {
        was = value;
        return this;
    }

    public MemberDraft profile(Profile value) {
        profile = value;
        return this;
    }

    public MemberDraft consents(Consents value) {
        consents = value;
        return this;
    }

    public MemberDraft dead(Map<Channel, String> value) {
        dead = value;
        return this;
    }

    public MemberDraft purchases(Purchases value) {
        purchases = value;
        return this;
    }

    public MemberDraft openOrders(Map<String, Instant> value) {
        openOrders = value;
        return this;
    }

    public MemberDraft refundedOrders(int value) {
        refundedOrders = value;
        return this;
    }

    public MemberDraft points(long value) {
        points = value;
        return this;
    }

    public MemberDraft tier(String value) {
        tier = value;
        return this;
    }

    public MemberDraft tags(Map<String, Tag> value) {
        tags = value;
        return this;
    }

    /** All that was said of tags. */
    public MemberDraft allTags(Tags value) {
        tags = value.set();
        untagged = value.taken();
        return this;
    }

    public MemberDraft attributes(Attributes value) {
        attributes = value;
        return this;
    }

    public MemberDraft lastLogin(Optional<Instant> value) {
        lastLogin = value;
        return this;
    }

    public MemberDraft behaviour(Behaviour value) {
        behaviour = value;
        return this;
    }

    public MemberDraft counters(Map<String, Integer> value) {
        counters = value;
        return this;
    }

    public MemberDraft claims(Map<String, Claim> value) {
        claims = value;
        return this;
    }

    public MemberDraft joins(Map<String, Integer> value) {
        joins = value;
        return this;
    }
}
