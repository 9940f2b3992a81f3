package io.memberday.send;

import static io.memberday.send.BatchScene.PART;
import static io.memberday.send.BatchScene.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore.Tally;
import io.memberday.member.Channel;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A sender takes a batch with its money, from the run's pot and the month's (P4). */
class BatchMoneyTest {
    private final BatchScene scene = new BatchScene(new Random(1), Optional.empty());

    @Test
    void shouldCloseABatchForWhichThereWillNeverBeMoney() {
        // Given money for three messages and batches of two
        BatchScene poor = new BatchScene(new Random(1), Optional.of(3 * PART));
        Batch first = poor.batch(Channel.SMS, "m001", "m002");
        Batch second = poor.batch(Channel.SMS, "m003", "m004");

        // When
        poor.deliver(poor.sender(), first);
        poor.deliver(poor.sender(), second);

        // Then
        assertEquals(new Tally(2, 0, 0, 0, 2 * PART), poor.batches.tally(first));
        assertEquals(new Tally(0, 0, 0, 2, 0), poor.batches.tally(second));
        assertEquals("budget", poor.outcomes(second).get("m003").reason());
        assertEquals(2 * PART, poor.run().committedMicros());
    }

    @Test
    void shouldWaitWhileOthersHoldTheMoneyThatTheyMayReturn() {
        // Given all money is lent to a batch whose owner died
        BatchScene poor = new BatchScene(new Random(1), Optional.of(2 * PART));
        Batch first = poor.batch(Channel.SMS, "m001", "m002");
        Batch second = poor.batch(Channel.SMS, "m003", "m004");
        poor.dieAtFirstMessage(first);

        // When
        poor.deliver(poor.sender(), second);

        // Then
        assertFalse(poor.now(second).done().isPresent());

        // When the dead one's batch is taken over: it holds its money already
        poor.clock.advance(Duration.ofMinutes(5));
        poor.deliver(poor.sender(), first);
        poor.deliver(poor.sender(), second);

        // Then
        assertEquals(new Tally(1, 0, 1, 0, 2 * PART), poor.batches.tally(first));
        assertEquals(new Tally(0, 0, 0, 2, 0), poor.batches.tally(second));
    }

    @Test
    void shouldKeepTheMonthsBudgetOverAllRuns() {
        // Given the sample shop's 10,000.00 CNY a month: 200,000 parts
        long dear = 100_000 * PART;
        List.of("m001", "m002", "m003").forEach(id -> scene.members.put(member(id)));
        Batch first = scene.batch(Channel.SMS, dear, List.of("m001"));
        Batch second = scene.batch(Channel.SMS, 2 * dear, List.of("m002"));
        Batch third = scene.batch(Channel.SMS, 3 * dear, List.of("m003"));
        scene.dieAtFirstMessage(first);

        // When
        scene.deliver(scene.sender(), second);
        scene.deliver(scene.sender(), third);

        // Then one waits for what is lent, the other could never be paid
        assertTrue(scene.outcomes(second).isEmpty());
        assertEquals("suppressed budget", scene.end(third, "m003"));
    }

    @Test
    void shouldSuppressWhatWouldCostMoreThanWasSetAside() {
        scene.members.put(member("m001"));
        Batch batch = scene.batch(Channel.SMS, PART - 1, List.of("m001"));

        scene.deliver(scene.sender(), batch);

        assertEquals("suppressed cost", scene.end(batch, "m001"));
    }

    @Test
    void shouldSpendNothingOnABatchWithoutMoneyWhoseMemberHadItsMessageAsAnother() {
        // Given money for one message; the members of two batches become one after it was sent
        BatchScene poor = new BatchScene(new Random(1), Optional.of(PART));
        Batch first = poor.batch(Channel.SMS, "m001");
        Batch second = poor.batch(Channel.SMS, "m002");
        poor.deliver(poor.sender(), first);
        poor.merge("m001", "m002");

        // When whoever closes the second batch for want of money dies, and another takes it over
        poor.dieAtOutcomes(second);
        poor.clock.advance(Duration.ofMinutes(5));
        poor.deliver(poor.sender(), second);

        // Then
        assertEquals("suppressed budget", poor.end(second, "m002"));
        assertEquals(PART, poor.run().committedMicros());
    }
}
