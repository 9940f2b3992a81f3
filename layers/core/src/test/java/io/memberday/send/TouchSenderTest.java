package io.memberday.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.event.BusEvent;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.message.Messenger.Envelope;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

class TouchSenderTest {
    private static final int WORLDS = 200;

    private final TouchScene scene = new TouchScene(new Random(1));

    @Test
    void shouldRemindOnceAtNightTooAndWithoutOptOutWords() {
        // Given midnight in Shanghai: a service message knows no quiet hours
        ServiceTouch touch = scene.unpaid("m001");

        // When
        scene.deliver(touch);
        scene.deliver(touch);

        // Then
        assertEquals(
                List.of("订单m001还未付款【样店】"),
                scene.provider.envelopes().stream().map(sent -> sent.body().text()).toList());
        assertEquals("sent  1", end(touch));
        assertEquals("payment-reminder/zh", scene.now(touch).outcome().orElseThrow().template());
    }

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
        assertEquals("suppressed no-coupon 0", ended(shop.now(never)));
        assertEquals("suppressed no-coupon 0", ended(shop.now(had)));
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
        assertEquals("suppressed had 0", ended(shop.now(had)));
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

    @Test
    void shouldSendNothingWhenThePaymentComesBetweenReadingAndClaiming() {
        // Given the order is paid just as its touch is to be claimed
        ServiceTouch touch = scene.unpaid("m001");
        Simulation simulation = new Simulation(new Random(1), scene.clock);
        TouchSender sender = scene.sender(simulation);
        simulation.start(
                Duration.ofMinutes(2),
                left -> sender.send(touch.touchpoint(), touch.subject(), left));
        int[] steps = {0};

        // When
        simulation.run(
                () -> {
                    // The touch and the member have been read, the order is.
                    if (++steps[0] == 6) {
                        scene.pay(touch);
                    }
                });

        // Then the touch went with the payment
        assertEquals(0, scene.provider.accepted().size());
        assertTrue(scene.touches.find(touch.id()).isEmpty());
    }

    @Test
    void shouldEndATouchWhoseOrderIsPaidThoughItWasNotRemoved() {
        ServiceTouch touch = scene.unpaid("m001");
        scene.pay(touch);
        scene.touches.put(touch);

        scene.deliver(touch);

        assertEquals("suppressed paid 0", end(touch));
    }

    @Test
    void shouldEndWhatIsTooLateOrRefusedOrUnreachable() {
        // Given
        ServiceTouch late = scene.unpaid("m001");
        ServiceTouch refused = scene.unpaid("m002");
        ServiceTouch dead = scene.unpaid("m003");
        Consent no = new Consent(false, true, TouchScene.ORDERED);
        scene.members.change(
                "m002",
                draft ->
                        draft.consents(
                                member("m002").consents().with(Channel.SMS, Kind.SERVICE, no)));
        scene.members.change("m003", draft -> draft.dead(Map.of(Channel.SMS, "+861380000003")));

        // When
        scene.deliver(refused);
        scene.deliver(dead);
        scene.clock.advance(Duration.ofHours(13));
        scene.deliver(late);

        // Then
        assertEquals("suppressed consent 0", end(refused));
        assertEquals("suppressed unreachable 0", end(dead));
        assertEquals("suppressed late 0", end(late));
    }

    @Test
    void shouldWaitWhileTheAccountCannotSendAndSaySoOnceAnHour() {
        // Given
        ServiceTouch one = scene.unpaid("m001");
        ServiceTouch two = scene.unpaid("m002");
        scene.provider.halt(Optional.of("OptInRequired"));

        // When
        scene.deliver(one);
        scene.deliver(two);
        ServiceTouch waiting = scene.now(one);
        scene.clock.advance(Duration.ofMinutes(61));
        scene.deliver(one);

        // Then no attempt is counted, and the clock brings it again later
        assertEquals(ServiceTouch.State.PLANNED, waiting.state());
        assertEquals(0, waiting.attempts());
        assertEquals(
                scene.clock.instant().minus(Duration.ofMinutes(56)).getEpochSecond(),
                waiting.dueAt().getEpochSecond());
        BusEvent said = BusEvent.sendingHalted("sms", "OptInRequired");
        assertEquals(List.of(said, said), scene.bus.events());

        // When the account may send again
        scene.provider.halt(Optional.empty());
        scene.deliver(one);

        // Then
        assertEquals("sent  1", end(one));
    }

    @Test
    void shouldWaitWhileTheChannelIsStoppedThoughTheClockReleasedItBefore() {
        // Given
        ServiceTouch touch = scene.unpaid("m001");
        Instant now = scene.clock.instant();
        scene.paces.stop(Channel.SMS, now, now.plus(Duration.ofHours(3)));

        // When
        scene.deliver(touch);

        // Then
        assertEquals(State.PLANNED, scene.now(touch).state());
        assertEquals(0, scene.now(touch).attempts());
        assertTrue(scene.now(touch).dueAt().isAfter(now));
        assertEquals(
                List.of(BusEvent.sendingHalted("sms", "MONTHLY_SPEND_LIMIT")), scene.bus.events());

        // When
        scene.paces.lift(Channel.SMS, now.plus(Duration.ofMinutes(30)));
        scene.clock.advance(Duration.ofMinutes(30));
        scene.deliver(touch);

        // Then
        assertEquals("sent  1", end(touch));
    }

    @Test
    void shouldFollowAMergeToTheWinnersAddress() {
        ServiceTouch touch = scene.unpaid("m001");
        scene.members.put(BatchScene.member("m002"));
        scene.members.change("m001", draft -> draft.mergedInto("m002"));

        scene.deliver(touch);

        assertEquals(
                List.of("+861380000002"),
                scene.provider.envelopes().stream().map(Envelope::address).toList());
    }

    @Test
    void shouldRepeatACallInDoubtOnceAndSaySo() {
        // Given no answer ever comes
        ServiceTouch touch = scene.unpaid("m001");
        scene.provider.faults(1, 0, 0);

        // When
        for (int i = 0; i < 5; i++) {
            scene.deliver(touch);
            scene.clock.advance(Duration.ofMinutes(2));
        }

        // Then
        assertEquals("unknown timeout 2", end(touch));
        assertEquals(2 * BatchScene.PART, scene.now(touch).outcome().orElseThrow().costMicros());
    }

    @Test
    void shouldSayThatASecondCallWasNeeded() {
        ServiceTouch touch = scene.unpaid("m001");
        scene.provider.faults(1, 0, 0);
        scene.deliver(touch);
        scene.provider.faults(0, 0, 0);
        scene.clock.advance(Duration.ofMinutes(1));

        scene.deliver(touch);

        assertEquals("sent  2", end(touch));
    }

    @Test
    void shouldEndAsUnknownWhatWasPaidAfterACallInDoubt() {
        ServiceTouch touch = scene.unpaid("m001");
        scene.provider.faults(1, 0, 0);
        scene.deliver(touch);
        scene.pay(touch);
        scene.clock.advance(Duration.ofMinutes(1));

        scene.deliver(touch);

        assertEquals("unknown claim 1", end(touch));
    }

    @Test
    void shouldRepeatOnceWhatADeadOwnerMayHaveSent() {
        // Given
        ServiceTouch touch = scene.unpaid("m001");
        scene.provider.after(
                () -> {
                    throw new Simulation.Killed();
                });
        assertThrows(Simulation.Killed.class, () -> scene.deliver(touch));
        scene.provider.after(() -> {});

        // When while the owner could live, then after
        scene.deliver(touch);
        assertEquals(1, scene.provider.accepted().size());
        scene.clock.advance(Duration.ofMinutes(5));
        scene.deliver(touch);

        // Then
        assertEquals("sent  2", end(touch));
        assertEquals(2, scene.provider.accepted().size());
    }

    @Test
    void shouldComeBackSoonAfterThrottling() {
        ServiceTouch touch = scene.unpaid("m001");
        scene.provider.faults(0, 1, 0);

        scene.deliver(touch);

        ServiceTouch now = scene.now(touch);
        assertEquals(State.PLANNED, now.state());
        assertEquals(0, now.attempts());
        assertTrue(now.dueAt().isAfter(scene.clock.instant()));
    }

    @Test
    void shouldKeepItsPromisesWhateverHappensBetweenAnyTwoCalls() {
        Map<String, Integer> ends = new HashMap<>();
        for (long seed = 1; seed <= WORLDS; seed++) {
            try {
                play(seed, ends);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        for (String end :
                List.of(
                        "sent  1",
                        "sent  2",
                        "unknown timeout 2",
                        "unknown claim 2",
                        "unknown claim 1",
                        "failed InvalidParameter 1",
                        "suppressed paid 0",
                        "suppressed consent 0")) {
            assertTrue(ends.getOrDefault(end, 0) > 1, end + " in " + ends);
        }
    }

    private static void play(long seed, Map<String, Integer> ends) {
        Random random = new Random(seed);
        TouchScene scene = new TouchScene(random);
        Simulation simulation = new Simulation(random, scene.clock);
        List<ServiceTouch> touches = new ArrayList<>();
        for (int i = random.nextInt(1, 5); i > 0; i--) {
            touches.add(scene.unpaid("m%03d".formatted(i)));
        }
        Set<String> paid = new HashSet<>();
        Set<String> claimedAfterPayment = new HashSet<>();
        simulation.faults(random.nextDouble() * 0.05, 0);
        scene.provider.faults(
                random.nextDouble() * 0.5, random.nextDouble() * 0.4, random.nextDouble() * 0.2);
        Runnable meanwhile =
                () -> {
                    for (ServiceTouch touch : touches) {
                        boolean claimed =
                                scene.touches
                                        .find(touch.id())
                                        .filter(now -> now.state() == State.CLAIMED)
                                        .filter(now -> now.attempts() == 1)
                                        .isPresent();
                        if (claimed && paid.contains(touch.id() + " unclaimed")) {
                            claimedAfterPayment.add(touch.id());
                        }
                    }
                    if (random.nextInt(15) != 0) {
                        return;
                    }
                    ServiceTouch touch = touches.get(random.nextInt(touches.size()));
                    switch (random.nextInt(4)) {
                        case 0 -> {
                            boolean free =
                                    scene.touches
                                            .find(touch.id())
                                            .filter(now -> now.state() == State.PLANNED)
                                            .isPresent();
                            scene.pay(touch);
                            if (free) {
                                // Written again, as if the payment had come by another way.
                                scene.touches.put(touch);
                                paid.add(touch.id() + " unclaimed");
                            }
                        }
                        case 1 ->
                                scene.members.change(
                                        touch.memberId(),
                                        draft ->
                                                draft.consents(
                                                        scene.members
                                                                .member(touch.memberId())
                                                                .orElseThrow()
                                                                .consents()
                                                                .with(
                                                                        Channel.SMS,
                                                                        Kind.SERVICE,
                                                                        new Consent(
                                                                                false,
                                                                                true,
                                                                                scene.clock
                                                                                        .instant()))));
                        case 2 -> scene.members.change(touch.memberId(), draft -> draft.points(1));
                        default -> scene.edit(touch);
                    }
                };
        for (int round = 0; round < 5; round++) {
            for (ServiceTouch touch : touches) {
                for (int i = random.nextInt(3); i > 0; i--) {
                    TouchSender sender = scene.sender(simulation);
                    simulation.start(
                            Duration.ofSeconds(random.nextInt(31, 120)),
                            left -> sender.send(touch.touchpoint(), touch.subject(), left));
                }
            }
            simulation.run(meanwhile);
            scene.clock.advance(Duration.ofSeconds(random.nextInt(300)));
        }
        simulation.faults(0, 0);
        scene.provider.faults(0, 0, 0);
        for (int round = 0; round < 4; round++) {
            scene.clock.advance(Duration.ofMinutes(5));
            touches.forEach(scene::deliver);
        }
        assertEquals(Set.of(), claimedAfterPayment, "claimed though it was paid");
        Map<String, Long> accepted =
                scene.provider.accepted().stream()
                        .collect(
                                Collectors.groupingBy(
                                        tags -> tags.get("subject"), Collectors.counting()));
        for (ServiceTouch touch : touches) {
            ServiceTouch now = scene.now(touch);
            Outcome outcome = now.outcome().orElseThrow();
            long went = accepted.getOrDefault(touch.subject(), 0L);
            assertEquals(State.ENDED, now.state());
            assertTrue(went <= now.attempts() && now.attempts() <= 2, now + " went " + went);
            if (outcome.status() == Status.SENT) {
                assertTrue(went >= 1, "sent without a message: " + now);
            } else if (outcome.status() != Status.UNKNOWN) {
                assertEquals(0, went, now + " in spite of a message");
            }
            ends.merge(ended(now), 1, Integer::sum);
        }
    }

    private Member member(String id) {
        return scene.members.member(id).orElseThrow();
    }

    private String end(ServiceTouch touch) {
        return TouchSenderTest.ended(scene.now(touch));
    }

    private static String ended(ServiceTouch touch) {
        Outcome outcome = touch.outcome().orElseThrow();
        return outcome.status().key() + " " + outcome.reason() + " " + touch.attempts();
    }
}
