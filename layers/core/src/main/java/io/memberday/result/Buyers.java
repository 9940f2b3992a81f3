package io.memberday.result;

import io.memberday.member.Claim;
import io.memberday.member.Member;
import io.memberday.member.Survivor;
import io.memberday.result.PaidOrders.PaidOrder;
import io.memberday.touch.Outcome;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The members who paid for something in a run's time, whether or not they belong to the run: few
 * against its audience, so that the audience can stream past them. A merged member is its winner
 * under every name it had.
 */
final class Buyers {
    private static final Comparator<PaidOrder> BY_TIME =
            Comparator.comparing(PaidOrder::paidAt).thenComparing(PaidOrder::key);

    private final Map<String, Buyer> byAnyId = new HashMap<>();

    /** One person who paid for something. */
    static final class Buyer {
        private final List<PaidOrder> orders = new ArrayList<>();
        private final @Nullable Claim claim;
        private @Nullable Outcome sent;
        private boolean held;
        private List<Group.Key> groups = List.of();

        private Buyer(@Nullable Claim claim) {
            this.claim = claim;
        }

        /** The message that the member was sent, if any. */
        @Nullable Outcome sent() {
            return sent;
        }

        boolean held() {
            return held;
        }

        /** The parts of the audience to which the member belonged. */
        List<Group.Key> groups() {
            return groups;
        }

        /** From when the member's orders can count for the message. */
        private Instant reachedAt(Outcome message) {
            return claim == null ? message.at() : claim.at();
        }

        /** Orders paid after the message was claimed, earliest first. */
        List<PaidOrder> ordersAfter(Outcome message, Duration attribution) {
            return ordersAfter(reachedAt(message), attribution);
        }

        /** Orders paid after a time and less than the window later, earliest first. */
        List<PaidOrder> ordersAfter(Instant start, Duration attribution) {
            Instant end = start.plus(attribution);
            return orders.stream()
                    .filter(order -> order.paidAt().isAfter(start) && order.paidAt().isBefore(end))
                    .sorted(BY_TIME)
                    .toList();
        }
    }

    /**
     * @param orders paid in the run's time
     * @param members who hold them
     * @param run whose claims count
     */
    Buyers(List<PaidOrder> orders, MemberLookup members, String run) {
        Set<String> wanted = new HashSet<>();
        orders.forEach(order -> wanted.add(order.memberId()));
        Map<String, String> winners = new HashMap<>();
        while (!wanted.isEmpty()) {
            Set<String> next = new HashSet<>();
            for (Member member : members.find(wanted)) {
                if (member.mergedInto().isPresent()) {
                    String winner = member.mergedInto().get();
                    winners.put(member.id(), winner);
                    next.add(winner);
                } else {
                    known(member, run);
                }
            }
            next.removeIf(id -> byAnyId.containsKey(id) || winners.containsKey(id));
            wanted.clear();
            wanted.addAll(next);
        }
        for (PaidOrder order : orders) {
            String id =
                    Survivor.follow(order.memberId(), one -> Optional.ofNullable(winners.get(one)));
            Buyer buyer = byAnyId.get(id);
            if (buyer != null) {
                buyer.orders.add(order);
                byAnyId.putIfAbsent(order.memberId(), buyer);
            }
        }
    }

    private void known(Member member, String run) {
        Buyer buyer = new Buyer(member.claims().get(run));
        byAnyId.put(member.id(), buyer);
        member.was().forEach(id -> byAnyId.put(id, buyer));
    }

    /** Notes that a message went to a member of these parts of the audience. */
    void sent(Outcome message, List<Group.Key> groups) {
        Buyer buyer = byAnyId.get(message.memberId());
        if (buyer != null && (buyer.sent == null || message.at().isBefore(buyer.sent.at()))) {
            buyer.sent = message;
            buyer.groups = groups;
        }
    }

    /** Notes that a member of these parts of the audience was held out. */
    void held(String memberId, List<Group.Key> groups) {
        Buyer buyer = byAnyId.get(memberId);
        if (buyer != null) {
            buyer.held = true;
            if (buyer.sent == null) {
                buyer.groups = groups;
            }
        }
    }

    /** All, each once. */
    Collection<Buyer> all() {
        return new HashSet<>(byAnyId.values());
    }
}
