package io.memberday.touch;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.playbook.Store.Caps;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who may get a message of a kind (P4). Planning asks it to know the audience; sending asks it
 * again of the member as it then is, and conditions the claim on that member's version. Caps hold
 * in the member's own calendar days. Not for sharing between threads.
 */
public final class Eligibility {
    private final Kind kind;
    private final Caps caps;
    private final ZoneId storeZone;
    private final Function<Member, Instant> when;

    /**
     * The last day asked for of each clock: an audience has few clocks, and their days are long.
     */
    private final Map<ZoneId, ContactDay> days = new HashMap<>();

    /**
     * @param kind of the message
     * @param caps most marketing messages per member and channel
     * @param storeZone whose days count where the member's clock is not known
     * @param when a member would get it
     */
    public Eligibility(Kind kind, Caps caps, ZoneId storeZone, Function<Member, Instant> when) {
        this.kind = kind;
        this.caps = caps;
        this.storeZone = storeZone;
        this.when = when;
    }

    /** Of the message. */
    public Kind kind() {
        return kind;
    }

    /** Why a member gets nothing. In this sequence they are looked at: the first one counts. */
    public enum Refusal {
        /** The row is a tombstone; its winner is addressed. */
        MERGED,
        /** No address, or one that bounced for good. */
        UNREACHABLE,
        /** Refused, or for marketing not known to agree. */
        CONSENT,
        /** Had as many messages as the caps allow. */
        CAP;

        /** The name in rows and reports: {@code consent}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Why the member may not get the message on the channel; nothing if it may. */
    public Optional<Refusal> refusal(Member member, Channel channel) {
        if (member.mergedInto().isPresent()) {
            return Optional.of(Refusal.MERGED);
        }
        if (member.reachableAt(channel).isEmpty()) {
            return Optional.of(Refusal.UNREACHABLE);
        }
        if (!member.consents().allow(channel, kind)) {
            return Optional.of(Refusal.CONSENT);
        }
        return capped(member, channel) ? Optional.of(Refusal.CAP) : Optional.empty();
    }

    /**
     * Why the member may get it on none of the channels: the reason of the one that came closest.
     */
    public Optional<Refusal> refusal(Member member, List<Channel> channels) {
        Refusal closest = Refusal.MERGED;
        for (Channel channel : channels) {
            Optional<Refusal> refusal = refusal(member, channel);
            if (refusal.isEmpty()) {
                return Optional.empty();
            }
            if (refusal.get().compareTo(closest) > 0) {
                closest = refusal.get();
            }
        }
        return Optional.of(closest);
    }

    /** The first of the channels on which the member may get it. */
    public Optional<Channel> channel(Member member, List<Channel> channels) {
        return channels.stream().filter(channel -> refusal(member, channel).isEmpty()).findFirst();
    }

    /**
     * The member's counters that a message on the channel raises: of the day, the week and the
     * year. One of kind service takes no place in the caps, and raises none.
     */
    public List<ContactCounter> counters(Member member, Channel channel) {
        return kind == Kind.MARKETING ? day(member).counters(channel) : List.of();
    }

    /** Who never had a message is not capped: most of an audience. */
    private boolean capped(Member member, Channel channel) {
        return kind == Kind.MARKETING
                && !(member.counters().isEmpty() && member.claims().isEmpty())
                && day(member).isFull(member, channel);
    }

    private ContactDay day(Member member) {
        ZoneId zone = member.profile().zone().orElse(storeZone);
        Instant at = when.apply(member);
        ContactDay known = days.get(zone);
        if (known != null && known.holds(at)) {
            return known;
        }
        ContactDay day = new ContactDay(at.atZone(zone).toLocalDate(), zone, caps);
        days.put(zone, day);
        return day;
    }
}
