package io.memberday.messagesender;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

import io.memberday.MovableClock;
import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbBatchStore;
import io.memberday.aws.DynamoDbClaimStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.DynamoDbServiceTouchStore;
import io.memberday.aws.Env;
import io.memberday.aws.MemberFormat;
import io.memberday.aws.OrderFormat;
import io.memberday.aws.ServiceTouchFormat;
import io.memberday.aws.Sleep;
import io.memberday.benefit.InMemoryCouponStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.Page;
import io.memberday.campaign.RunPlan;
import io.memberday.event.BusEvent;
import io.memberday.event.InMemoryEventBus;
import io.memberday.ingest.OrderRow;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.local.engine.Repository;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.Pieces;
import io.memberday.message.SmsTemplate;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Ending;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.send.BatchScene;
import io.memberday.send.BatchSender;
import io.memberday.send.Dispatch;
import io.memberday.send.FakeProvider;
import io.memberday.send.Halts;
import io.memberday.send.TouchSender;
import io.memberday.send.UnsubscribeLinks;
import io.memberday.touch.InMemoryPaceStore;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.Outcomes;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The handler with its events, on the emulated tables. */
@ExtendWith(EmulatorExtension.class)
class MessageSenderLambdaTest {
    private static final String RUN = "member-day@2026-05-08";
    private static final Instant TEN = Instant.parse("2026-05-08T02:00:00Z");
    private static final int TWO_MINUTES = 120_000;
    private static final String REMINDER = "payment-reminder";
    private static final String SIMILAR = "similar-goods";
    private static final Map<Milestone, Instant> PAID =
            Map.of(Milestone.CREATED, TEN, Milestone.PAID, TEN);

    private final Emulator emulator;
    private final DynamoDbRunStore runs;
    private final DynamoDbAudienceStore audience;
    private final DynamoDbBatchStore batches;
    private final DynamoDbClaimStore members;
    private final DynamoDbServiceTouchStore touches;
    private final MovableClock clock = new MovableClock(TEN.plusSeconds(60));
    private final FakeProvider provider = new FakeProvider(new Random(1));
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final AtomicInteger nonces = new AtomicInteger();
    private final MessageSenderLambda lambda;

    MessageSenderLambdaTest(Emulator emulator) {
        this.emulator = emulator;
        String results = emulator.table("CampaignResultsTable");
        runs = new DynamoDbRunStore(emulator.dynamoDb(), results);
        audience = new DynamoDbAudienceStore(emulator.dynamoDb(), results);
        batches = new DynamoDbBatchStore(emulator.dynamoDb(), results, new Sleep());
        members = new DynamoDbClaimStore(emulator.dynamoDb(), emulator.table("MembersTable"));
        touches =
                new DynamoDbServiceTouchStore(
                        emulator.dynamoDb(),
                        Env.of(emulator.environment("MessageSenderFunction")),
                        new Sleep());
        lambda = lambda();
    }

    @BeforeEach
    void plan() {
        emulator.tables().reset();
        RunPlan plan =
                RunPlan.of(
                        SamplePlaybook.memberDay(),
                        LocalDate.parse("2026-05-08"),
                        SamplePlaybook.store().zone());
        runs.plan(
                plan.run(1),
                Frozen.of(SamplePlaybook.playbook(), SamplePlaybook.memberDay()).json());
    }

    @Test
    void shouldSendABatchOnceHoweverOftenItsRecordComes() throws IOException {
        // Given
        Batch batch = batch(30);

        // When
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(), handle(event("batch-due")));
        }

        // Then
        assertEquals(30, provider.accepted().size());
        assertEquals(30, Outcomes.byMember(batches.outcomes(batch)).size());
        assertTrue(find(batch).done().isPresent());
        assertEquals(30 * BatchScene.PART, runs.find(RUN).orElseThrow().spentMicros());
        assertEquals(30 * BatchScene.PART, runs.find(RUN).orElseThrow().committedMicros());
        Member member = members.member("m007").orElseThrow();
        assertEquals(1, member.counters().get("sms.d20260508"));
        assertTrue(member.claims().get(RUN).nonce().endsWith(".m007"));
    }

    @Test
    void shouldSendABatchOnceThoughFourTakeItAtOnce() throws Exception {
        // Given
        Batch batch = batch(30);
        SQSEvent event = event("batch-due");

        // When
        deliverFourTimesAtOnce(event);

        // Then
        assertEquals(30, provider.accepted().size());
        assertTrue(find(batch).done().isPresent());
    }

    @Test
    void shouldSendTheTouchesOfARecordAndWriteHowTheyEnded() throws IOException {
        // Given one order was paid in the meantime
        touch("10001", Map.of(Milestone.CREATED, TEN));
        touch("10002", Map.of(Milestone.CREATED, TEN, Milestone.PAID, TEN.plusSeconds(30)));

        // When
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of(), handle(event("touches-due")));
        }

        // Then
        assertEquals(
                List.of("订单10001还未付款【样店】"),
                provider.envelopes().stream().map(sent -> sent.body().text()).toList());
        assertEquals(Status.SENT, outcome("10001").status());
        assertEquals("paid", outcome("10002").reason());
    }

    @Test
    void shouldSendThePromotionsOfARecordOnceAndWriteHowTheyEnded() throws IOException {
        // Given a buyer, and one who has bought again in the meantime
        MessageSenderLambda promoting = lambda(promoting());
        touch(SIMILAR, "10003", PAID);
        touch(SIMILAR, "10004", PAID);
        bought("m10003", "memberday:main:10003");
        bought("m10004", "memberday:main:10004", "memberday:main:10005");

        // When
        for (int i = 0; i < 2; i++) {
            SQSEvent event = event("marketing-touches-due");
            assertEquals(
                    List.of(), promoting.handleRequest(event, context()).getBatchItemFailures());
        }

        // Then
        assertEquals(
                List.of("看看搭配款拒收请回复R【样店】"),
                provider.envelopes().stream().map(sent -> sent.body().text()).toList());
        assertEquals(Status.SENT, outcome(SIMILAR, "10003").status());
        assertEquals("repurchased", outcome(SIMILAR, "10004").reason());
        assertEquals(
                Set.of(SIMILAR + "#memberday:main:10003"),
                members.member("m10003").orElseThrow().claims().keySet());
    }

    private static Playbook promoting() {
        Playbook sample = SamplePlaybook.playbook();
        Touchpoint similar =
                new Touchpoint(
                        SIMILAR,
                        Kind.MARKETING,
                        Trigger.FIRST_PURCHASE,
                        Timing.after(Duration.ZERO),
                        Duration.ofHours(12),
                        0,
                        new Terms(
                                Optional.empty(),
                                Optional.empty(),
                                Set.of(Ending.REPURCHASED),
                                Duration.ZERO),
                        List.of(Branch.sending(List.of(new Send(Channel.SMS, SIMILAR)))));
        return new Playbook(
                sample.store(),
                sample.ladder(),
                sample.segments(),
                sample.campaigns(),
                List.of(similar),
                new CompiledTemplates(
                        "zh", List.of(new SmsTemplate(SIMILAR, "zh", Pieces.parse("看看搭配款")))));
    }

    private void bought(String member, String... orders) {
        List<Purchase> kept = new ArrayList<>();
        for (String order : orders) {
            kept.add(new Purchase(order, TEN.plusSeconds(kept.size()), 12_800));
        }
        put(
                "MembersTable",
                MemberFormat.item(
                        BatchScene.member(member)
                                .change()
                                .purchases(Purchases.of(kept, Duration.ofDays(400)))
                                .done()));
    }

    @Test
    void shouldSendServiceMessagesOnceThoughFourTakeThemAtOnce() throws Exception {
        // Given
        touch("10001", Map.of(Milestone.CREATED, TEN));
        SQSEvent event = event("touches-due");

        // When
        deliverFourTimesAtOnce(event);

        // Then
        assertEquals(1, provider.accepted().size());
    }

    @Test
    void shouldRefuseWhatCanNeverSucceedAndServeTheRest() throws IOException {
        // Given four such records before a good one
        batch(3);
        SQSEvent event = event("malformed");

        // When
        List<BatchItemFailure> failures = handle(event);

        // Then
        assertEquals(List.of(), failures);
        assertEquals(3, provider.accepted().size());
        assertEquals(
                List.of("BatchRefused", "BatchRefused", "BatchRefused", "TouchesRefused"),
                bus.events().stream().map(BusEvent::type).toList());
        assertEquals("no such run", bus.events().get(2).detail().get("reason"));
        assertEquals(
                event.getRecords().getFirst().getBody(),
                bus.events().getFirst().detail().get("record"));
    }

    @Test
    void shouldSendARecordThatWasRedrivenFromItsDeadLetters() throws IOException {
        batch(3);

        assertEquals(List.of(), handle(event("redriven")));

        assertEquals(3, provider.accepted().size());
    }

    @Test
    void shouldReportARecordThatFailedAndGoOnWithTheOthers() throws IOException {
        // Given the provider's client breaks at the batch
        Batch batch = batch(1);
        touch("10001", Map.of(Milestone.CREATED, TEN));
        provider.after(
                () -> {
                    provider.after(() -> {});
                    throw new IllegalStateException("broken");
                });
        SQSEvent event = event("batch-due");
        List<SQSEvent.SQSMessage> records = new ArrayList<>(event.getRecords());
        records.addAll(event("touches-due").getRecords());
        event.setRecords(records);

        // When
        List<BatchItemFailure> failures = handle(event);

        // Then
        assertEquals(
                List.of(records.getFirst().getMessageId()),
                failures.stream().map(BatchItemFailure::getItemIdentifier).toList());
        assertEquals(Status.SENT, outcome("10001").status());

        // When it comes again after its owner must be dead
        clock.advance(Duration.ofMinutes(5));
        handle(event("batch-due"));

        // Then
        assertEquals(
                Status.UNKNOWN, Outcomes.byMember(batches.outcomes(batch)).get("m000").status());
        assertEquals(2, provider.accepted().size());
    }

    private void deliverFourTimesAtOnce(SQSEvent event) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Callable<List<BatchItemFailure>>> calls =
                    Collections.nCopies(
                            4,
                            () -> lambda().handleRequest(event, context()).getBatchItemFailures());
            for (var answer : pool.invokeAll(calls)) {
                assertEquals(List.of(), answer.get());
            }
        }
    }

    private MessageSenderLambda lambda() {
        return lambda(SamplePlaybook.playbook());
    }

    private MessageSenderLambda lambda(Playbook playbook) {
        Dispatch dispatch =
                new Dispatch(
                        Map.of(Channel.SMS, provider, Channel.EMAIL, provider),
                        new InMemoryPaceStore(),
                        2,
                        clock::advance,
                        clock);
        Halts halts = new Halts(runs, bus, clock);
        return new MessageSenderLambda(
                new BatchSender(
                        runs,
                        batches,
                        members,
                        BatchScene.claims(members, clock),
                        dispatch,
                        halts,
                        () -> "n" + nonces.incrementAndGet(),
                        SamplePlaybook.store(),
                        clock),
                new TouchSender(
                        touches,
                        members,
                        dispatch,
                        halts,
                        playbook,
                        new UnsubscribeLinks("https://api.sample.example", () -> List.of("key")),
                        InMemoryCouponStore.coupons(new InMemoryCouponStore()),
                        () -> "n" + nonces.incrementAndGet(),
                        clock),
                bus);
    }

    private Batch batch(int size) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ids.add("m%03d".formatted(i));
            put("MembersTable", MemberFormat.item(BatchScene.member(ids.getLast())));
        }
        Batch batch =
                new Batch(
                        RUN,
                        0,
                        "000000-00",
                        Channel.SMS,
                        ids,
                        List.of(),
                        TEN,
                        TEN.plus(Duration.ofHours(10)),
                        ZoneId.of("Asia/Shanghai"),
                        BatchScene.PART,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "");
        audience.write(new Page(RUN, 0, 0, Optional.empty(), size, size, Map.of()), List.of(batch));
        return batch;
    }

    private void touch(String number, Map<Milestone, Instant> times) {
        touch(REMINDER, number, times);
    }

    private void touch(String touchpoint, String number, Map<Milestone, Instant> times) {
        String member = "m" + number;
        OrderKey key = new OrderKey("memberday", "main", number);
        put("MembersTable", MemberFormat.item(BatchScene.member(member)));
        put(
                "OrdersTable",
                OrderFormat.item(
                        new OrderRow(
                                new Order(
                                        key,
                                        1,
                                        Optional.of(
                                                new OrderFacts(
                                                        times, 12_800, List.of(), List.of())),
                                        Map.of(),
                                        Map.of()),
                                1,
                                Optional.of(member),
                                0,
                                0),
                        SamplePlaybook.store().zone()));
        put(
                "CampaignResultsTable",
                ServiceTouchFormat.item(
                        ServiceTouch.planned(
                                touchpoint.equals(SIMILAR) ? Kind.MARKETING : Kind.SERVICE,
                                touchpoint,
                                key.toString(),
                                member,
                                key.toString(),
                                Optional.empty(),
                                TEN.minus(Duration.ofHours(1)),
                                new Timing.Due(TEN, TEN.plus(Duration.ofHours(12))))));
    }

    private void put(String table, Map<String, AttributeValue> item) {
        emulator.dynamoDb().putItem(put -> put.tableName(emulator.table(table)).item(item));
    }

    private Outcome outcome(String number) {
        return outcome(REMINDER, number);
    }

    private Outcome outcome(String touchpoint, String number) {
        return touches.find(touchpoint, "memberday:main:" + number)
                .orElseThrow()
                .outcome()
                .orElseThrow();
    }

    private Batch find(Batch batch) {
        return batches.find(batch.run(), batch.slice(), batch.id()).orElseThrow();
    }

    private List<BatchItemFailure> handle(SQSEvent event) {
        return lambda.handleRequest(event, context()).getBatchItemFailures();
    }

    private static SQSEvent event(String name) throws IOException {
        Fields written =
                Json.read(
                        Files.readString(
                                Repository.root()
                                        .resolve("events/message-sender/" + name + ".json")));
        SQSEvent event = new SQSEvent();
        event.setRecords(
                written.objects("Records").stream()
                        .map(
                                fields -> {
                                    SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
                                    message.setMessageId(fields.text("messageId"));
                                    message.setBody(fields.text("body"));
                                    return message;
                                })
                        .toList());
        return event;
    }

    private static Context context() {
        return (Context)
                Proxy.newProxyInstance(
                        Context.class.getClassLoader(),
                        new Class<?>[] {Context.class},
                        (proxy, method, arguments) -> TWO_MINUTES);
    }
}
