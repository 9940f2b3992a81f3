package io.memberday.aws;

import static io.memberday.aws.StoredRun.AT;
import static io.memberday.aws.StoredRun.RUN;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.Page;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Channel;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A run's audience on emulated tables: its pages, and their batches. */
@ExtendWith(EmulatorExtension.class)
class DynamoDbAudienceStoreTest {
    private final Emulator emulator;
    private final String table;
    private final DynamoDbAudienceStore audience;

    DynamoDbAudienceStoreTest(Emulator emulator) {
        this.emulator = emulator;
        table = emulator.table("CampaignResultsTable");
        audience = new DynamoDbAudienceStore(emulator.dynamoDb(), table);
    }

    @BeforeEach
    void empty() {
        emulator.tables().reset();
    }

    @Test
    void shouldWriteThePagesOfAScanTogetherOrNoneOfThem() {
        // Given
        Page page = page(0, Optional.of("m7"));
        Page other = new Page("weekend@2026-05-08", 1, 0, page.next(), page.scanned(), 0, Map.of());
        audience.write(other, List.of());

        // When
        boolean written =
                audience.write(List.of(page, other), List.of(batch("000000-00", Optional.empty())));

        // Then
        assertFalse(written);
        assertEquals(List.of(), audience.pages(RUN, 1));
        assertEquals(List.of(), batches(1));

        // When
        Page next = page(1, Optional.empty());
        written =
                audience.write(
                        List.of(
                                next,
                                new Page(
                                        other.run(),
                                        1,
                                        1,
                                        next.next(),
                                        next.scanned(),
                                        0,
                                        Map.of())),
                        List.of(batch("000001-00", Optional.empty())));

        // Then
        assertTrue(written);
        assertEquals(List.of(next), audience.pages(RUN, 1));
        assertEquals(2, audience.pages(other.run(), 1).size());
        assertEquals(1, batches(1).size());
    }

    @Test
    void shouldWriteAPageWithItsBatchesOnce() {
        // Given
        Page page = page(0, Optional.of("m7"));
        List<Batch> batches = List.of(batch("000000-00", Optional.empty()));

        // When
        boolean written = audience.write(page, batches);
        boolean again =
                audience.write(
                        page(0, Optional.of("m9")),
                        List.of(
                                batch("000000-00", Optional.of(AT)),
                                batch("000000-01", Optional.empty())));

        // Then
        assertTrue(written);
        assertFalse(again);
        assertEquals(List.of(page), audience.pages(RUN, 1));
        assertEquals(batches, batches(1));
    }

    @Test
    void shouldGoOnFromTheLastPageOfEachSlice() {
        // Given
        assertEquals(Optional.empty(), audience.lastPage(RUN, 1));
        List<Page> pages =
                IntStream.range(0, 12).mapToObj(number -> page(number, Optional.of("m"))).toList();
        pages.forEach(page -> audience.write(page, List.of()));

        // Then
        assertEquals(Optional.of(pages.getLast()), audience.lastPage(RUN, 1));
        assertEquals(pages, audience.pages(RUN, 1));
        assertEquals(Optional.empty(), audience.lastPage(RUN, 0));
        assertEquals(Optional.empty(), audience.lastPage("other@2026-05-08", 1));
    }

    @Test
    void shouldReadMoreBatchesThanOneQueryHolds() {
        // Given: 240 batches of 5 KB are more than a query's 1 MB
        List<Batch> all = new ArrayList<>();
        for (int number = 0; number < 12; number++) {
            List<Batch> batches = new ArrayList<>();
            for (int nth = 0; nth < 20; nth++) {
                batches.add(batch("%06d-%02d".formatted(number, nth), Optional.empty()));
            }
            audience.write(page(number, Optional.empty()), batches);
            all.addAll(batches);
        }

        Batch other =
                new Batch(
                        RUN,
                        1,
                        "000012-00",
                        Channel.SMS,
                        List.of("one"),
                        List.of("two"),
                        AT,
                        AT.plusSeconds(36_000),
                        ZoneId.of("Europe/Vienna"),
                        50_000,
                        Optional.empty(),
                        Optional.empty(),
                        "b",
                        "BMBM",
                        List.of());
        audience.write(page(12, Optional.empty()), List.of(other));
        all.add(other);

        // Then all of them are read, or those alone in which somebody is
        assertEquals(all, batches(1));
        assertEquals(List.of(other), audience.batchesOf(RUN, 1, Set.of("one", "nobody")));
        assertEquals(List.of(other), audience.batchesOf(RUN, 1, Set.of("two")));
        assertEquals(all.subList(0, all.size() - 1), audience.batchesOf(RUN, 1, Set.of("h2")));
        assertEquals(List.of(), audience.batchesOf(RUN, 1, Set.of("m", "h", "tw")));
    }

    @Test
    void shouldStandInTheDueIndexUntilItIsDone() {
        // When
        audience.write(
                page(0, Optional.empty()),
                List.of(batch("000000-00", Optional.empty()), batch("000000-01", Optional.of(AT))));

        // Then
        List<String> due = new ArrayList<>();
        for (int shard = 0; shard < Shards.DUE; shard++) {
            String key = Shards.due("marketing", shard);
            emulator.dynamoDb()
                    .query(
                            query ->
                                    query.tableName(table)
                                            .indexName("byDue")
                                            .keyConditionExpression(
                                                    "dueShard = :shard AND dueAt <= :now")
                                            .expressionAttributeValues(
                                                    Map.of(
                                                            ":shard", RowDraft.of(key),
                                                            ":now", RowDraft.of(AT))))
                    .items()
                    .forEach(item -> due.add(BatchFormat.batch(item).id()));
        }
        assertEquals(List.of("000000-00"), due);
    }

    @Test
    void shouldKeepABatchWithItsOwner() {
        Batch owned =
                BatchDraft.of(RUN, 0, AT)
                        .slice(1)
                        .members(List.of("m1", "m2"))
                        .batch()
                        .with(
                                AT,
                                Optional.of(new Batch.Owner("n1", AT.plusSeconds(120), 5_000_000)),
                                Optional.empty());

        assertEquals(owned, BatchFormat.batch(BatchFormat.item(owned)));
        assertEquals(
                BatchFormat.key(RUN, 1, "000000-00").get("sk"), BatchFormat.item(owned).get("sk"));
    }

    @Test
    void shouldWriteNothingOfATransactionThatDynamoDbRefuses() {
        // Given: the same batch twice in one transaction
        Batch batch = batch("000000-00", Optional.empty());

        // Then
        assertThrows(
                DynamoDbException.class,
                () -> audience.write(page(0, Optional.empty()), List.of(batch, batch)));
        assertEquals(List.of(), audience.pages(RUN, 1));
        assertEquals(List.of(), batches(1));
    }

    private List<Batch> batches(int slice) {
        List<Batch> batches = new ArrayList<>();
        audience.batches(RUN, slice).forEach(batches::add);
        return batches;
    }

    private static Page page(int number, Optional<String> next) {
        return new Page(RUN, 1, number, next, 10, 7, Map.of("segment", 2, "consent", 1));
    }

    private static Batch batch(String id, Optional<Instant> done) {
        List<String> members = IntStream.range(0, 90).mapToObj("m%032d"::formatted).toList();
        return new Batch(
                RUN,
                1,
                id,
                Channel.SMS,
                members,
                List.of("h1", "h2"),
                AT,
                AT.plusSeconds(36_000),
                ZoneId.of("Europe/Vienna"),
                50_000,
                Optional.empty(),
                done,
                "b",
                "BM",
                members.stream().map(one -> "memberday:shop:" + one + "\t1\t100").toList());
    }
}
