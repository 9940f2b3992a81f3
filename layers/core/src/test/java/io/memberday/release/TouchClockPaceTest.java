package io.memberday.release;

import static io.memberday.release.ClockScene.RUN;
import static io.memberday.release.ClockScene.TEN;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.event.BusEvent;
import io.memberday.member.Channel;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Touchpoint;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The sample shop sends 100 SMS and 50 emails a second. */
class TouchClockPaceTest {
    private final ClockScene scene = new ClockScene();

    @Test
    void shouldReleaseTwoMinutesOfWorkAndThenWhatTheChannelHasSentSince() {
        // Given an hour of work for SMS: 100 a second, 100 a batch
        scene.batches(3600, Channel.SMS, 100, TEN);

        // When
        List<Integer> released = new ArrayList<>();
        for (int minute = 0; minute < 5; minute++) {
            released.add(scene.tick().batches());
            scene.clock.advance(Duration.ofMinutes(1));
        }

        // Then
        assertEquals(List.of(120, 60, 60, 60, 60), released);
    }

    @Test
    void shouldKeepEachChannelsPaceAndLetNoneWaitForTheOther() {
        // Given SMS waits longer than email
        scene.batches(500, Channel.SMS, 100, TEN.minusSeconds(60));
        scene.batches(500, Channel.EMAIL, 100, TEN);

        // When
        scene.tick();

        // Then two minutes of each: 12,000 SMS and 6,000 emails
        assertEquals(120, scene.released(Channel.SMS));
        assertEquals(60, scene.released(Channel.EMAIL));
    }

    @Test
    void shouldReleaseTheLongestDueFirst() {
        // Given
        scene.batches(300, Channel.SMS, 100, TEN.minusSeconds(10));
        Batch early = scene.batches(1, Channel.SMS, 100, TEN.minusSeconds(3600)).getFirst();

        // When
        scene.tick();

        // Then
        assertEquals(BusEvent.batchDue(RUN, 0, early.id()), scene.bus.events().getFirst());
    }

    @Test
    void shouldReleaseABatchThatIsMoreThanTwoMinutesOfWorkWhenNothingIsInFlight() {
        // Given 13,000 SMS in one
        scene.batches(1, Channel.SMS, 13_000, TEN);
        scene.batches(1, Channel.SMS, 1, TEN.plusSeconds(60));

        // When
        int first = scene.tick().batches();
        scene.clock.advance(Duration.ofMinutes(1));
        int second = scene.tick().batches();
        scene.clock.advance(Duration.ofMinutes(1));
        int third = scene.tick().batches();

        // Then the small one waits until there is room again
        assertEquals(List.of(1, 1, 0), List.of(first, second, third));
    }

    @Test
    void shouldFindAChannelsBatchesBehindMoreOfAFullOneThanATickCanRead() {
        // Given
        scene.batches(25_000, Channel.SMS, 100, TEN.minusSeconds(60));
        scene.batches(1, Channel.EMAIL, 50, TEN);

        // When
        scene.tick();

        // Then
        assertEquals(120, scene.released(Channel.SMS));
        assertEquals(1, scene.released(Channel.EMAIL));
        assertTrue(scene.due.read() < 200, "read " + scene.due.read());
    }

    @Test
    void shouldFindAnotherChannelsTouchesBehindMoreOfAFullOneThanItCanTake() {
        // Given more than two minutes of SMS, of which one may not be sent any more
        for (int number = 0; number < 13_000; number++) {
            scene.touch("o" + number, TEN.minusSeconds(13_000 - number));
        }
        scene.touch("payment-reminder", "late", TEN, TEN);
        scene.touch("review-care", "mail", TEN, TEN.plusSeconds(60));
        scene.clock.advance(Duration.ofSeconds(1));

        // When
        int released =
                scene.touchClock(playbookWithEmails("review-care")).tick(() -> true).touches();

        // Then
        assertEquals(12_002, released);
        Set<Object> told =
                scene.bus.events().stream()
                        .flatMap(event -> ((List<?>) event.detail().get("touches")).stream())
                        .collect(Collectors.toSet());
        assertTrue(
                told.contains(Map.of("touchpoint", "review-care", "subject", "mail")),
                "the email is released");
        assertTrue(
                told.contains(Map.of("touchpoint", "payment-reminder", "subject", "late")),
                "and what is only to be ended");
        assertTrue(scene.due.read() < 12_100, "read " + scene.due.read());
    }

    @Test
    void shouldPutServiceTouchesFirstTenInAnEventAndNotHoldThemForMarketing() {
        // Given marketing that fills its channel
        scene.batches(500, Channel.SMS, 100, TEN.minusSeconds(600));
        scene.tick();
        for (int i = 0; i < 25; i++) {
            scene.touch("memberday:shop:" + i, TEN);
        }
        scene.bus.take();

        // When
        TouchClock.Released released = scene.tick();

        // Then
        assertEquals(25, released.touches());
        assertEquals(
                List.of("TouchesDue", "TouchesDue", "TouchesDue"),
                scene.bus.events().stream().map(BusEvent::type).toList());
        assertEquals(10, ((List<?>) scene.bus.events().getFirst().detail().get("touches")).size());
    }

    private static Playbook playbookWithEmails(String touchpoint) {
        Playbook sample = SamplePlaybook.playbook();
        Touchpoint like = SamplePlaybook.paymentReminder();
        return new Playbook(
                sample.store(),
                sample.ladder(),
                sample.segments(),
                sample.campaigns(),
                List.of(
                        like,
                        new Touchpoint(
                                touchpoint,
                                like.kind(),
                                like.on(),
                                like.timing(),
                                like.validFor(),
                                like.leastMinor(),
                                like.terms(),
                                List.of(
                                        Touchpoint.Branch.sending(
                                                List.of(
                                                        new Campaign.Send(
                                                                Channel.EMAIL, touchpoint)))))),
                sample.benefits(),
                sample.templates());
    }
}
