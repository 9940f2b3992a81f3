package io.memberday.aws;

import static io.memberday.aws.StoredRun.AT;
import static io.memberday.aws.StoredRun.RUN;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore.Lease;
import io.memberday.campaign.BatchStore.Tally;
import io.memberday.campaign.Funds;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Channel;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Batches and the money they hold, on emulated tables. */
@ExtendWith(EmulatorExtension.class)
class DynamoDbBatchStoreTest {
    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final long LEASE = 1_000_000;

    private final Emulator emulator;
    private final StoredRun stored;
    private final DynamoDbBatchStore batches;
    private final DynamoDbDueStore due;

    DynamoDbBatchStoreTest(Emulator emulator) {
        this.emulator = emulator;
        stored = new StoredRun(emulator);
        batches = new DynamoDbBatchStore(emulator.dynamoDb(), stored.table(), new Sleep());
        due = new DynamoDbDueStore(emulator.dynamoDb(), stored.table());
    }

    @BeforeEach
    void empty() {
        emulator.tables().reset();
    }

    @Test
    void shouldLeaseSettleAndGiveBackABatchAsItsOwnerOnly() {
        // Given
        stored.plan(Optional.of(5 * LEASE));
        Batch batch = stored.batch(0, AT);
        Batch.Owner first = owner("first", LEASE);

        // When taken, then taken again as it was read before
        assertTrue(batches.take(batch, first, lease(5 * LEASE)));
        assertFalse(batches.take(batch, owner("second", LEASE), lease(5 * LEASE)));
        assertFalse(batches.takeToClose(batch, owner("second", 0)));

        // Then
        Batch owned = stored.find(batch);
        assertEquals(Optional.of(first), owned.owner());
        assertEquals(LEASE, stored.run().committedMicros());
        assertEquals(new Funds(Optional.of(7L), LEASE, 0), batches.month(MAY, Optional.of(7L)));

        // When given back and taken over: it holds its money already
        assertTrue(batches.giveBack(owned, AT.plusSeconds(60)));
        Batch back = stored.find(batch);
        assertEquals(Batch.Owner.GIVEN_UP, back.owner().orElseThrow().until());
        assertEquals(AT.plusSeconds(60), back.dueAt());
        Batch.Owner third = owner("third", LEASE);
        assertTrue(batches.take(back, third, lease(0, 5 * LEASE)));
        assertFalse(batches.giveBack(owned, AT), "the first owner's time is over");
        assertFalse(batches.finish(owned, tally(), MAY, AT), "the first owner's time is over");

        // When done
        assertTrue(batches.finish(stored.find(batch), tally(), MAY, AT.plusSeconds(90)));

        // Then
        assertEquals(Optional.of(AT.plusSeconds(90)), stored.find(batch).done());
        assertEquals(Optional.empty(), stored.find(batch).owner());
        assertEquals(300_000, stored.run().committedMicros());
        assertEquals(300_000, stored.run().spentMicros());
        assertEquals(
                new Funds(Optional.empty(), 300_000, 300_000),
                batches.month(MAY, Optional.empty()));
        assertFalse(batches.take(stored.find(batch), third, lease(5 * LEASE)), "it is done");
        assertEquals(0, dueBatches().size());
    }

    @Test
    void shouldNotLeaseForARunThatIsNotRunning() {
        stored.plan(Optional.empty());
        stored.run();
        emulator.dynamoDb()
                .updateItem(
                        update ->
                                update.tableName(stored.table())
                                        .key(RunFormat.key(RUN))
                                        .updateExpression("SET #state = :paused")
                                        .expressionAttributeNames(Map.of("#state", RunFormat.STATE))
                                        .expressionAttributeValues(
                                                Map.of(":paused", RowDraft.of("PAUSED"))));
        Batch batch = stored.batch(0, AT);

        assertFalse(
                batches.take(
                        batch,
                        owner("a", LEASE),
                        new Lease(LEASE, Optional.empty(), MAY, Optional.empty())));
        assertTrue(batches.takeToClose(batch, owner("b", 0)));
    }

    @Test
    void shouldNeverLeaseMoreThanTheCapsHoweverManyAskAtOnce() throws Exception {
        // Given money for five in the run and for seven in the month
        stored.plan(Optional.of(5 * LEASE));
        List<Batch> all = IntStream.range(0, 16).mapToObj(page -> stored.batch(page, AT)).toList();

        // When
        List<Boolean> taken = takenAtOnce(all, lease(5 * LEASE));

        // Then
        assertEquals(5, taken.stream().filter(won -> won).count());
        assertEquals(5 * LEASE, stored.run().committedMicros());
        assertEquals(5 * LEASE, batches.month(MAY, Optional.empty()).committedMicros());
    }

    @Test
    void shouldKeepTheMonthsCapOverRunsWithoutOne() throws Exception {
        stored.plan(Optional.empty());
        List<Batch> all = IntStream.range(0, 12).mapToObj(page -> stored.batch(page, AT)).toList();

        List<Boolean> taken =
                takenAtOnce(all, new Lease(LEASE, Optional.empty(), MAY, Optional.of(3 * LEASE)));

        assertEquals(3, taken.stream().filter(won -> won).count());
        assertFalse(
                batches.take(
                        stored.batch(99, AT),
                        owner("dear", 9 * LEASE),
                        new Lease(
                                9 * LEASE,
                                Optional.empty(),
                                YearMonth.of(2026, 6),
                                Optional.of(3 * LEASE))));
    }

    @Test
    void shouldGiveABatchToOneOfManyTakersAtOnce() throws Exception {
        stored.plan(Optional.empty());
        Batch batch = stored.batch(0, AT);

        List<Boolean> taken =
                AtOnce.all(
                        IntStream.range(0, 8)
                                .<Callable<Boolean>>mapToObj(
                                        i ->
                                                () ->
                                                        batches.take(
                                                                batch,
                                                                owner("n" + i, LEASE),
                                                                new Lease(
                                                                        LEASE,
                                                                        Optional.empty(),
                                                                        MAY,
                                                                        Optional.empty())))
                                .toList());

        assertEquals(1, taken.stream().filter(won -> won).count());
        assertEquals(LEASE, stored.run().committedMicros());
    }

    @Test
    void shouldKeepAllOutcomeGroupsOfABatchAndNoOthers() {
        stored.plan(Optional.empty());
        Batch batch = stored.batch(0, AT);
        Batch other = stored.batch(1, AT);
        Batch owned = batch.with(AT, Optional.of(owner("a", 0)), Optional.empty());

        batches.record(owned, 0, List.of(outcome("m1"), outcome("m2")));
        batches.record(owned, 0, List.of(outcome("m1"), outcome("m2")));
        batches.record(owned, 1, List.of(outcome("m3")));
        batches.record(
                batch.with(AT, Optional.of(owner("b", 0)), Optional.empty()),
                0,
                List.of(outcome("m4")));
        batches.record(
                other.with(AT, Optional.of(owner("a", 0)), Optional.empty()),
                0,
                List.of(outcome("m5")));

        assertEquals(
                List.of(outcome("m1"), outcome("m2"), outcome("m3"), outcome("m4")),
                batches.outcomes(batch));
    }

    /** Which of the batches were taken, each by an owner of its own. */
    private List<Boolean> takenAtOnce(List<Batch> all, Lease lease) throws Exception {
        return AtOnce.all(
                all.stream()
                        .<Callable<Boolean>>map(
                                batch ->
                                        () ->
                                                batches.take(
                                                        batch,
                                                        owner("n" + batch.id(), LEASE),
                                                        lease))
                        .toList());
    }

    private List<Batch> dueBatches() {
        List<Batch> all = new ArrayList<>();
        for (int shard = 0; shard < Shards.DUE; shard++) {
            due.batches(shard, AT.plusSeconds(3600), Set::of).forEachRemaining(all::add);
        }
        return all;
    }

    private static Batch.Owner owner(String nonce, long leased) {
        return new Batch.Owner(nonce, AT.plusSeconds(180), leased);
    }

    private static Lease lease(long runCap) {
        return lease(LEASE, runCap);
    }

    private static Lease lease(long micros, long runCap) {
        return new Lease(micros, Optional.of(runCap), MAY, Optional.of(7 * LEASE));
    }

    private static Tally tally() {
        return new Tally(3, 1, 0, 0, 300_000);
    }

    private static Outcome outcome(String member) {
        return new Outcome(
                member, Status.SENT, "", Channel.SMS, 1, 50_000, AT, "id-" + member, "t/zh");
    }
}
