package io.memberday.touch;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.playbook.Store.Caps;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Who may get a message of a kind on a day (P4). Planning asks it to know the audience; sending
 * asks it again of the member as it then is, and conditions the claim on that member's version.
 *
 * @param kind of the message
 * @param caps most marketing messages per member and channel
 * @param day on which it is sent, in the store's zone
 * @param counted the counters that a message raises, by channel
 */
public record Eligibility(
        Kind kind, Caps caps, LocalDate day, Map<Channel, List<ContactCounter>> counted) {

    /** With the counters that follow from the day. */
    public Eligibility(Kind kind, Caps caps, LocalDate day) {
        this(
                kind,
                caps,
                day,
                Map.of(
                        Channel.SMS, ContactCounter.of(Channel.SMS, day, caps),
                        Channel.EMAIL, ContactCounter.of(Channel.EMAIL, day, caps)));
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

    /** The counters that a message on the channel raises: of the day, the week and the year. */
    public List<ContactCounter> counters(Channel channel) {
        return Objects.requireNonNull(counted.get(channel));
    }

    private boolean capped(Member member, Channel channel) {
        return kind == Kind.MARKETING
                && !member.counters().isEmpty()
                && counters(channel).stream()
                        .anyMatch(counter -> counter.reached(member.counters()));
    }
}
