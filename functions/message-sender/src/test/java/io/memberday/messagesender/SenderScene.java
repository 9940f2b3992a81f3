package io.memberday.messagesender;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.Page;
import io.memberday.campaign.RunPlan;
import io.memberday.event.InMemoryEventBus;
import io.memberday.ingest.OrderRow;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.Repository;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.send.BatchScene;
import io.memberday.send.BatchSender;
import io.memberday.send.Dispatch;
import io.memberday.send.FakeProvider;
import io.memberday.send.Halts;
import io.memberday.send.TouchSender;
import io.memberday.send.UnsubscribeLinks;
import io.memberday.touch.InMemoryPaceStore;
import io.memberday.touch.Outcome;
import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The sample shop's sender on emulated tables, with a provider that accepts what it is given. */
final class SenderScene {
    static final String RUN = "member-day@2026-05-08";
    static final Instant TEN = Instant.parse("2026-05-08T02:00:00Z");
    private static final String REMINDER = "payment-reminder";
    static final String SIMILAR = "similar-goods";
    private static final int TWO_MINUTES = 120_000;

    private final Emulator emulator;
    final DynamoDbRunStore runs;
    private final DynamoDbAudienceStore audience;
    final DynamoDbBatchStore batches;
    final DynamoDbClaimStore members;
    private final DynamoDbServiceTouchStore touches;
    final MovableClock clock = new MovableClock(TEN.plusSeconds(60));
    final FakeProvider provider = new FakeProvider(new Random(1));
    final InMemoryEventBus bus = new InMemoryEventBus();
    private final AtomicInteger nonces = new AtomicInteger();
    private final MessageSenderLambda lambda;

    SenderScene(Emulator emulator) {
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
        lambda = lambda(SamplePlaybook.playbook());
    }

    /** Nothing but the planned run of member day. */
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

    /** A member of that id who has bought so. */
    void bought(String member, String... orders) {
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

    void deliverFourTimesAtOnce(SQSEvent event) throws Exception {
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Callable<List<BatchItemFailure>>> calls =
                    Collections.nCopies(4, () -> handle(lambda(SamplePlaybook.playbook()), event));
            for (var answer : pool.invokeAll(calls)) {
                assertEquals(List.of(), answer.get());
            }
        }
    }

    /** The function with another playbook. */
    MessageSenderLambda lambda(Playbook playbook) {
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

    /** So many members, and a batch of them that is due. */
    Batch batch(int size) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            ids.add("m%03d".formatted(i));
            put("MembersTable", MemberFormat.item(BatchScene.member(ids.getLast())));
        }
        Batch batch = BatchDraft.of(RUN, 0, TEN).members(ids).batch();
        audience.write(new Page(RUN, 0, 0, Optional.empty(), size, size, Map.of()), List.of(batch));
        return batch;
    }

    /** An order, and the reminder of it that is due. */
    void touch(String number, Map<Milestone, Instant> times) {
        touch(REMINDER, number, times);
    }

    void touch(String touchpoint, String number, Map<Milestone, Instant> times) {
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

    Outcome outcome(String number) {
        return outcome(REMINDER, number);
    }

    Outcome outcome(String touchpoint, String number) {
        return touches.find(touchpoint, "memberday:main:" + number)
                .orElseThrow()
                .outcome()
                .orElseThrow();
    }

    /** A batch as it is now. */
    Batch find(Batch batch) {
        return batches.find(batch.run(), batch.slice(), batch.id()).orElseThrow();
    }

    /** What the sample shop's function could not handle. */
    List<BatchItemFailure> handle(SQSEvent event) {
        return handle(lambda, event);
    }

    /** What a shop's function could not handle. */
    List<BatchItemFailure> handle(MessageSenderLambda of, SQSEvent event) {
        return of.handleRequest(event, context()).getBatchItemFailures();
    }

    static SQSEvent event(String name) throws IOException {
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
