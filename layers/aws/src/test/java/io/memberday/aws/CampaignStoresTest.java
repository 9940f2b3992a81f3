package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Batch;
import io.memberday.campaign.InMemoryOrderIndex;
import io.memberday.campaign.Page;
import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;
import io.memberday.ingest.OrderRow;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.local.engine.TemplateTables;
import io.memberday.member.Channel;
import io.memberday.order.Order;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

@ExtendWith(EmulatorExtension.class)
class CampaignStoresTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    private static final Run RUN =
            new Run(
                    "member-day@2026-05-08",
                    "member-day",
                    LocalDate.parse("2026-05-08"),
                    AT,
                    AT.plusSeconds(36_000),
                    3,
                    Run.State.RUNNING,
                    Optional.of(2_000_000_000L),
                    0,
                    0);

    private final TemplateTables tables;
    private final DynamoDbClient client;
    private final String table;
    private final DynamoDbRunStore runs;
    private final DynamoDbAudienceStore audience;

    CampaignStoresTest(Emulator emulator) {
        tables = emulator.tables();
        client = emulator.dynamoDb();
        table = emulator.table("CampaignResultsTable");
        runs = new DynamoDbRunStore(client, table);
        audience = new DynamoDbAudienceStore(client, table);
    }

    @BeforeEach
    void empty() {
        tables.reset();
    }

    @Test
    void shouldKeepARunAndWhatWasFrozenWithIt() {
        // When
        boolean planned = runs.plan(RUN, "{\"campaign\":{}}");

        // Then
        assertTrue(planned);
        assertEquals(Optional.of(RUN), runs.find(RUN.id()));
        assertEquals(Optional.of("{\"campaign\":{}}"), runs.frozen(RUN.id()));
        assertEquals(Optional.empty(), runs.find("member-day@2026-05-15"));
        assertEquals(Optional.empty(), runs.frozen("member-day@2026-05-15"));
    }

    @Test
    void shouldHandOverEveryOrderOfAPaidDayInTheStoresZoneAndOfAMember() {
        // Given: orders around both ends of the day, on all shards, of two members and of nobody
        ZoneId zone = ZoneId.of("Asia/Shanghai");
        Instant start = Instant.parse("2026-11-10T16:00:00Z");
        Map<String, Order> ofTheDay = new HashMap<>();
        Set<Integer> shards = new HashSet<>();
        for (int i = -3; i < 51; i++) {
            Order order = InMemoryOrderIndex.order("n" + i, start.plusSeconds(1_800L * i), 100);
            put(order, i % 5 == 0 ? Optional.empty() : Optional.of("m" + i % 2), zone);
            if (i >= 0 && i < 48 && i % 5 != 0) {
                ofTheDay.put(order.key().toString(), order);
                shards.add(Shards.of(order.key().toString(), Shards.PAID_DAY));
            }
        }
        DynamoDbPaidOrders orders = new DynamoDbPaidOrders(client, tables.name("OrdersTable"));

        // When
        Map<String, Order> found = new HashMap<>();
        orders.paidOn(
                LocalDate.parse("2026-11-11"),
                (member, order) -> {
                    assertEquals(null, found.put(order.key().toString(), order));
                    assertTrue(Set.of("m0", "m1", "m-1").contains(member), member);
                });

        // Then
        assertEquals(ofTheDay, found);
        assertTrue(shards.size() > 4, shards.toString());
        assertEquals(
                Set.of("n6", "n8", "n12"),
                orders.of("m0").stream()
                        .map(order -> order.key().number())
                        .filter(Set.of("n6", "n8", "n10", "n12", "n7")::contains)
                        .collect(Collectors.toSet()));
        assertEquals(List.of(), orders.of("m9"));
    }

    @Test
    void shouldFailRatherThanHandOverSomeOfADaysOrders() {
        // Given: the second page of the first shard cannot be read
        Order order = InMemoryOrderIndex.order("1", Instant.parse("2026-11-11T02:00:00Z"), 100);
        put(order, Optional.of("m1"), ZoneId.of("Asia/Shanghai"));
        byte[] first =
                """
                {"Count":0,"Items":[],"ScannedCount":0,
                 "LastEvaluatedKey":{"id":{"S":"order#a"},"paidDay":{"S":"2026-11-11#0"}}}
                """
                        .getBytes(StandardCharsets.UTF_8);
        byte[] refused =
                """
                {"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}
                """
                        .getBytes(StandardCharsets.UTF_8);
        CannedHttp http = new CannedHttp().then(200, Map.of(), first).then(400, Map.of(), refused);
        DynamoDbPaidOrders orders =
                new DynamoDbPaidOrders(
                        DynamoDbClient.builder()
                                .httpClient(http)
                                .region(Region.US_EAST_1)
                                .credentialsProvider(
                                        StaticCredentialsProvider.create(
                                                AwsBasicCredentials.create("key", "secret")))
                                .build(),
                        "Orders");

        // Then
        assertThrows(
                DynamoDbException.class,
                () -> orders.paidOn(LocalDate.parse("2026-11-11"), (member, one) -> {}));
        assertEquals(2, http.calls());
    }

    private void put(Order order, Optional<String> member, ZoneId zone) {
        client.putItem(
                put ->
                        put.tableName(tables.name("OrdersTable"))
                                .item(
                                        OrderFormat.item(
                                                new OrderRow(order, 1, member, 0, 0), zone)));
    }

    @Test
    void shouldChangeNothingWhenARunIsPlannedAgain() {
        // Given
        runs.plan(RUN, "first");
        Run other = withoutBudget(RUN.id());

        // When
        boolean planned = runs.plan(other, "second");

        // Then
        assertFalse(planned);
        assertEquals(Optional.of(RUN), runs.find(RUN.id()));
        assertEquals(Optional.of("first"), runs.frozen(RUN.id()));
    }

    @Test
    void shouldChangeARunsStateOnlyFromOneThatIsExpected() {
        // Given
        runs.plan(RUN, "{}");
        Set<Run.State> running = Set.of(Run.State.RUNNING);

        // When
        boolean paused = runs.change(RUN.id(), running, Run.State.PAUSED, "sms OptInRequired");
        Run halted = runs.find(RUN.id()).orElseThrow();
        boolean again = runs.change(RUN.id(), running, Run.State.PAUSED, "email NotVerified");
        boolean resumed =
                runs.change(
                        RUN.id(),
                        Set.of(Run.State.PAUSED, Run.State.AWAITING),
                        Run.State.RUNNING,
                        "");

        // Then
        assertTrue(paused);
        assertEquals(RUN.with(Run.State.PAUSED, "sms OptInRequired"), halted);
        assertFalse(again);
        assertTrue(resumed);
        assertEquals(Optional.of(RUN), runs.find(RUN.id()));
        assertFalse(runs.change("none@2026-05-08", running, Run.State.PAUSED, "operator"));
        assertEquals(Optional.empty(), runs.find("none@2026-05-08"));
    }

    @Test
    void shouldPlanARunOnceWhenManyWakeAtOnce() throws Exception {
        // When
        List<Future<Boolean>> planned = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int number = 0; number < 8; number++) {
                String frozen = "by " + number;
                Callable<Boolean> wake = () -> runs.plan(RUN, frozen);
                planned.add(threads.submit(wake));
            }
        }

        // Then
        List<Integer> winners = new ArrayList<>();
        for (int number = 0; number < 8; number++) {
            if (planned.get(number).get()) {
                winners.add(number);
            }
        }
        assertEquals(1, winners.size());
        assertEquals(Optional.of("by " + winners.getFirst()), runs.frozen(RUN.id()));
    }

    @Test
    void shouldPlanRunsTogetherOrNoneOfThem() {
        // Given
        Run other = withoutBudget("weekend@2026-05-08");
        Run third = withoutBudget("gala@2026-05-08");

        // When
        boolean planned =
                runs.plan(
                        List.of(
                                new RunStore.Planned(RUN, "first"),
                                new RunStore.Planned(other, "second")));
        boolean again =
                runs.plan(
                        List.of(
                                new RunStore.Planned(third, "third"),
                                new RunStore.Planned(other, "changed")));

        // Then
        assertTrue(planned);
        assertFalse(again);
        assertEquals(Optional.empty(), runs.find(third.id()));
        assertEquals(Optional.empty(), runs.plan(third.id()));
        List<String> together = List.of(RUN.id(), other.id());
        assertEquals(Optional.of(new RunStore.Plan("first", together)), runs.plan(RUN.id()));
        assertEquals(Optional.of(new RunStore.Plan("second", together)), runs.plan(other.id()));
        runs.plan(third, "third");
        assertEquals(
                Optional.of(new RunStore.Plan("third", List.of(third.id()))),
                runs.plan(third.id()));
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
        assertEquals(List.of(), audience.pages(RUN.id(), 1));
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
        assertEquals(List.of(next), audience.pages(RUN.id(), 1));
        assertEquals(2, audience.pages(other.run(), 1).size());
        assertEquals(1, batches(1).size());
    }

    @Test
    void shouldListAllRunsById() {
        // Given
        Run before = withoutBudget("member-day@2026-05-01");
        runs.plan(RUN, "");
        runs.plan(before, "");

        // Then
        assertEquals(List.of(before, RUN), runs.all());
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
        assertEquals(List.of(page), audience.pages(RUN.id(), 1));
        assertEquals(batches, batches(1));
    }

    @Test
    void shouldGoOnFromTheLastPageOfEachSlice() {
        // Given
        assertEquals(Optional.empty(), audience.lastPage(RUN.id(), 1));
        List<Page> pages =
                IntStream.range(0, 12).mapToObj(number -> page(number, Optional.of("m"))).toList();
        pages.forEach(page -> audience.write(page, List.of()));

        // Then
        assertEquals(Optional.of(pages.getLast()), audience.lastPage(RUN.id(), 1));
        assertEquals(pages, audience.pages(RUN.id(), 1));
        assertEquals(Optional.empty(), audience.lastPage(RUN.id(), 0));
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
                        RUN.id(),
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
        assertEquals(List.of(other), audience.batchesOf(RUN.id(), 1, Set.of("one", "nobody")));
        assertEquals(List.of(other), audience.batchesOf(RUN.id(), 1, Set.of("two")));
        assertEquals(all.subList(0, all.size() - 1), audience.batchesOf(RUN.id(), 1, Set.of("h2")));
        assertEquals(List.of(), audience.batchesOf(RUN.id(), 1, Set.of("m", "h", "tw")));
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
            client.query(
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
        Batch batch = batch("000000-00", Optional.empty());
        Batch owned =
                new Batch(
                        batch.run(),
                        batch.slice(),
                        batch.id(),
                        batch.channel(),
                        batch.members(),
                        List.of(),
                        batch.dueAt(),
                        batch.until(),
                        batch.zone(),
                        batch.eachMicros(),
                        Optional.of(new Batch.Owner("n1", AT.plusSeconds(120), 5_000_000)),
                        Optional.empty(),
                        "",
                        "");
        assertEquals(owned, BatchFormat.batch(BatchFormat.item(owned)));
        assertEquals(
                BatchFormat.key(RUN.id(), 1, "000000-00").get("sk"),
                BatchFormat.item(owned).get("sk"));
    }

    @Test
    void shouldWriteNothingOfATransactionThatDynamoDbRefuses() {
        // Given: the same batch twice in one transaction
        Batch batch = batch("000000-00", Optional.empty());

        // Then
        assertThrows(
                DynamoDbException.class,
                () -> audience.write(page(0, Optional.empty()), List.of(batch, batch)));
        assertEquals(List.of(), audience.pages(RUN.id(), 1));
        assertEquals(List.of(), batches(1));
    }

    private List<Batch> batches(int slice) {
        List<Batch> batches = new ArrayList<>();
        audience.batches(RUN.id(), slice).forEach(batches::add);
        return batches;
    }

    private static Page page(int number, Optional<String> next) {
        return new Page(RUN.id(), 1, number, next, 10, 7, Map.of("segment", 2, "consent", 1));
    }

    private static Batch batch(String id, Optional<Instant> done) {
        List<String> members = IntStream.range(0, 90).mapToObj("m%032d"::formatted).toList();
        return new Batch(
                RUN.id(),
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

    private static Run withoutBudget(String id) {
        return new Run(
                id,
                RUN.campaign(),
                RUN.date(),
                RUN.at(),
                RUN.until(),
                1,
                Run.State.PAUSED,
                Optional.empty(),
                3,
                2);
    }
}
