package io.memberday.aws;

import static io.memberday.aws.StoredRun.AT;
import static io.memberday.aws.StoredRun.RUN;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Timing;
import io.memberday.touch.DueStore;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What is due, on emulated tables: longest due first, and no more read than is taken. */
@ExtendWith(EmulatorExtension.class)
class DynamoDbDueStoreTest {
    private final Emulator emulator;
    private final StoredRun stored;
    private final DynamoDbDueStore due;

    DynamoDbDueStoreTest(Emulator emulator) {
        this.emulator = emulator;
        stored = new StoredRun(emulator);
        due = new DynamoDbDueStore(emulator.dynamoDb(), stored.table());
    }

    @BeforeEach
    void empty() {
        emulator.tables().reset();
    }

    @Test
    void shouldFindWhatIsDueLongestDueFirstPageByPageAndMoveItOnce() {
        // Given 30 batches of one shard, more than a page of 25, and some of others
        stored.plan(Optional.empty());
        int shard = 0;
        List<Batch> ofShard = new ArrayList<>();
        for (int page = 0; ofShard.size() < 30; page++) {
            boolean its = Shards.of(partition(page), Shards.DUE) == shard;
            if (!its && page > 30) {
                continue;
            }
            Batch batch = stored.batch(page, AT.minusSeconds(page + 1));
            if (its) {
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
        assertEquals(AT.plusSeconds(300), stored.find(first).dueAt());
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
                        .mapToObj(page -> stored.batch(page, AT.minusSeconds(60_000 - page)))
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
                        emulator.dynamoDb()
                                .putItem(
                                        put ->
                                                put.tableName(stored.table())
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
}
