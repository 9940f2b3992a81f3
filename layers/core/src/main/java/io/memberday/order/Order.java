package io.memberday.order;

import io.memberday.member.Basket;
import io.memberday.member.Purchase;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is known of an order. States join in any sequence to the same state (P1): of the facts the
 * higher version wins whole and equal versions join field by field, refunds always unite and of
 * reviews the latest stays, as they may come by themselves, of the shop's replies the latest to
 * each review, and of an estimated time and of one that came by itself the earliest stays.
 *
 * @param key names it
 * @param version of the facts, given by the platform; 0 without facts
 * @param facts absent while only refunds, a review or milestones by themselves are known
 * @param estimates when the order was first seen past a milestone whose own time the platform does
 *     not tell: a later version would tell a later time for the same milestone, so the earliest
 *     counts for them all
 * @param refunds by the platform's id
 * @param review the buyer's latest, if there is one
 * @param replies what the shop answered, by the review's id: buyers review article by article, and
 *     a reply stays with its review whichever of them is the latest. {@value #MOST_REPLIES} at most
 * @param told milestones that the platform tells by themselves, without the rest of the order
 */
public record Order(
        OrderKey key,
        long version,
        Optional<OrderFacts> facts,
        Map<Milestone, Instant> estimates,
        Map<String, Refund> refunds,
        Optional<Review> review,
        Map<String, Reply> replies,
        Map<Milestone, Instant> told) {
    /** Most replies of one order; of more those stay whose reviews' ids come first. */
    public static final int MOST_REPLIES = 16;

    /** An order as its platform tells it whole. */
    public Order(
            OrderKey key,
            long version,
            Optional<OrderFacts> facts,
            Map<Milestone, Instant> estimates,
            Map<String, Refund> refunds) {
        this(key, version, facts, estimates, refunds, Optional.empty(), Map.of(), Map.of());
    }

    public Order {
        estimates = Milestone.whole(estimates);
        told = Milestone.whole(told);
        refunds = Map.copyOf(refunds);
        replies = Collections.unmodifiableSortedMap(new TreeMap<>(replies));
    }

    /** An order of which only refunds are known. */
    public static Order ofRefunds(OrderKey key, Map<String, Refund> refunds) {
        return new Order(key, 0, Optional.empty(), Map.of(), refunds);
    }

    /**
     * An order of which only a review is known.
     *
     * @param reply the shop's answer to it, if there is one
     */
    public static Order ofReview(OrderKey key, Review review, Optional<Reply> reply) {
        return new Order(
                key,
                0,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.of(review),
                reply.map(said -> Map.of(review.id(), said)).orElse(Map.of()),
                Map.of());
    }

    /** An order of which only one milestone is known. */
    public static Order ofMilestone(OrderKey key, Milestone milestone, Instant at) {
        return new Order(
                key,
                0,
                Optional.empty(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Map.of(),
                Map.of(milestone, at));
    }

    /** Both together: commutative, associative and idempotent. */
    public Order join(Order other) {
        Map<String, Refund> united = new TreeMap<>(refunds);
        other.refunds.forEach((id, refund) -> united.merge(id, refund, Refund::join));
        return new Order(
                key,
                Math.max(version, other.version),
                joinFacts(other),
                OrderFacts.earliest(estimates, other.estimates),
                united,
                Stream.of(review, other.review).flatMap(Optional::stream).reduce(Review::join),
                joinReplies(other),
                OrderFacts.earliest(told, other.told));
    }

    private Map<String, Reply> joinReplies(Order other) {
        SortedMap<String, Reply> united = new TreeMap<>(replies);
        other.replies.forEach((review, reply) -> united.merge(review, reply, Reply::join));
        while (united.size() > MOST_REPLIES) {
            united.remove(united.lastKey());
        }
        return united;
    }

    private Optional<OrderFacts> joinFacts(Order other) {
        if (facts.isEmpty() || other.facts.isEmpty()) {
            return facts.or(() -> other.facts);
        }
        if (version != other.version) {
            return version > other.version ? facts : other.facts;
        }
        return Optional.of(facts.get().join(other.facts.get()));
    }

    /** When the order passed a milestone, if it did; of an order without facts none is known. */
    public Optional<Instant> at(Milestone milestone) {
        return facts.map(
                known ->
                        known.times().containsKey(milestone)
                                ? estimates.getOrDefault(milestone, known.times().get(milestone))
                                : told.get(milestone));
    }

    public long totalMinor() {
        return facts.map(OrderFacts::totalMinor).orElse(0L);
    }

    /** What was refunded, never more than the total. */
    public long refundedMinor() {
        return Math.min(totalMinor(), refunds.values().stream().mapToLong(Refund::minor).sum());
    }

    /** When the last refund was made. */
    public Optional<Instant> refundedAt() {
        return refunds.values().stream().map(Refund::at).max(Comparator.naturalOrder());
    }

    /** Since when the order waits for the buyer to pay; empty if it does not. */
    public Optional<Instant> openSince() {
        boolean waits =
                refunds.isEmpty()
                        && Stream.of(Milestone.PLEDGED, Milestone.PAID, Milestone.CLOSED)
                                .allMatch(milestone -> at(milestone).isEmpty());
        return at(Milestone.CREATED).filter(created -> waits);
    }

    /** What was bought, as a member's purchase remembers it. */
    public Basket basket() {
        return facts.map(OrderFacts::basket).orElse(Basket.UNKNOWN);
    }

    /** The purchase that the order is: paid and not refunded in full. */
    public Optional<Purchase> kept() {
        boolean gone = refundedMinor() > 0 && refundedMinor() == totalMinor();
        return at(Milestone.PAID)
                .filter(paid -> !gone)
                .map(
                        paid ->
                                new Purchase(
                                        key.toString(),
                                        paid,
                                        totalMinor() - refundedMinor(),
                                        basket()));
    }
}
