package io.memberday.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.event.BusEvent;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.message.Messenger.Envelope;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What a touch sends, when it waits or ends, and what becomes of a call in doubt. */
class TouchSenderTest {
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
        assertEquals("sent  1", scene.end(touch));
        assertEquals("payment-reminder/zh", scene.now(touch).outcome().orElseThrow().template());
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

        assertEquals("suppressed paid 0", scene.end(touch));
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
        assertEquals("suppressed consent 0", scene.end(refused));
        assertEquals("suppressed unreachable 0", scene.end(dead));
        assertEquals("suppressed late 0", scene.end(late));
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
        assertEquals("sent  1", scene.end(one));
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
        assertEquals("sent  1", scene.end(touch));
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
        assertEquals("unknown timeout 2", scene.end(touch));
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

        assertEquals("sent  2", scene.end(touch));
    }

    @Test
    void shouldEndAsUnknownWhatWasPaidAfterACallInDoubt() {
        ServiceTouch touch = scene.unpaid("m001");
        scene.provider.faults(1, 0, 0);
        scene.deliver(touch);
        scene.pay(touch);
        scene.clock.advance(Duration.ofMinutes(1));

        scene.deliver(touch);

        assertEquals("unknown claim 1", scene.end(touch));
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
        assertEquals("sent  2", scene.end(touch));
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

    private Member member(String id) {
        return scene.members.member(id).orElseThrow();
    }
}
