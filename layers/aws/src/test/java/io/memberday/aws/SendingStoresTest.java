package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchStore.Lease;
import io.memberday.campaign.BatchStore.Tally;
import io.memberday.campaign.Funds;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.local.engine.TemplateTables;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.playbook.Store.Caps;
import io.memberday.touch.ClaimStore.Answer;
import io.memberday.touch.ContactCounter;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

@ExtendWith(EmulatorExtension.class)
class SendingStoresTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    private static final String RUN = "member-day@2026-05-08";
    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final long LEASE = 1_000_000;
    private static final List<ContactCounter> COUNTERS =
            ContactCounter.of(Channel.SMS, LocalDate.parse("2026-05-08"), new Caps(1, 3, 60));

    private final TemplateTables tables;
    private final DynamoDbClient client;
    private final String members;
    private final DynamoDbRunStore runs;
    private final DynamoDbAudienceStore audience;
    private final DynamoDbBatchStore batches;
    private final DynamoDbClaimStore claims;
    private final DynamoDbDueStore due;
    private final DynamoDbPaceStore paces;

    SendingStoresTest(Emulator emulator) {
        tables = emulator.tables();
        client = emulator.dynamoDb();
        members = emulator.table("MembersTable");
        String results = emulator.table("CampaignResultsTable");
        runs = new DynamoDbRunStore(client, results);
        audience = new DynamoDbAudienceStore(client, results);
        batches = new DynamoDbBatchStore(client, results, new Sleep());
        claims = new DynamoDbClaimStore(client, members);
        due = new DynamoDbDueStore(client, results);
        paces = new DynamoDbPaceStore(client, results);
    }

    @BeforeEach
    void empty() {
        tables.reset();
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
        List<Boolean> taken =
                atOnce(
                        all.stream()
                                .<Callable<Boolean>>map(
                                        batch ->
                                                () ->
                                                        batches.take(
                                                                batch,
                                                                owner("n" + batch.id(), LEASE),
                                                                lease(5 * LEASE)))
                                .toList());

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
                atOnce(
                        all.stream()
                                .<Callable<Boolean>>map(
                                        batch ->
                                                () ->
                                                        batches.take(
                                                                batch,
                                                                owner("n" + batch.id(), LEASE),
                                                                new Lease(
                                                                        LEASE,
                                                                        Optional.empty(),
                                                                        MAY,
                                                                        Optional.of(3 * LEASE))))
                                .toList());

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
                atOnce(
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
    void shouldClaimOnceRaiseCountersAndTakeBothBack() {
        // Given
        put(Member.fresh("m1", AT));
        Member read = claims.member("m1").orElseThrow();
        Claim claim = new Claim(AT, "n1.m1", Channel.SMS);

        // When claimed, and the same write comes again
        assertEquals(new Answer.Claimed(), claims.claim(read, RUN, claim, COUNTERS));
        assertEquals(new Answer.Claimed(), claims.claim(read, RUN, claim, COUNTERS));

        // Then
        Member claimed = claims.member("m1").orElseThrow();
        assertEquals(Map.of(RUN, claim), claimed.claims());
        assertEquals(
                Map.of("sms.d20260508", 1, "sms.w2026-19", 1, "sms.y2026", 1), claimed.counters());
        assertEquals(read.version() + 1, claimed.version());

        // When another comes, by what it read or by what it is told
        Claim other = new Claim(AT, "n2.m1", Channel.SMS);
        assertEquals(new Answer.Changed(claimed), claims.claim(read, RUN, other, COUNTERS));
        assertEquals(new Answer.Changed(claimed), claims.claim(claimed, RUN, other, COUNTERS));
        assertFalse(claims.release("m1", RUN, other, COUNTERS));

        // When it is taken back, and the same write comes again
        assertTrue(claims.release("m1", RUN, claim, COUNTERS));
        assertFalse(claims.release("m1", RUN, claim, COUNTERS));

        // Then
        Member released = claims.member("m1").orElseThrow();
        assertEquals(Map.of(), released.claims());
        assertEquals(
                Map.of("sms.d20260508", 0, "sms.w2026-19", 0, "sms.y2026", 0), released.counters());
        assertEquals(
                new Answer.Gone(), claims.claim(Member.fresh("m404", AT), RUN, claim, COUNTERS));
    }

    @Test
    void shouldRefuseAClaimWhenTheMemberChangedSinceItWasRead() {
        // Given an opt-out after the read
        put(Member.fresh("m1", AT));
        Member read = claims.member("m1").orElseThrow();
        put(read.change().version(read.version() + 1).points(7).done());

        // When
        Answer answer = claims.claim(read, RUN, new Claim(AT, "n1.m1", Channel.SMS), COUNTERS);

        // Then
        assertEquals(new Answer.Changed(claims.member("m1").orElseThrow()), answer);
        assertEquals(Map.of(), claims.member("m1").orElseThrow().claims());
    }

    @Test
    void shouldLetOneOfManyClaimersWin() throws Exception {
        put(Member.fresh("m1", AT));
        Member read = claims.member("m1").orElseThrow();

        List<Answer> answers =
                atOnce(
                        IntStream.range(0, 8)
                                .<Callable<Answer>>mapToObj(
                                        i ->
                                                () ->
                                                        claims.claim(
                                                                read,
                                                                RUN,
                                                                new Claim(
                                                                        AT,
                                                                        "n" + i + ".m1",
                                                                        Channel.SMS),
                                                                COUNTERS))
                                .toList());

        assertEquals(1, answers.stream().filter(Answer.Claimed.class::isInstance).count());
        assertEquals(1, claims.member("m1").orElseThrow().counters().get("sms.d20260508"));
    }

    @Test
    void shouldReadManyMembersAndLeaveOutWhoIsNotThere() {
        put(Member.fresh("m1", AT));
        put(Member.fresh("m2", AT));

        for (boolean strong : List.of(true, false)) {
            assertEquals(
                    List.of("m1", "m2"),
                    claims.members(List.of("m1", "m404", "m2", "m1"), strong).keySet().stream()
                            .sorted()
                            .toList());
        }
        assertEquals(Map.of(), claims.members(List.of(), false));
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
        Iterator<Batch> rows = due.batches(shard, AT);
        rows.forEachRemaining(row -> found.add(row.dueAt()));

        // Then
        assertEquals(ofShard.stream().map(Batch::dueAt).sorted().toList(), found);

        // When
        Batch first = due.batches(shard, AT).next();
        assertTrue(due.push(first, AT.plusSeconds(300)));
        assertFalse(due.push(first, AT.plusSeconds(300)));

        // Then
        assertEquals(AT.plusSeconds(300), find(first).dueAt());
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
                        50_000,
                        Optional.empty(),
                        Optional.empty());
        audience.write(new Page(RUN, 0, page, Optional.empty(), 0, 0, Map.of()), List.of(batch));
        return batch;
    }

    private Batch find(Batch batch) {
        return batches.find(batch.run(), batch.slice(), batch.id()).orElseThrow();
    }

    private List<Batch> dueBatches() {
        List<Batch> all = new ArrayList<>();
        for (int shard = 0; shard < Shards.DUE; shard++) {
            due.batches(shard, AT.plusSeconds(3600)).forEachRemaining(all::add);
        }
        return all;
    }

    private Run run() {
        return runs.find(RUN).orElseThrow();
    }

    private String results() {
        return tables.name("CampaignResultsTable");
    }

    private void put(Member member) {
        client.putItem(put -> put.tableName(members).item(MemberFormat.item(member)));
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

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(calls.size())) {
            List<T> answers = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(calls)) {
                answers.add(future.get());
            }
            return answers;
        }
    }
}
