package io.memberday.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.message.Messenger.Envelope;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Coupons that a touch gives or reminds of: one code for an order, one of a kind for a member. */
class TouchCouponsTest {
    @Test
    void shouldSayOneCodeForAnOrderHoweverOftenItsMessageIsTried() {
        // Given a provider whose answers are lost: the call is repeated once, as nobody knows
        TouchScene shop = new TouchScene(new Random(3), SamplePlaybook.issuing());
        List<ServiceTouch> touches = List.of(shop.unpaid("m001"), shop.unpaid("m002"));
        shop.provider.faults(1, 0, 0);

        // When
        for (int round = 0; round < 4; round++) {
            touches.forEach(shop::deliver);
            shop.clock.advance(Duration.ofMinutes(10));
        }

        // Then each claim has written the coupon, the same again
        assertEquals(4, shop.issued().size());
        Map<String, CouponIssued> own = new HashMap<>();
        for (CouponIssued coupon : shop.issued()) {
            assertEquals(coupon, own.computeIfAbsent(coupon.cause(), _ -> coupon));
        }
        assertEquals(Set.of("memberday:shop:m001", "memberday:shop:m002"), own.keySet());
        assertEquals(2, own.values().stream().map(CouponIssued::code).distinct().count());
        assertTrue(shop.provider.envelopes().size() > 1, "some were accepted");
        for (Envelope sent : shop.provider.envelopes()) {
            CouponIssued coupon = own.get(sent.tags().get("subject"));
            assertEquals("20元券%s，6月8日止【样店】".formatted(coupon.code()), sent.body().text());
        }
    }

    @Test
    void shouldRemindOfTheCouponThatItsMemberHoldsAndOfNoneThatIsNotThereOrOver() {
        // Given one who was given a coupon before, one who was not, and one whose coupon is over
        TouchScene gives = new TouchScene(new Random(3), SamplePlaybook.once(false));
        gives.deliver(gives.unpaid("m001"));
        CouponIssued given = gives.issued().getFirst();
        TouchScene shop = new TouchScene(new Random(3), SamplePlaybook.once(true));
        ServiceTouch holds = shop.unpaid("m001");
        ServiceTouch never = shop.unpaid("m002");
        ServiceTouch had = shop.unpaid("m003");
        shop.gave(given);
        shop.gave(ofAnother(given, "m003", shop.clock.instant()));

        // When
        List.of(holds, never, had).forEach(shop::deliver);

        // Then
        assertEquals(
                List.of("20元券%s，6月8日止【样店】".formatted(given.code())),
                shop.provider.envelopes().stream().map(sent -> sent.body().text()).toList());
        assertEquals("suppressed no-coupon 0", shop.end(never));
        assertEquals("suppressed no-coupon 0", shop.end(had));
        assertEquals(2, shop.issued().size(), "a reminder writes none");
    }

    @Test
    void shouldGiveNobodyAnotherOfAKindThatEachGetsOnce() {
        // Given two who had one for another order, of which one is over
        TouchScene shop = new TouchScene(new Random(3), SamplePlaybook.once(false));
        ServiceTouch holds = shop.unpaid("m001");
        ServiceTouch had = shop.unpaid("m002");
        Instant now = shop.clock.instant();
        CouponIssued still =
                new CouponIssued(
                        "m001",
                        now,
                        "STILL",
                        "member-day",
                        "other",
                        2_000,
                        9_900,
                        now.plusSeconds(1));
        shop.gave(still);
        shop.gave(ofAnother(still, "m002", now));

        // When
        List.of(holds, had).forEach(shop::deliver);

        // Then
        assertEquals(1, shop.provider.envelopes().size());
        assertTrue(shop.provider.envelopes().getFirst().body().text().contains("STILL"));
        assertEquals("suppressed had 0", shop.end(had));
        assertEquals(
                Set.of("STILL", "STILL-m002"),
                shop.issued().stream().map(CouponIssued::code).collect(Collectors.toSet()));
    }

    private static CouponIssued ofAnother(CouponIssued coupon, String memberId, Instant until) {
        return new CouponIssued(
                memberId,
                coupon.at(),
                coupon.code() + "-" + memberId,
                coupon.coupon(),
                coupon.cause(),
                coupon.minor(),
                coupon.overMinor(),
                until);
    }
}
