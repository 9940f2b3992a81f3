package io.memberday.ingest;

import io.memberday.ingest.Changes.Claimed;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.MemberJoin;
import io.memberday.member.Profile;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Whose event it is (R1). Nobody known: a new member; one: that one; several: they are merged, or,
 * where that would fuse too many in a day, a person is asked and the event goes to the order's
 * member, else to the one whom the strongest identity names.
 *
 * @param member whom the event goes to, with what the event says of the person
 * @param losers members that were merged into that one
 * @param claimed identities that name the member from now on
 * @param refused why members were not merged, if they should have been
 */
record Resolution(
        Member member, List<Member> losers, List<Claimed> claimed, Optional<String> refused) {
    /** More merges of one member on one day are no coincidence but a shared or made-up identity. */
    static final int MOST_JOINS_A_DAY = 3;

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    /** Empty if the event names nobody. */
    static Optional<Resolution> of(
            OrderEvent event, Snapshot snapshot, Store store, Supplier<String> newId) {
        Map<String, Member> known = new LinkedHashMap<>();
        Optional<Member> ordersMember =
                snapshot.order().flatMap(OrderRow::memberId).map(snapshot::live);
        List<Identity> naming = event.buyer().naming();
        for (Identity identity : naming) {
            snapshot.identity(identity)
                    .memberId()
                    .map(snapshot::live)
                    .ifPresent(member -> known.put(member.id(), member));
        }
        ordersMember.ifPresent(member -> known.put(member.id(), member));
        if (known.isEmpty() && naming.isEmpty()) {
            return Optional.empty();
        }
        List<Member> members = new ArrayList<>(known.values());
        if (members.isEmpty()) {
            members.add(Member.fresh(newId.get(), event.at()));
        }
        if (members.size() == 1) {
            return Optional.of(
                    told(
                            members.getFirst(),
                            List.of(),
                            hint(event, snapshot, known.keySet()),
                            event,
                            snapshot));
        }
        return Optional.of(joined(members, ordersMember, event, snapshot, store));
    }

    /** Several members whom the event shows to be one. */
    private static Resolution joined(
            List<Member> members,
            Optional<Member> ordersMember,
            OrderEvent event,
            Snapshot snapshot,
            Store store) {
        String day = DAY.format(event.at().atZone(store.zone()).toLocalDate());
        int joins =
                members.size()
                        - 1
                        + members.stream()
                                .mapToInt(each -> each.joins().getOrDefault(day, 0))
                                .sum();
        boolean tooMany = joins > MOST_JOINS_A_DAY;
        Member winner =
                tooMany ? ordersMember.orElse(members.getFirst()) : MemberJoin.winner(members);
        List<Member> losers =
                tooMany
                        ? List.of()
                        : members.stream().filter(each -> !each.equals(winner)).toList();
        Member joined = winner;
        for (Member loser : losers) {
            joined = MemberJoin.join(joined, loser, store.horizon());
        }
        if (!losers.isEmpty()) {
            Map<String, Integer> byDay = new HashMap<>(joined.joins());
            byDay.put(day, joins);
            joined = joined.change().joins(byDay).done();
        }
        return told(
                joined,
                losers,
                tooMany
                        ? Optional.of(
                                "would be more than %d merges in a day".formatted(MOST_JOINS_A_DAY))
                        : hint(
                                event,
                                snapshot,
                                members.stream().map(Member::id).collect(Collectors.toSet())),
                event,
                snapshot);
    }

    /** An unverified address that another member has is worth a person's look, no more. */
    private static Optional<String> hint(
            OrderEvent event, Snapshot snapshot, Set<String> resolved) {
        if (event.buyer().identities().isEmpty()) {
            return Optional.empty();
        }
        return event.buyer().unverified().stream()
                .flatMap(identity -> snapshot.identity(identity).memberId().stream())
                .map(snapshot::live)
                .filter(other -> !resolved.contains(other.id()))
                .findFirst()
                .map(other -> "an unverified address belongs to another member");
    }

    /** The member after the event's statements, which only its own identities can make. */
    private static Resolution told(
            Member joined,
            List<Member> losers,
            Optional<String> refused,
            OrderEvent event,
            Snapshot snapshot) {
        Set<String> ids = new HashSet<>(joined.was());
        ids.add(joined.id());
        List<Claimed> claimed = new ArrayList<>();
        Set<Identity> own = new HashSet<>();
        Consents consents = joined.consents();
        for (Identity identity : event.buyer().naming()) {
            IdentityRow row = snapshot.identity(identity);
            if (row.memberId().isPresent() && !ids.contains(row.memberId().get())) {
                continue;
            }
            own.add(identity);
            if (row.memberId().isEmpty()) {
                claimed.add(new Claimed(row, joined.id()));
            }
            for (Map.Entry<Channel, Instant> refusal : row.optedOut().entrySet()) {
                consents =
                        consents.with(
                                refusal.getKey(),
                                Kind.MARKETING,
                                new Consent(false, true, refusal.getValue()));
            }
        }
        Buyer buyer = event.buyer();
        if (buyer.naming().isEmpty()) {
            // What is said of somebody without a name counts for nobody: it would depend on the
            // sequence of events whether the order has a member yet.
            return new Resolution(joined, losers, claimed, refused);
        }
        Map<Profile.Field, Profile.Stated> fields = new EnumMap<>(Profile.Field.class);
        fields.putAll(buyer.profile().fields());
        Map<Consents.Topic, Consent> said = new HashMap<>(buyer.consents().byTopic());
        for (Channel channel : Channel.values()) {
            // A member is reached only where the identity leads back to the member: an opt-out of
            // the address must find whom it binds.
            boolean foreign =
                    buyer.profile()
                            .address(channel)
                            .filter(address -> !own.contains(Identity.of(channel, address)))
                            .isPresent();
            if (foreign) {
                fields.remove(channel == Channel.SMS ? Profile.Field.PHONE : Profile.Field.EMAIL);
                said.keySet().removeIf(topic -> topic.channel() == channel);
            }
        }
        Member told =
                joined.change()
                        .since(event.at().isBefore(joined.since()) ? event.at() : joined.since())
                        .profile(joined.profile().join(new Profile(fields)))
                        .consents(consents.join(new Consents(said)))
                        .allTags(joined.allTags().join(buyer.tags()))
                        .attributes(joined.attributes().join(buyer.attributes()))
                        .lastLogin(MemberJoin.later(joined.lastLogin(), buyer.lastLogin()))
                        .behaviour(joined.behaviour().join(buyer.behaviour()))
                        .done();
        return new Resolution(told, losers, claimed, refused);
    }
}
