package io.memberday.send;

import static io.memberday.send.PromotionScene.NOON;
import static io.memberday.send.PromotionScene.gift;
import static io.memberday.send.PromotionScene.order;
import static io.memberday.send.PromotionScene.send;
import static io.memberday.send.PromotionScene.touchpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.member.Kind;
import io.memberday.order.Refund;
import io.memberday.order.Review;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Ending;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What ends a touch before it is sent: purchases, refunds, reviews and signatures. */
class TouchEndingsTest {
    private static final ParcelKey PARCEL = new ParcelKey("sf", "SF1");

    @Test
    void shouldEndTheRemainingIncentivesWithARepurchaseARefundOrAReview() {
        PromotionScene scene =
                new PromotionScene(
                        gift(Set.of(Ending.REPURCHASED, Ending.REFUNDED, Ending.REVIEWED)));

        ServiceTouch again = scene.bought();
        scene.buys("memberday:shop:later", NOON.minusSeconds(60), "other");
        scene.deliver(again);
        assertEquals("suppressed repurchased", scene.end(again));

        ServiceTouch refunded = scene.bought();
        scene.store.put(order(true, Map.of("r", new Refund(100, NOON)), Optional.empty()));
        scene.deliver(refunded);
        assertEquals("suppressed refunded", scene.end(refunded));

        ServiceTouch reviewed = scene.bought();
        scene.store.put(order(true, Map.of(), Optional.of(new Review("r1", 5, NOON))));
        scene.deliver(reviewed);
        assertEquals("suppressed reviewed", scene.end(reviewed));
    }

    @Test
    void shouldEndWhenAnEarlierPurchaseTurnsUp() {
        PromotionScene scene = new PromotionScene(gift(Set.of()));
        ServiceTouch touch = scene.bought();
        scene.buys("memberday:shop:earlier", NOON.minus(Duration.ofDays(9)), "sku");

        scene.deliver(touch);

        assertEquals("suppressed not-first", scene.end(touch));
    }

    @Test
    void shouldNotRemindWhoHasPaidAnotherOrderWithTheSameProductInADay() {
        PromotionScene scene = new PromotionScene(SamplePlaybook.paymentReminder());
        ServiceTouch touch = scene.planned(Duration.ofHours(12));
        scene.store.put(order(false, Map.of(), Optional.empty()));
        scene.buys("memberday:shop:again", NOON.minus(Duration.ofMinutes(10)), "other");
        scene.buys("memberday:shop:same", NOON.minus(Duration.ofMinutes(5)), "sku");

        scene.deliver(touch);

        assertEquals("suppressed reordered", scene.end(touch));
    }

    @Test
    void shouldRemindWhoHasPaidAnotherOrderWithOtherProducts() {
        PromotionScene scene = new PromotionScene(SamplePlaybook.paymentReminder());
        ServiceTouch touch = scene.planned(Duration.ofHours(12));
        scene.store.put(order(false, Map.of(), Optional.empty()));
        scene.buys("memberday:shop:again", NOON.minus(Duration.ofMinutes(10)), "other");

        scene.deliver(touch);

        assertEquals("sent ", scene.end(touch));
    }

    @Test
    void shouldNotRepeatACallInDoubtAboutAParcelThatTheOrderNoLongerNames() {
        // Given a first call that nobody answered
        PromotionScene scene =
                new PromotionScene(
                        touchpoint(Kind.SERVICE, Trigger.PARCEL_SHIPPED, Set.of(), send("gift")));
        ServiceTouch touch = scene.bought(PARCEL);
        scene.provider.faults(1, 0, 0);
        scene.deliver(touch);
        scene.provider.faults(0, 0, 0);
        int calls = scene.provider.envelopes().size();

        // When the shop corrects the number
        scene.store.put(
                order(true, List.of(new ParcelKey("sf", "SF2")), Map.of(), Optional.empty()));
        scene.clock.advance(Duration.ofMinutes(2));
        scene.deliver(touch);

        // Then
        assertEquals("unknown claim", scene.end(touch));
        assertEquals(calls, scene.provider.envelopes().size());
    }

    @Test
    void shouldGiveNothingForAFirstPurchaseBelowTheLeastAmount() {
        Touchpoint gift = gift(Set.of());
        PromotionScene scene =
                new PromotionScene(
                        new Touchpoint(
                                gift.id(),
                                gift.kind(),
                                gift.on(),
                                gift.timing(),
                                gift.validFor(),
                                12_801,
                                gift.terms(),
                                gift.branches()));
        ServiceTouch touch = scene.bought();

        scene.deliver(touch);

        assertEquals("suppressed amount", scene.end(touch));
    }

    @Test
    void shouldNotTellOfAParcelThatWasSignedForAndConditionTheClaimOnIt() {
        PromotionScene scene =
                new PromotionScene(
                        touchpoint(
                                Kind.SERVICE,
                                Trigger.PARCEL_SHIPPED,
                                Set.of(Ending.SIGNED),
                                send("gift")));
        ServiceTouch touch = scene.bought(PARCEL);
        scene.store.put(Parcel.scanned(PARCEL, ParcelStatus.SIGNED, NOON, ""));

        scene.deliver(touch);

        assertEquals("suppressed signed", scene.end(touch));
    }
}
