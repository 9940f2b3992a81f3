package io.memberday.send;

import static io.memberday.send.BatchScene.PART;
import static io.memberday.send.BatchScene.TEN;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore.Tally;
import io.memberday.member.Channel;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Who sends a batch: one at a time, as long as it may live, and never again what is in doubt. */
class BatchOwnerTest {
    private final BatchScene scene = new BatchScene(new Random(1), Optional.empty());

    @Test
    void shouldNeverResendAMarketingMessageOfUnknownOutcome() {
        // Given
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.provider.faults(1, 0, 0);

        // When
        for (int i = 0; i < 5; i++) {
            scene.deliver(scene.sender(), batch);
            scene.clock.advance(Duration.ofMinutes(5));
        }

        // Then
        assertEquals("unknown timeout", scene.end(batch, "m001"));
        assertEquals(2 * PART, scene.run().spentMicros(), "it may have been billed");
        assertTrue(scene.provider.accepted().size() <= 2);
    }

    @Test
    void shouldTakeTheClaimBackWhenTheProviderTakesNoMoreAndGoOnLater() {
        // Given
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.provider.faults(0, 1, 0);

        // When
        scene.deliver(scene.sender(), batch);

        // Then nothing is left on the member, and the batch comes back in a minute
        assertEquals(Map.of(), scene.members.member("m001").orElseThrow().claims());
        assertEquals(
                List.of(0, 0, 0),
                List.copyOf(scene.members.member("m001").orElseThrow().counters().values()));
        assertTrue(scene.clock.instant().isAfter(TEN.plusSeconds(6)), "it tried a few times");
        assertTrue(scene.now(batch).dueAt().isBefore(TEN.plusSeconds(70)));

        // When
        scene.provider.faults(0, 0, 0);
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals(new Tally(2, 0, 0, 0, 2 * PART), scene.batches.tally(batch));
    }

    @Test
    void shouldLeaveABatchToItsLivingOwner() {
        // Given
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.dieAtFirstMessage(batch);

        // When its invocation could still be alive
        scene.clock.advance(Duration.ofSeconds(119));
        scene.deliver(scene.sender(), batch);

        // Then
        assertTrue(scene.outcomes(batch).isEmpty());
        assertEquals(1, scene.provider.accepted().size());
    }

    @Test
    void shouldCloseWhatADeadOwnerClaimedAsUnknownAndSendTheRest() {
        // Given
        Batch batch = scene.batch(Channel.SMS, "m001", "m002");
        scene.dieAtFirstMessage(batch);

        // When
        scene.clock.advance(Duration.ofMinutes(5));
        scene.deliver(scene.sender(), batch);

        // Then
        assertEquals("unknown claim", scene.end(batch, "m001"));
        assertEquals("sent ", scene.end(batch, "m002"));
        assertEquals(2, scene.provider.accepted().size());
    }

    @Test
    void shouldStopInTimeAndGiveBackTheRest() {
        // Given each message takes 20 seconds
        Batch batch = scene.batch(Channel.SMS, "m001", "m002", "m003", "m004", "m005", "m006");
        scene.provider.after(() -> scene.clock.advance(Duration.ofSeconds(20)));

        // When an invocation of two minutes sends
        scene.deliver(scene.sender(), batch);

        // Then it ends with time in hand, and the next goes on where it stopped
        assertEquals(5, scene.provider.accepted().size());
        assertFalse(scene.now(batch).done().isPresent());
        scene.deliver(scene.sender(), batch);
        assertEquals(6, scene.provider.accepted().size());
        assertTrue(scene.now(batch).done().isPresent());
    }
}
