package io.memberday.send;

import static io.memberday.send.BatchScene.PART;
import static io.memberday.send.BatchScene.RUN;
import static io.memberday.send.BatchScene.TEN;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.Run;
import io.memberday.event.BusEvent;
import io.memberday.member.Channel;
import io.memberday.member.Member;
import io.memberday.touch.ChannelStops;
import io.memberday.touch.InMemoryPaceStore;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** What stops a batch while it is sent: its run, its channel, or the account. */
class BatchStopTest {
    private final BatchScene scene = new BatchScene(new Random(1), Optional.empty());

    @Test
    void shouldCloseACancelledRunsBatchesAsSuchAtOnce() {
        // Given one of them may have been sent by a dead owner
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.dieAtFirstMessage(batch);
        scene.change(Run.State.CANCELLED);
        scene.clock.advance(Duration.ofMinutes(4));

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals("unknown claim", scene.end(batch, "m001"));
        assertEquals("suppressed cancelled", scene.end(batch, "m002"));
        assertEquals(PART, scene.run().committedMicros());
        assertEquals(List.of("m001"), acceptedMembers());
    }

    @Test
    void shouldStopWithinASecondOfAStopWhileItSends() {
        for (Run.State stop : List.of(Run.State.PAUSED, Run.State.CANCELLED)) {
            // Given a provider that takes a second for each, and a stop while it has the second
            BatchScene stopped = new BatchScene(new Random(1), Optional.empty());
            Batch batch = stopped.batch(Channel.SMS, "m001", "m002", "m003", "m004");
            stopped.provider.after(
                    () -> {
                        stopped.clock.advance(Duration.ofSeconds(1));
                        if (stopped.provider.accepted().size() == 2) {
                            stopped.change(stop);
                        }
                    });

            // When
            stopped.deliver(stopped.sender(), batch);

            // Then
            assertEquals(2, stopped.provider.accepted().size());
            assertEquals(List.of("m001", "m002"), List.copyOf(stopped.outcomes(batch).keySet()));

            // When it comes back
            stopped.clock.advance(Duration.ofMinutes(1));
            stopped.deliver(stopped.sender(), batch);
            assertEquals(2, stopped.provider.accepted().size());
            stopped.change(stop == Run.State.PAUSED ? Run.State.RUNNING : stop);
            stopped.deliver(stopped.sender(), batch);

            // Then
            assertEquals(
                    stop == Run.State.PAUSED ? "sent " : "suppressed cancelled",
                    stopped.end(batch, "m004"));
            assertTrue(stopped.now(batch).done().isPresent());
        }
    }

    @Test
    void shouldClaimNobodyOnceTheChannelIsStopped() {
        // Given a stop while the first is sent to, and another batch that was released before it
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        Batch letters = scene.batch(Channel.EMAIL, "m003");
        scene.provider.after(
                () -> {
                    scene.paces.stop(Channel.SMS, TEN, TEN.plus(Duration.ofDays(23)));
                    scene.clock.advance(Duration.ofSeconds(1));
                });

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(List.of("m001"), List.copyOf(scene.outcomes(batch).keySet()));
        assertEquals(Map.of(), scene.members.member("m002").orElseThrow().claims());
        assertEquals("sms MONTHLY_SPEND_LIMIT", scene.run().why());

        // When the operator sees to it
        scene.paces.lift(Channel.SMS, scene.clock.instant());
        scene.change(Run.State.RUNNING);
        scene.clock.advance(Duration.ofMinutes(1));
        scene.deliver(scene.sender(), batch);
        scene.deliver(scene.sender(), letters);

        // Then
        assertEquals("sent ", scene.end(batch, "m002"));
        assertEquals("sent ", scene.end(letters, "m003"));
    }

    @Test
    void shouldLeaveNobodyInDoubtWhenTheLookAtTheStopFails() {
        // Given
        Batch batch = scene.batch(Channel.SMS, "m001");
        ChannelStops unread =
                new InMemoryPaceStore() {
                    @Override
                    public Stop of(Channel channel) {
                        throw new IllegalStateException("no answer");
                    }
                };

        // When
        assertThrows(IllegalStateException.class, () -> scene.deliver(scene.sender(unread), batch));
        scene.clock.advance(Duration.ofMinutes(20));
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals("sent ", scene.end(batch, "m001"));
    }

    @Test
    void shouldPauseTheRunWhenTheAccountCannotSendAndLoseNobodysTouch() {
        // Given the account is paused after the first message
        Batch batch = scene.batch(Channel.SMS, "m001", "m002", "m003");
        Batch other = scene.batch(Channel.SMS, "m004");
        String code = "AccountSendingPausedException";
        scene.provider.after(() -> scene.provider.halt(Optional.of(code)));

        // When two batches come, and the second is there already when the first meets it
        scene.deliver(scene.sender(), batch);
        scene.deliver(scene.sender(), other);

        // Then the run waits, said once; who was not sent to has neither claim nor count
        assertEquals(Run.State.PAUSED, scene.run().state());
        assertEquals("sms " + code, scene.run().why());
        assertEquals(List.of(BusEvent.runHalted(RUN, "paused", "sms " + code)), scene.bus.events());
        assertEquals(List.of("m001"), List.copyOf(scene.outcomes(batch).keySet()));
        Member spared = scene.members.member("m002").orElseThrow();
        assertEquals(Map.of(), spared.claims());
        assertTrue(spared.counters().values().stream().allMatch(count -> count == 0));

        // When somebody has seen to it
        scene.provider.after(() -> {});
        scene.provider.halt(Optional.empty());
        scene.change(Run.State.RUNNING);
        scene.clock.advance(Duration.ofMinutes(1));
        scene.deliver(scene.sender(), batch);
        scene.deliver(scene.sender(), other);

        // Then
        assertEquals(List.of("m001", "m002", "m003", "m004"), acceptedMembers());
        assertEquals(4 * PART, scene.run().committedMicros());
    }

    @Test
    void shouldNotWakeACancelledRunByPausingIt() {
        // Given it is cancelled while the provider says that the account cannot send
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.provider.after(
                () -> {
                    scene.change(Run.State.CANCELLED);
                    scene.provider.halt(Optional.of("OptInRequired"));
                });

        // When
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(Run.State.CANCELLED, scene.run().state());
        assertEquals(List.of(), scene.bus.events());
    }

    @Test
    void shouldSendNothingOfAPausedRunUntilItGoesOn() {
        Batch batch = scene.batch(Channel.SMS, "m001");
        scene.change(Run.State.PAUSED);
        scene.deliver(scene.sender(), batch);
        assertEquals(0, scene.provider.accepted().size());

        scene.change(Run.State.RUNNING);
        scene.deliver(scene.sender(), batch);

        assertEquals("sent ", scene.end(batch, "m001"));
    }

    private List<String> acceptedMembers() {
        return scene.provider.accepted().stream().map(tags -> tags.get("member")).toList();
    }
}
