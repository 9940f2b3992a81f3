package io.memberday.send;

import static io.memberday.send.PromotionScene.MAY;
import static io.memberday.send.PromotionScene.NOON;
import static io.memberday.send.PromotionScene.gift;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Kind;
import io.memberday.playbook.Touchpoint.Ending;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What keeps promotions back: consent, caps, and the money of the month. */
class PromotionCapsTest {
    @Test
    void shouldEndAPromotionWithoutConsentOrAboveTheCapsOrWithoutMoney() {
        PromotionScene scene = new PromotionScene(gift(Set.of()));
        ServiceTouch refused = scene.bought();
        Consent no = new Consent(false, true, NOON);
        scene.members.change(
                "m001",
                draft -> draft.consents(Consents.UNKNOWN.with(Channel.SMS, Kind.MARKETING, no)));
        scene.deliver(refused);
        assertEquals("suppressed consent", scene.end(refused));

        ServiceTouch capped = scene.bought(Duration.ofHours(23));
        scene.counted("sms.d20260508", 1);
        scene.deliver(capped);
        assertEquals("suppressed cap", scene.end(capped));

        ServiceTouch poor = scene.bought();
        scene.money.pay(MAY, 10_000_000_000L - 49_999, 10_000_000_000L - 49_999);
        scene.deliver(poor);
        assertEquals("suppressed budget", scene.end(poor));
        assertEquals(List.of(), scene.provider.accepted());
    }

    @Test
    void shouldSendAPromotionThatTheDaysCapDidNotLetThroughAtTheSameHourOfTheNextDay() {
        PromotionScene scene = new PromotionScene(gift(Set.of(Ending.REPURCHASED)));
        ServiceTouch touch = scene.bought();
        scene.counted("sms.d20260508", 1);

        scene.deliver(touch);

        assertEquals("open", scene.end(touch));
        assertEquals(NOON.plus(Duration.ofDays(1)), scene.now(touch).dueAt());
        assertEquals(touch.validUntil(), scene.now(touch).validUntil());
        scene.clock.advance(Duration.ofDays(1));
        scene.deliver(touch);
        assertEquals("sent ", scene.end(touch));
    }

    @Test
    void shouldEndAPromotionForWhichNoDayHadRoomWhileItWouldHaveHelped() {
        PromotionScene scene = new PromotionScene(gift(Set.of()));
        ServiceTouch touch = scene.bought();
        scene.counted("sms.w2026-19", 3);

        scene.deliver(touch);
        scene.clock.advance(Duration.ofDays(1));
        scene.deliver(touch);
        assertEquals("open", scene.end(touch));
        scene.clock.advance(Duration.ofDays(1));
        scene.deliver(touch);

        assertEquals("suppressed cap", scene.end(touch));
        assertEquals(List.of(), scene.provider.accepted());
    }

    @Test
    void shouldLeaveAPromotionForLaterWhileOthersHoldTheMonthsMoney() {
        PromotionScene scene = new PromotionScene(gift(Set.of()));
        ServiceTouch touch = scene.bought();
        scene.money.pay(MAY, 10_000_000_000L, 0);

        scene.deliver(touch);

        assertEquals(NOON.plus(Duration.ofMinutes(5)), scene.now(touch).dueAt());
        assertEquals(touch.validUntil(), scene.now(touch).validUntil());
    }
}
