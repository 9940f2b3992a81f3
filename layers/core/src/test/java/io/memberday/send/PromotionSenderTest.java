package io.memberday.send;

import static io.memberday.send.PromotionScene.MAY;
import static io.memberday.send.PromotionScene.NOON;
import static io.memberday.send.PromotionScene.gift;
import static io.memberday.send.PromotionScene.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Funds;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Timing.Due;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What follows a first purchase is sent once, by day, and at the member's hour. */
class PromotionSenderTest {
    @Test
    void shouldSendAPromotionOnceWithOptOutWordsUnderItsClaimCountersAndMoney() {
        PromotionScene scene = new PromotionScene(gift(Set.of()));
        ServiceTouch touch = scene.bought();

        scene.deliver(touch);
        scene.deliver(touch);

        assertEquals("sent ", scene.end(touch));
        assertEquals(
                List.of("会员礼拒收请回复R【样店】"),
                scene.provider.envelopes().stream().map(sent -> sent.body().text()).toList());
        assertEquals(Kind.MARKETING, scene.provider.envelopes().getFirst().kind());
        Member member = scene.members.member("m001").orElseThrow();
        assertEquals(1, member.counters().get("sms.d20260508"));
        assertTrue(member.claims().containsKey(touch.id()));
        assertEquals(
                new Funds(Optional.empty(), 50_000, 50_000),
                scene.money.month(MAY, Optional.empty()));
    }

    @Test
    void shouldNeverRepeatAPromotionOfWhichNobodyKnowsAndCountItsMoneyAsSpent() {
        PromotionScene scene = new PromotionScene(gift(Set.of()));
        ServiceTouch touch = scene.bought();
        scene.provider.faults(1, 0, 0);

        scene.deliver(touch);
        scene.clock.advance(Duration.ofMinutes(10));
        scene.deliver(touch);

        assertEquals("unknown timeout", scene.end(touch));
        assertEquals(1, scene.now(touch).attempts());
        assertEquals(
                new Funds(Optional.empty(), 50_000, 50_000),
                scene.money.month(MAY, Optional.empty()));
    }

    @Test
    void shouldTakeEverythingBackWhileTheProviderTakesNoMore() {
        PromotionScene scene = new PromotionScene(gift(Set.of()));
        ServiceTouch touch = scene.bought();
        scene.provider.halt(Optional.of("paused"));

        scene.deliver(touch);

        Member member = scene.members.member("m001").orElseThrow();
        assertEquals(0, member.counters().get("sms.d20260508"));
        assertEquals(Map.of(), member.claims());
        assertEquals(new Funds(Optional.empty(), 0, 0), scene.money.month(MAY, Optional.empty()));
        assertEquals(ServiceTouch.State.PLANNED, scene.now(touch).state());

        scene.provider.halt(Optional.empty());
        scene.deliver(touch);
        assertEquals("sent ", scene.end(touch));
    }

    @Test
    void shouldEndAsUnknownWhatADeadSenderClaimed() {
        PromotionScene scene = new PromotionScene(gift(Set.of()));
        ServiceTouch touch = scene.bought();
        ServiceTouch.Lease lease = new ServiceTouch.Lease(MAY, 50_000);
        scene.money.pay(MAY, 50_000, 0);
        scene.touches.put(
                touch.claimed(
                        new ServiceTouch.Owner("dead", NOON.minusSeconds(1), Optional.of(lease))));

        scene.deliver(touch);

        assertEquals("unknown claim", scene.end(touch));
        assertEquals(
                new Funds(Optional.empty(), 50_000, 50_000),
                scene.money.month(MAY, Optional.empty()));
        assertEquals(List.of(), scene.provider.accepted());
    }

    @Test
    void shouldWaitForTheMorningOnItsMembersClock() {
        PromotionScene scene = new PromotionScene(gift(Set.of()));
        ServiceTouch touch = scene.bought();
        scene.clock.advance(Duration.ofHours(11));

        // When it is eleven at night
        scene.deliver(touch);

        // Then it is due at eight, spread as all are that wait for the same morning
        Instant eight = Instant.parse("2026-05-09T00:00:00Z");
        assertEquals(
                new Due(eight, touch.validUntil()).spread(touch.id()).at(),
                scene.now(touch).dueAt());
        assertFalse(scene.now(touch).dueAt().isBefore(eight));
        assertEquals(Optional.of(SamplePlaybook.store().zone()), scene.now(touch).zone());
        scene.clock.advance(Duration.ofHours(9));
        scene.deliver(touch);
        assertEquals("sent ", scene.end(touch));
    }

    @Test
    void shouldEndAPromotionThatWouldBeTooLateAfterTheQuietHours() {
        PromotionScene scene = new PromotionScene(gift(Set.of()));
        ServiceTouch touch = scene.bought(Duration.ofHours(16));
        scene.clock.advance(Duration.ofHours(11));

        scene.deliver(touch);

        assertEquals("suppressed quiet-hours", scene.end(touch));
    }

    @Test
    void shouldWaitForTheHourAtWhichTheMemberMostlyPays() {
        PromotionScene scene =
                new PromotionScene(
                        new Touchpoint(
                                "gift",
                                Kind.SERVICE,
                                Trigger.ORDER_PAID,
                                new Timing(
                                        Duration.ZERO,
                                        Optional.of(LocalTime.of(20, 0)),
                                        true,
                                        false,
                                        Optional.empty(),
                                        Duration.ZERO,
                                        List.of(),
                                        Timing.USUALLY_WITHIN),
                                Duration.ofHours(2),
                                0,
                                Terms.NONE,
                                List.of(Branch.sending(send("gift")))));
        ServiceTouch touch = scene.bought();

        // Of a member who mostly pays at nine
        for (int days = 10; days < 12; days++) {
            Instant nine = NOON.minus(Duration.ofDays(days)).minus(Duration.ofHours(3));
            scene.buys("memberday:shop:before" + days, nine, "other");
        }

        // When it comes up, as planned, at once
        scene.deliver(touch);

        // Then it is due at nine the next day, spread, and goes then
        Instant eleven = Instant.parse("2026-05-09T03:00:00Z");
        assertEquals(
                new Due(Instant.parse("2026-05-09T01:00:00Z"), eleven).spread(touch.id()).at(),
                scene.now(touch).dueAt());
        assertEquals(eleven, scene.now(touch).validUntil());
        scene.clock.set(scene.now(touch).dueAt());
        scene.deliver(touch);
        assertEquals("sent ", scene.end(touch));
    }
}
