package io.memberday.benefit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.benefit.Coupons.Holder;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.member.Member;
import io.memberday.member.MemberJoin;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.playbook.Coupon;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

class CouponsTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final Instant NOON = Instant.parse("2026-05-08T04:00:00Z");
    private static final Coupon GIFT =
            new Coupon("gift", 2_000, 9_900, Map.of(), Duration.ofDays(30));
    private static final Coupon ONCE =
            new Coupon("once", 2_000, 9_900, Map.of(), Duration.ofDays(30), true);
    private static final Coupon DIFFERENCE =
            new Coupon("difference", 0, 0, Map.of("A", 10_000L, "B", 500L), Duration.ofDays(15));

    private final InMemoryCouponStore store = new InMemoryCouponStore();

    @Test
    void shouldSayTheSameCodeForTheSameCauseAndAnotherForAnyOther() {
        Coupons coupons = coupons("key");
        Set<String> codes = new HashSet<>();
        for (int member = 0; member < 500; member++) {
            for (String cause : List.of("run@2026-05-08", "memberday:main:1")) {
                CouponIssued draft =
                        coupons.draft(holder("m" + member), GIFT, cause, 2_000, NOON).orElseThrow();
                assertEquals(
                        draft,
                        coupons.draft(holder("m" + member), GIFT, cause, 2_000, NOON)
                                .orElseThrow());
                assertTrue(
                        draft.code().matches("[" + CouponCodes.ALPHABET + "]{13}"), draft.code());
                assertTrue(codes.add(draft.code()), draft.code());
            }
        }
        assertEquals(CouponCodes.LENGTH, CouponCodes.SAMPLE.length());
        assertTrue(store.all().isEmpty(), "a draft writes nothing");
    }

    @Test
    void shouldKeepWhatWasIssuedThoughTheKeyAndTheTermsAreOthersSince() {
        // Given
        CouponIssued first =
                coupons("old").draft(holder("m1"), GIFT, "order", 2_000, NOON).orElseThrow();
        coupons("old").issue(first);

        // When
        Coupon dearer = new Coupon("gift", 5_000, 0, Map.of(), Duration.ofDays(1));
        CouponIssued again =
                coupons("new")
                        .draft(holder("m1"), dearer, "order", 5_000, NOON.plusSeconds(86_400))
                        .orElseThrow();
        coupons("new").issue(again);

        // Then
        assertEquals(first, again);
        assertEquals(List.of(first), store.all());
        assertNotEquals(
                first.code(),
                coupons("new")
                        .draft(holder("m1"), GIFT, "other", 2_000, NOON)
                        .orElseThrow()
                        .code());
    }

    @Test
    void shouldGiveAMemberOneOfAKindAndNeverAnotherUnderWhateverId() {
        // Given
        Coupons coupons = coupons("key");
        Member winner = MemberJoin.join(member("m2"), member("m1"), Duration.ofDays(400));
        CouponIssued first =
                coupons.draft(holder("m1"), ONCE, "order-1", 2_000, NOON).orElseThrow();
        assertEquals(
                first.code(),
                coupons.draft(holder("m1"), ONCE, "order-2", 2_000, NOON).orElseThrow().code(),
                "two who issue it at once make one row");
        coupons.issue(first);

        // When
        Instant last = first.until().minusSeconds(1);
        Optional<CouponIssued> again =
                coupons.draft(new Holder(winner, "m2"), ONCE, "order-2", 2_000, last);
        Optional<CouponIssued> over =
                coupons.draft(new Holder(winner, "m2"), ONCE, "order-2", 2_000, first.until());

        // Then
        assertEquals(Optional.of(first), again);
        assertEquals(Optional.empty(), over);
        assertNotEquals(
                first.code(),
                coupons.draft(holder("m3"), ONCE, "order-3", 2_000, NOON).orElseThrow().code());
    }

    @Test
    void shouldAskNoFurtherIdOnceOneHasACouponThatHolds() {
        // Given one who was two others, of whom one had the coupon long ago and one has it still
        Coupons coupons = coupons("key");
        Instant then = NOON.minus(Duration.ofDays(60));
        coupons.issue(coupons.draft(holder("m0"), ONCE, "order-0", 2_000, then).orElseThrow());
        CouponIssued holds =
                coupons.draft(holder("m1"), ONCE, "order-1", 2_000, NOON).orElseThrow();
        coupons.issue(holds);
        Member winner = member("m9").change().was(Set.of("m0", "m1", "m2", "m3")).done();
        List<String> asked = new ArrayList<>();
        Coupons counted = InMemoryCouponStore.coupons(new Asked(asked));

        // When
        Optional<CouponIssued> found =
                counted.draft(new Holder(winner, "m9"), ONCE, "order-9", 2_000, NOON);

        // Then
        assertEquals(Optional.of(holds), found);
        assertEquals(List.of("m9", "m0", "m1"), asked);
    }

    /** The same coupons, and whose were asked for. */
    private final class Asked implements CouponStore {
        private final List<String> ids;

        private Asked(List<String> ids) {
            this.ids = ids;
        }

        @Override
        public List<CouponIssued> of(String memberId) {
            ids.add(memberId);
            return store.of(memberId);
        }

        @Override
        public void put(CouponIssued coupon) {
            store.put(coupon);
        }
    }

    @Test
    void shouldRemindOfWhatWasIssuedForTheSameCauseWhileItHolds() {
        // Given
        Coupons coupons = coupons("key");
        CouponIssued first = coupons.draft(holder("m1"), GIFT, "order", 2_000, NOON).orElseThrow();
        assertEquals(Optional.empty(), coupons.held(holder("m1"), GIFT, "order", NOON));

        // When
        coupons.issue(first);

        // Then
        Instant last = first.until().minusSeconds(1);
        assertEquals(Optional.of(first), coupons.held(holder("m1"), GIFT, "order", last));
        assertEquals(Optional.empty(), coupons.held(holder("m1"), GIFT, "order", first.until()));
        assertEquals(Optional.empty(), coupons.held(holder("m1"), GIFT, "other", last));
    }

    @Test
    void shouldHoldToTheEndOfTheLastDayAtTheStore() {
        assertEquals(
                Instant.parse("2026-06-07T16:00:00Z"),
                coupons("key")
                        .draft(holder("m1"), GIFT, "order", 2_000, NOON)
                        .orElseThrow()
                        .until());
    }

    @Test
    void shouldNeedAKey() {
        Coupons keyless = new Coupons(store, new CouponCodes(List::of), SHANGHAI);
        assertThrows(
                IllegalStateException.class,
                () -> keyless.draft(holder("m1"), GIFT, "order", 2_000, NOON));
    }

    @Test
    void shouldBeWorthWhatWasPaidAboveThePricesAndNeverMoreThanIsKept() {
        Line dear = new Line("A", "", 2, 24_000, "");
        Line cheap = new Line("B", "", 1, 400, "");
        Line other = new Line("C", "", 1, 9_900, "");
        assertEquals(4_000, DIFFERENCE.worth(List.of(order(0, dear, cheap, other))));
        assertEquals(8_000, DIFFERENCE.worth(List.of(order(0, dear), order(0, dear))));
        assertEquals(1_000, DIFFERENCE.worth(List.of(order(23_000, dear))));
        assertEquals(0, DIFFERENCE.worth(List.of(order(0, cheap, other))));
        assertEquals(2_000, GIFT.worth(List.of(order(0, dear))));
    }

    private static Holder holder(String id) {
        return new Holder(member(id), id);
    }

    private static Member member(String id) {
        return Member.fresh(id, NOON);
    }

    private Coupons coupons(String key) {
        return new Coupons(store, new CouponCodes(() -> List.of(key)), SHANGHAI);
    }

    private static Order order(long refunded, Line... lines) {
        long total = List.of(lines).stream().mapToLong(Line::minor).sum();
        return new Order(
                new OrderKey("memberday", "main", "1"),
                1,
                Optional.of(
                        new OrderFacts(
                                Map.of(Milestone.PAID, NOON), total, List.of(lines), List.of())),
                Map.of(),
                refunded == 0 ? Map.of() : Map.of("r", new Refund(refunded, NOON)));
    }
}
