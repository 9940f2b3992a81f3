package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.Activity.Merge;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.MemberIds;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.order.Review;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.Owner;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

class OrderIngestTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final Identity ACCOUNT = Identity.account("memberday", "main", "a");
    private static final Identity PHONE = Identity.phone("+8613800138001");

    private final InMemoryIngestStore store = new InMemoryIngestStore();
    private final List<Duration> pauses = new ArrayList<>();
    private final OrderIngest ingest = ingest(store);

    @Test
    void shouldPlanAPaymentReminderWithTheOrderAndDropItWithThePayment() {
        ingest.take(order("1", 1, 20_000, Map.of(Milestone.CREATED, NOW), ACCOUNT));
        ServiceTouch touch = store.touches.get("payment-reminder#memberday:main:1");
        assertEquals(NOW.plus(Duration.ofHours(1)), touch.dueAt());
        assertEquals(NOW.plus(Duration.ofHours(13)), touch.validUntil());

        ingest.take(paid("1", 2, 20_000, ACCOUNT));
        assertEquals(Map.of(), store.touches);
    }

    @Test
    void shouldNotRemindOfAnOrderWhosePaymentCameFirst() {
        ingest.take(paid("1", 2, 20_000, ACCOUNT));
        ingest.take(order("1", 1, 20_000, Map.of(Milestone.CREATED, NOW), ACCOUNT));
        assertEquals(Map.of(), store.touches);
    }

    @Test
    void shouldNotRemindOfASmallOrderNorPastItsValidity() {
        ingest.take(order("1", 1, 9_999, Map.of(Milestone.CREATED, NOW), ACCOUNT));
        Instant old = NOW.minus(Duration.ofHours(14));
        ingest.take(order("2", 1, 20_000, Map.of(Milestone.CREATED, old), ACCOUNT));
        assertEquals(Map.of(), store.touches);
    }

    @Test
    void shouldLeaveAReminderThatIsBeingSent() {
        ingest.take(order("1", 1, 20_000, Map.of(Milestone.CREATED, NOW), ACCOUNT));
        ServiceTouch planned = store.touches.get("payment-reminder#memberday:main:1");
        ServiceTouch claimed = planned.claimed(new Owner("n", NOW));
        store.touches.put(claimed.id(), claimed);

        assertTrue(ingest.take(paid("1", 2, 20_000, ACCOUNT)));
        assertEquals(claimed, store.touches.get(claimed.id()));
    }

    @Test
    void shouldNotReopenAnOrderThatWasPaidBetweenTheReadsOfAnOlderEvent() {
        // Given the payment comes after a repeated event has read the order, before the member
        OrderEvent open = order("1", 1, 20_000, Map.of(Milestone.CREATED, NOW), ACCOUNT);
        ingest.take(open);
        store.between(
                () -> {
                    store.between(() -> {});
                    ingest.take(paid("1", 2, 20_000, ACCOUNT));
                });

        // When
        assertFalse(ingest.take(open));

        // Then
        assertEquals(Map.of(), live().getFirst().openOrders());
        assertEquals(1, live().getFirst().purchases().count());
    }

    @Test
    void shouldMergeTwoMembersWhomOneOrderNames() {
        ingest.take(paid("1", 1, 10_000, ACCOUNT));
        ingest.take(paid("2", 1, 20_000, PHONE));
        assertEquals(2, store.members.size());

        ingest.take(paid("3", 1, 30_000, ACCOUNT, PHONE));

        Member winner = live().getFirst();
        assertEquals(1, live().size());
        assertEquals(3, winner.purchases().count());
        assertEquals(600, winner.points());
        assertEquals(1, winner.was().size());
        assertTrue(store.activity.values().stream().anyMatch(Merge.class::isInstance));
    }

    @Test
    void shouldAskAPersonInsteadOfFusingManyMembersInOneDay() {
        Identity shared = Identity.phone("+8613900139000");
        for (int buyer = 0; buyer < 5; buyer++) {
            ingest.take(
                    paid(
                            "1" + buyer,
                            1,
                            10_000,
                            Identity.account("memberday", "main", "b" + buyer)));
        }
        for (int buyer = 0; buyer < 5; buyer++) {
            ingest.take(
                    paid(
                            "2" + buyer,
                            1,
                            10_000,
                            Identity.account("memberday", "main", "b" + buyer),
                            shared));
        }

        assertEquals(2, live().size());
        CareCase work =
                store.activity.values().stream()
                        .filter(CareCase.class::isInstance)
                        .map(CareCase.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertEquals("case#merge-memberday:main:24", work.item());
        Member apart = Dump.live(store, work.memberId());
        assertEquals(2, apart.purchases().count());
        assertEquals(
                Optional.empty(),
                apart.profile().get(Field.PHONE),
                "an address that belongs to another member must not become this one's");
        int cases = store.commits;
        assertFalse(
                ingest.take(
                        paid(
                                "24",
                                1,
                                10_000,
                                Identity.account("memberday", "main", "b4"),
                                shared)));
        assertEquals(cases, store.commits);
    }

    @Test
    void shouldStartAMemberWithTheRefusalThatTheAddressGaveBefore() {
        store.optOut(PHONE, Channel.SMS, NOW.minusSeconds(10));
        Consents implied =
                Consents.UNKNOWN.with(Channel.SMS, Kind.MARKETING, new Consent(true, false, NOW));
        ingest.take(
                new OrderEvent(
                        NOW,
                        Optional.empty(),
                        new Buyer(List.of(PHONE), List.of(), Profile.EMPTY, implied)));
        assertFalse(live().getFirst().consents().allow(Channel.SMS, Kind.MARKETING));
    }

    @Test
    void shouldAskAPersonWhyAValuableMemberRefusesByTheStorefront() {
        ingest.take(paid("1", 1, 60_000, ACCOUNT));
        ingest.take(refusal(ACCOUNT));
        assertEquals(List.of(), cases());

        ingest.take(paid("2", 1, 60_000, PHONE));
        ingest.take(paid("3", 1, 60_000, PHONE));
        ingest.take(refusal(PHONE));
        ingest.take(refusal(PHONE));

        assertEquals(
                List.of("bought-recently memberday:main:3 " + NOW),
                cases().stream().map(CareCase::reason).toList());
        assertEquals(NOW, cases().getFirst().at());

        // A merge brings the refusal to the other member, who has not said it now.
        ingest.take(paid("4", 1, 60_000, ACCOUNT, PHONE));
        assertEquals(1, cases().size());
        assertFalse(live().getFirst().consents().allow(Channel.SMS, Kind.MARKETING));
    }

    private List<CareCase> cases() {
        return store.activity.values().stream()
                .filter(CareCase.class::isInstance)
                .map(CareCase.class::cast)
                .toList();
    }

    private static OrderEvent refusal(Identity name) {
        return said(name, false, NOW);
    }

    private static OrderEvent said(Identity name, boolean granted, Instant at) {
        return new OrderEvent(
                at,
                Optional.empty(),
                new Buyer(
                        List.of(name),
                        List.of(),
                        Profile.EMPTY,
                        Consents.UNKNOWN.with(
                                Channel.SMS, Kind.MARKETING, new Consent(granted, true, at))));
    }

    @Test
    void shouldKeepOneCaseForAnOrderWhoeverIsMergedBetweenTwoBadReviews() {
        // Given a bad review of an order whose buyer is merged into another member then
        ingest.take(paid("1", 1, 10_000, ACCOUNT));
        ingest.take(paid("2", 1, 10_000, PHONE));
        for (String number : List.of("1", "2")) {
            ingest.take(reviewed(number, 1, NOW));
        }
        List<String> homes = cases().stream().map(CareCase::memberId).toList();
        assertEquals(2, Set.copyOf(homes).size());
        ingest.take(paid("3", 1, 10_000, ACCOUNT, PHONE));

        // When the buyer thinks again, twice
        for (String number : List.of("1", "2")) {
            ingest.take(reviewed(number, 5, NOW.plusSeconds(60)));
            ingest.take(reviewed(number, 1, NOW.plusSeconds(120)));
        }

        // Then each order has the case that it had
        assertEquals(homes, cases().stream().map(CareCase::memberId).toList());
    }

    private static OrderEvent reviewed(String number, int stars, Instant at) {
        return new OrderEvent(
                at,
                Optional.of(
                        Order.ofReview(
                                new OrderKey("memberday", "main", number),
                                new Review("r" + at, stars, at),
                                Optional.empty())),
                Buyer.NOBODY);
    }

    @Test
    void shouldKeepARefundOfAnUnknownOrderUntilTheOrderComes() {
        OrderKey key = new OrderKey("memberday", "main", "1");
        OrderEvent refund =
                new OrderEvent(
                        NOW,
                        Optional.of(Order.ofRefunds(key, Map.of("r", new Refund(4_000, NOW)))),
                        Buyer.NOBODY);
        ingest.take(refund);
        assertEquals(Map.of(), store.members);
        assertEquals(1, store.orders.size());

        ingest.take(paid("1", 1, 10_000, ACCOUNT));
        assertEquals(6_000, live().getFirst().purchases().minor());
        assertEquals(60, live().getFirst().points());
    }

    @Test
    void shouldAttributeAnOrderOnceItsBuyerIsKnown() {
        ingest.take(paid("1", 1, 10_000));
        assertEquals(Map.of(), store.members);
        ingest.take(paid("1", 2, 10_000, ACCOUNT));
        assertEquals(1, live().getFirst().purchases().count());
    }

    @Test
    void shouldTryAgainAndThenSayThatItCouldNot() {
        IngestStore unlucky = ForwardingIngestStore.overtaken(store);
        OrderEvent event = paid("1", 1, 10_000, ACCOUNT);
        assertThrows(Unsettled.class, () -> ingest(unlucky).take(event));
        assertEquals(7, pauses.size());
        assertEquals(Map.of(), store.orders);
    }

    @Test
    void shouldChangeTierWithPurchasesAndBackWithTheirRefunds() {
        ingest.take(paid("1", 1, 60_000, ACCOUNT));
        assertEquals("member", live().getFirst().tier());
        ingest.take(paid("2", 1, 60_000, ACCOUNT));
        assertEquals("gold", live().getFirst().tier());
        OrderKey key = new OrderKey("memberday", "main", "2");
        ingest.take(
                new OrderEvent(
                        NOW,
                        Optional.of(Order.ofRefunds(key, Map.of("r", new Refund(60_000, NOW)))),
                        Buyer.NOBODY));
        assertEquals("member", live().getFirst().tier());
        assertEquals(
                2,
                store.activity.values().stream()
                        .filter(Activity.TierChange.class::isInstance)
                        .count());
    }

    private List<Member> live() {
        return store.members.values().stream()
                .filter(member -> member.mergedInto().isEmpty())
                .toList();
    }

    private OrderIngest ingest(IngestStore rows) {
        return new OrderIngest(
                rows,
                SamplePlaybook.playbook(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                new MemberIds(new Random(8)),
                pauses::add,
                new Random(8));
    }

    private static OrderEvent paid(String number, long version, long minor, Identity... names) {
        return order(
                number, version, minor, Map.of(Milestone.CREATED, NOW, Milestone.PAID, NOW), names);
    }

    private static OrderEvent order(
            String number,
            long version,
            long minor,
            Map<Milestone, Instant> times,
            Identity... names) {
        Profile profile = Profile.EMPTY;
        for (Identity name : names) {
            if (name.key().startsWith("phone:")) {
                profile = profile.with(Field.PHONE, name.key().substring(6), NOW);
            }
        }
        return new OrderEvent(
                NOW,
                Optional.of(
                        new Order(
                                new OrderKey("memberday", "main", number),
                                version,
                                Optional.of(new OrderFacts(times, minor, List.of(), List.of())),
                                Map.of(),
                                Map.of())),
                new Buyer(List.of(names), List.of(), profile, Consents.UNKNOWN));
    }
}
