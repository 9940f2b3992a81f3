package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore.Lease;
import io.memberday.campaign.BatchStore.Tally;
import io.memberday.campaign.Funds;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.feedback.Feedback;
import io.memberday.feedback.Origin;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.local.engine.TemplateTables;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Timing;
import io.memberday.touch.DueStore;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

@ExtendWith(EmulatorExtension.class)
class SendingStoresTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    private static final String RUN = "member-day@2026-05-08";
    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final long LEASE = 1_000_000;
    private final TemplateTables tables;
    private final DynamoDbClient client;
    private final String results;
    private final DynamoDbRunStore runs;
    private final DynamoDbAudienceStore audience;
    private final DynamoDbBatchStore batches;
    private final DynamoDbDueStore due;
    private final DynamoDbPaceStore paces;

    SendingStoresTest(Emulator emulator) {
        tables = emulator.tables();
        client = emulator.dynamoDb();
        results = emulator.table("CampaignResultsTable");
        runs = new DynamoDbRunStore(client, results);
        audience = new DynamoDbAudienceStore(client, results);
        batches = new DynamoDbBatchStore(client, results, new Sleep());
        due = new DynamoDbDueStore(client, results);
        paces = new DynamoDbPaceStore(client, results);
    }

    @BeforeEach
    void empty() {
        tables.reset();
    }

    @Test
    void shouldKeepAChannelsPacesBusyUntilItsStopEndsOrIsLifted() {
        DynamoDbChannelStops stops =
                new DynamoDbChannelStops(client, tables.name("CampaignResultsTable"), new Sleep());
        Instant until = Instant.parse("2026-06-01T00:00:00Z");

        // Given a clock that has read the pace just before
        Instant read = paces.busyUntil(Kind.SERVICE, Channel.SMS);

        // When
        assertTrue(stops.stop(Channel.SMS, AT, until));

        // Then the clock's reservation fails, and nothing else has a pace changed
        assertFalse(paces.reserve(Kind.SERVICE, Channel.SMS, read, AT.plusSeconds(1)));
        assertEquals(until, paces.busyUntil(Kind.SERVICE, Channel.SMS));
        assertEquals(until, paces.busyUntil(Kind.MARKETING, Channel.SMS));
        assertEquals(Instant.EPOCH, paces.busyUntil(Kind.SERVICE, Channel.EMAIL));
        assertFalse(stops.lift(Channel.EMAIL, AT));

        // When lifted
        assertTrue(stops.lift(Channel.SMS, AT.plusSeconds(60)));
        assertFalse(stops.lift(Channel.SMS, AT.plusSeconds(61)));

        // Then only what was taken since stops it again
        assertEquals(AT.plusSeconds(60), paces.busyUntil(Kind.SERVICE, Channel.SMS));
        assertFalse(stops.stop(Channel.SMS, AT.plusSeconds(60), until));
        assertTrue(stops.stop(Channel.SMS, AT.plusSeconds(61), until));
    }

    @Test
    void shouldAskAgainForReportsThatTheTableDidNotTakeAndSayIfItNeverDoes() {
        Origin day = new Origin.OfSms(LocalDate.parse("2026-05-08"));
        List<Feedback> reports =
                List.of(
                        new Feedback("1", Feedback.Kind.DELIVERED, false, AT),
                        new Feedback("2", Feedback.Kind.DELIVERED, false, AT));
        List<Duration> waited = new ArrayList<>();
        Taker taker = new Taker(3);

        new DynamoDbFeedbackStore(taker, "results", waited::add).write(day, reports);

        assertEquals(List.of(2, 1, 1), taker.asked);
        assertEquals(List.of(Duration.ofMillis(50), Duration.ofMillis(100)), waited);
        DynamoDbFeedbackStore never =
                new DynamoDbFeedbackStore(new Taker(99), "results", waited::add);
        assertEquals(
                "1 of 2 reports were not written",
                assertThrows(IllegalStateException.class, () -> never.write(day, reports))
                        .getMessage());
    }

    /** A table that leaves one row of each request unwritten, until it has been asked so often. */
    private static final class Taker implements DynamoDbClient {
        private final int calls;
        private final List<Integer> asked = new ArrayList<>();

        Taker(int calls) {
            this.calls = calls;
        }

        @Override
        public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
            List<WriteRequest> rows = request.requestItems().get("results");
            asked.add(rows.size());
            return BatchWriteItemResponse.builder()
                    .unprocessedItems(
                            asked.size() < calls
                                    ? Map.of("results", List.of(rows.getLast()))
                                    : Map.of())
                    .build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    @Test
    void shouldWriteManyReportsAtOnceAndFindThoseOfOneMessage() {
        DynamoDbFeedbackStore feedback =
                new DynamoDbFeedbackStore(client, tables.name("CampaignResultsTable"), new Sleep());
        Origin day = new Origin.OfSms(LocalDate.parse("2026-05-08"));
        List<Feedback> reports =
                IntStream.range(0, 60)
                        .mapToObj(
                                i ->
                                        new Feedback(
                                                "id-" + i,
                                                Feedback.Kind.BOUNCED,
                                                false,
                                                AT,
                                                "spam",
                                                Optional.of(new Feedback.Bill(1, i))))
                        .toList();

        feedback.write(day, reports);
        feedback.write(day, List.of(reports.get(7), reports.get(7)));

        Set<Feedback> found = new HashSet<>();
        feedback.each(day, found::add);
        assertEquals(Set.copyOf(reports), found);
        assertEquals(List.of(reports.get(5)), feedback.of(day, "id-5"));
        assertEquals(List.of(), feedback.of(day, ""));
        assertEquals(
                List.of(), feedback.of(new Origin.OfSms(LocalDate.parse("2026-05-09")), "id-5"));
    }

    @Test
    void shouldLeaseSettleAndGiveBackABatchAsItsOwnerOnly() {
        // Given
        plan(Optional.of(5 * LEASE));
        Batch batch = batch(0, AT);
        Batch.Owner first = owner("first", LEASE);

        // When taken, then taken again as it was read before
        assertTrue(batches.take(batch, first, lease(5 * LEASE)));
        assertFalse(batches.take(batch, owner("second", LEASE), lease(5 * LEASE)));
        assertFalse(batches.takeToClose(batch, owner("second", 0)));

        // Then
        Batch owned = find(batch);
        assertEquals(Optional.of(first), owned.owner());
        assertEquals(LEASE, run().committedMicros());
        assertEquals(new Funds(Optional.of(7L), LEASE, 0), batches.month(MAY, Optional.of(7L)));

        // When given back and taken over: it holds its money already
        assertTrue(batches.giveBack(owned, AT.plusSeconds(60)));
        Batch back = find(batch);
        assertEquals(Batch.Owner.GIVEN_UP, back.owner().orElseThrow().until());
        assertEquals(AT.plusSeconds(60), back.dueAt());
        Batch.Owner third = owner("third", LEASE);
        assertTrue(batches.take(back, third, lease(0, 5 * LEASE)));
        assertFalse(batches.giveBack(owned, AT), "the first owner's time is over");
        assertFalse(batches.finish(owned, tally(), MAY, AT), "the first owner's time is over");

        // When done
        assertTrue(batches.finish(find(batch), tally(), MAY, AT.plusSeconds(90)));

        // Then
        assertEquals(Optional.of(AT.plusSeconds(90)), find(batch).done());
        assertEquals(Optional.empty(), find(batch).owner());
        assertEquals(300_000, run().committedMicros());
        assertEquals(300_000, run().spentMicros());
        assertEquals(
                new Funds(Optional.empty(), 300_000, 300_000),
                batches.month(MAY, Optional.empty()));
        assertFalse(batches.take(find(batch), third, lease(5 * LEASE)), "it is done");
        assertEquals(0, dueBatches().size());
    }

    @Test
    void shouldNotLeaseForARunThatIsNotRunning() {
        plan(Optional.empty());
        runs.find(RUN).orElseThrow();
        client.updateItem(
                update ->
                        update.tableName(results())
                                .key(RunFormat.key(RUN))
                                .updateExpression("SET #state = :paused")
                                .expressionAttributeNames(Map.of("#state", RunFormat.STATE))
                                .expressionAttributeValues(
                                        Map.of(":paused", RowDraft.of("PAUSED"))));
        Batch batch = batch(0, AT);

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
        plan(Optional.of(5 * LEASE));
        List<Batch> all = IntStream.range(0, 16).mapToObj(page -> batch(page, AT)).toList();

        // When
        List<Boolean> taken = takenAtOnce(all, lease(5 * LEASE));

        // Then
        assertEquals(5, taken.stream().filter(won -> won).count());
        assertEquals(5 * LEASE, run().committedMicros());
        assertEquals(5 * LEASE, batches.month(MAY, Optional.empty()).committedMicros());
    }

    @Test
    void shouldKeepTheMonthsCapOverRunsWithoutOne() throws Exception {
        plan(Optional.empty());
        List<Batch> all = IntStream.range(0, 12).mapToObj(page -> batch(page, AT)).toList();

        List<Boolean> taken =
                takenAtOnce(all, new Lease(LEASE, Optional.empty(), MAY, Optional.of(3 * LEASE)));

        assertEquals(3, taken.stream().filter(won -> won).count());
        assertFalse(
                batches.take(
                        batch(99, AT),
                        owner("dear", 9 * LEASE),
                        new Lease(
                                9 * LEASE,
                                Optional.empty(),
                                YearMonth.of(2026, 6),
                                Optional.of(3 * LEASE))));
    }

    @Test
    void shouldGiveABatchToOneOfManyTakersAtOnce() throws Exception {
        plan(Optional.empty());
        Batch batch = batch(0, AT);

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
        assertEquals(LEASE, run().committedMicros());
    }

    @Test
    void shouldKeepAllOutcomeGroupsOfABatchAndNoOthers() {
        plan(Optional.empty());
        Batch batch = batch(0, AT);
        Batch other = batch(1, AT);
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

    @Test
    void shouldFindWhatIsDueLongestDueFirstPageByPageAndMoveItOnce() {
        // Given 60 batches of one shard at most, more than a page of 25
        plan(Optional.empty());
        int[] pages = {0};
        int shard = 0;
        List<Batch> ofShard = new ArrayList<>();
        while (ofShard.size() < 30) {
            Batch batch = batch(pages[0]++, AT.minusSeconds(pages[0]));
            if (Shards.of("run#" + RUN + "#0000#" + batch.id(), Shards.DUE) == shard) {
                ofShard.add(batch);
            }
        }

        // When
        List<Instant> found = new ArrayList<>();
        Iterator<Batch> rows = due.batches(shard, AT, Set::of);
        rows.forEachRemaining(row -> found.add(row.dueAt()));

        // Then
        assertEquals(ofShard.stream().map(Batch::dueAt).sorted().toList(), found);

        // When
        Batch first = due.batches(shard, AT, Set::of).next();
        assertTrue(due.push(first, AT.plusSeconds(300)));
        assertFalse(due.push(first, AT.plusSeconds(300)));

        // Then
        assertEquals(AT.plusSeconds(300), find(first).dueAt());
    }

    @Test
    void shouldNotReadOnPastRowsThatMustWaitButForThoseThatAreOver() {
        // Given 60 batches of a run that waits, of which one is past its window, before one that
        // does not wait
        int shard = Shards.of(partition(0), Shards.DUE);
        List<Batch> sameShard =
                IntStream.range(0, 20_000)
                        .filter(page -> Shards.of(partition(page), Shards.DUE) == shard)
                        .limit(60)
                        .mapToObj(page -> batch(page, AT.minusSeconds(60_000 - page)))
                        .toList();
        DueStore.Lane lane = new DueStore.Lane(RUN, Channel.SMS);
        Instant over = sameShard.getFirst().until().plusSeconds(1);
        Set<DueStore.Lane> waiting = new HashSet<>();

        // When the first is met, its lane has to wait
        Iterator<Batch> rows = due.batches(shard, over, () -> waiting);
        int read = 0;
        while (rows.hasNext()) {
            rows.next();
            read++;
            waiting.add(lane);
        }

        // Then no more came than those of the page that was read already
        assertEquals(25, read);
        assertEquals(60, count(due.batches(shard, over, Set::of)));
        assertEquals(
                List.of(sameShard.getFirst().id()),
                ids(due.batches(shard, over, () -> Set.of(lane))));
        DueStore.Lane other = new DueStore.Lane(RUN, Channel.EMAIL);
        assertEquals(60, count(due.batches(shard, over, () -> Set.of(other))));
    }

    @Test
    void shouldNotReadOnPastTouchesThatMustWaitButForThoseThatAreOver() {
        // Given 120 reminders in one shard
        int shard = Shards.of("payment-reminder#first", Shards.DUE);
        List<ServiceTouch> sameShard =
                IntStream.range(0, 100_000)
                        .mapToObj(number -> reminder("E" + number))
                        .filter(touch -> Shards.of(touch.id(), Shards.DUE) == shard)
                        .limit(120)
                        .toList();
        sameShard.forEach(
                touch ->
                        client.putItem(
                                put ->
                                        put.tableName(results)
                                                .item(ServiceTouchFormat.item(touch))));
        Instant now = AT.plusSeconds(1);
        Set<String> waiting = new HashSet<>();

        // When the first is met, its touchpoint has to wait
        Iterator<ServiceTouch> rows = due.touches(Kind.SERVICE, shard, now, () -> waiting);
        int read = 0;
        while (rows.hasNext()) {
            rows.next();
            read++;
            waiting.add("payment-reminder");
        }

        // Then no more came than those of the page that was read already
        assertEquals(100, read);
        assertEquals(
                120, count(due.touches(Kind.SERVICE, shard, now, () -> Set.of("dispatch-notice"))));
        assertEquals(
                0, count(due.touches(Kind.SERVICE, shard, now, () -> Set.of("payment-reminder"))));
        Instant over = sameShard.getFirst().validUntil().plusSeconds(1);
        assertEquals(
                120,
                count(due.touches(Kind.SERVICE, shard, over, () -> Set.of("payment-reminder"))));
    }

    private static ServiceTouch reminder(String order) {
        return ServiceTouch.planned(
                Kind.SERVICE,
                "payment-reminder",
                order,
                "m1",
                order,
                Optional.empty(),
                AT,
                new Timing.Due(AT, AT.plusSeconds(3_600)));
    }

    private static String partition(int page) {
        return PageFormat.partition(RUN, 0) + "#%06d-00".formatted(page);
    }

    private static List<String> ids(Iterator<Batch> batches) {
        List<String> ids = new ArrayList<>();
        batches.forEachRemaining(batch -> ids.add(batch.id()));
        return ids;
    }

    private static int count(Iterator<?> rows) {
        int count = 0;
        while (rows.hasNext()) {
            rows.next();
            count++;
        }
        return count;
    }

    @Test
    void shouldReserveAPaceOnceWhoeverAsks() {
        assertEquals(Instant.EPOCH, paces.busyUntil(Kind.MARKETING, Channel.SMS));
        Instant busy = AT.plus(Duration.ofMillis(1234));

        assertTrue(paces.reserve(Kind.MARKETING, Channel.SMS, Instant.EPOCH, busy));
        assertFalse(paces.reserve(Kind.MARKETING, Channel.SMS, Instant.EPOCH, AT));
        assertTrue(paces.reserve(Kind.MARKETING, Channel.SMS, busy, busy.plusMillis(1)));
        assertEquals(busy.plusMillis(1), paces.busyUntil(Kind.MARKETING, Channel.SMS));
        assertEquals(Instant.EPOCH, paces.busyUntil(Kind.SERVICE, Channel.SMS));
        assertEquals(Instant.EPOCH, paces.busyUntil(Kind.MARKETING, Channel.EMAIL));
    }

    private void plan(Optional<Long> budget) {
        runs.plan(
                new Run(
                        RUN,
                        "member-day",
                        LocalDate.parse("2026-05-08"),
                        AT,
                        AT.plusSeconds(36_000),
                        1,
                        Run.State.RUNNING,
                        budget,
                        0,
                        0),
                "{}");
    }

    private Batch batch(int page, Instant dueAt) {
        Batch batch =
                new Batch(
                        RUN,
                        0,
                        "%06d-00".formatted(page),
                        Channel.SMS,
                        List.of("m1", "m2", "m3", "m4"),
                        List.of(),
                        dueAt,
                        dueAt.plus(Duration.ofHours(10)),
                        ZoneId.of("Asia/Shanghai"),
                        50_000,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "");
        audience.write(new Page(RUN, 0, page, Optional.empty(), 0, 0, Map.of()), List.of(batch));
        return batch;
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

    private Batch find(Batch batch) {
        return batches.find(batch.run(), batch.slice(), batch.id()).orElseThrow();
    }

    private List<Batch> dueBatches() {
        List<Batch> all = new ArrayList<>();
        for (int shard = 0; shard < Shards.DUE; shard++) {
            due.batches(shard, AT.plusSeconds(3600), Set::of).forEachRemaining(all::add);
        }
        return all;
    }

    private Run run() {
        return runs.find(RUN).orElseThrow();
    }

    private String results() {
        return tables.name("CampaignResultsTable");
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
