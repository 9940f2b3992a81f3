package io.memberday.member;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/** How members that turn out to be one person become one (R1). Nothing is lost (P6). */
public final class MemberJoin {
    private static final Comparator<Member> ELDEST =
            Comparator.comparing(Member::since).thenComparing(Member::id);
    private static final Comparator<Claim> EARLIER =
            Comparator.comparing(Claim::at).thenComparing(Claim::nonce);

    /** Between a run and the nonce of its second claim: no run's id holds it. */
    private static final String BESIDE = "/";

    private MemberJoin() {}

    /** The member that the others are merged into: the first heard of, then the smaller id. */
    public static Member winner(List<Member> members) {
        return members.stream().min(ELDEST).orElseThrow();
    }

    /** What is left of a merged member: a pointer to the winner. */
    public static Member tombstone(Member loser, String winner) {
        return Member.fresh(loser.id(), loser.since())
                .change()
                .version(loser.version())
                .mergedInto(winner)
                .done();
    }

    /**
     * The winner with all that the loser brings.
     *
     * @param horizon of the purchases kept each by each
     */
    public static Member join(Member winner, Member loser, Duration horizon) {
        Profile profile = winner.profile().join(loser.profile());
        Set<String> was = new HashSet<>(winner.was());
        was.addAll(loser.was());
        was.add(loser.id());
        return winner.change()
                .since(earlier(winner.since(), loser.since()))
                .was(was)
                .profile(profile)
                .consents(winner.consents().join(loser.consents()))
                .dead(dead(profile, winner.dead(), loser.dead()))
                .purchases(winner.purchases().join(loser.purchases(), horizon))
                .openOrders(unite(winner.openOrders(), loser.openOrders(), MemberJoin::earlier))
                .refundedOrders(winner.refundedOrders() + loser.refundedOrders())
                .points(winner.points() + loser.points())
                .allTags(winner.allTags().join(loser.allTags()))
                .attributes(winner.attributes().join(loser.attributes()))
                .lastLogin(later(winner.lastLogin(), loser.lastLogin()))
                .behaviour(winner.behaviour().join(loser.behaviour()))
                .counters(unite(winner.counters(), loser.counters(), Integer::sum))
                .claims(claims(winner.claims(), loser.claims()))
                .joins(unite(winner.joins(), loser.joins(), Integer::sum))
                .done();
    }

    /**
     * Who had the same run twice, as two, has had both messages: the earlier claim is the run's,
     * and the other stays beside it, under a name that is no run's, so that caps count it on
     * whichever clock (P4).
     */
    private static Map<String, Claim> claims(Map<String, Claim> one, Map<String, Claim> other) {
        Map<String, Claim> united = new HashMap<>(one);
        other.forEach(
                (run, claim) -> {
                    Claim known = united.getOrDefault(run, claim);
                    boolean first = EARLIER.compare(claim, known) < 0;
                    united.put(run, first ? claim : known);
                    if (!claim.equals(known)) {
                        Claim later = first ? known : claim;
                        united.put(run + BESIDE + later.nonce(), later);
                    }
                });
        return united;
    }

    /** Of two dead addresses of a channel that one which is in use must stay known as dead. */
    private static Map<Channel, String> dead(
            Profile profile, Map<Channel, String> one, Map<Channel, String> other) {
        Map<Channel, String> united = new EnumMap<>(Channel.class);
        united.putAll(one);
        other.forEach(
                (channel, address) -> {
                    Optional<String> inUse = profile.address(channel);
                    united.merge(
                            channel,
                            address,
                            (a, b) ->
                                    inUse.filter(used -> used.equals(a) || used.equals(b))
                                            .orElse(a.compareTo(b) >= 0 ? a : b));
                });
        return united;
    }

    /** The later of two times that may not be known. */
    public static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static <K, V> Map<K, V> unite(Map<K, V> one, Map<K, V> other, BinaryOperator<V> both) {
        Map<K, V> united = new HashMap<>(one);
        other.forEach((key, value) -> united.merge(key, value, both));
        return united;
    }
}
