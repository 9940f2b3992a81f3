package io.memberday.memberday;

import com.amazonaws.services.lambda.runtime.Context;

import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbChannelStops;
import io.memberday.aws.DynamoDbMemberLookup;
import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.aws.DynamoDbNamedMembers;
import io.memberday.aws.DynamoDbPaidOrders;
import io.memberday.aws.DynamoDbResultStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.MemberFormat;
import io.memberday.aws.OrderFormat;
import io.memberday.aws.Sleep;
import io.memberday.campaign.Buyers;
import io.memberday.campaign.SampleMembers;
import io.memberday.event.InMemoryEventBus;
import io.memberday.file.InMemoryFileStore;
import io.memberday.ingest.OrderRow;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.Repository;
import io.memberday.member.Member;
import io.memberday.order.Order;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.send.BatchScene;
import io.memberday.send.FakeProvider;
import io.memberday.send.TestSend;
import io.memberday.touch.InMemoryPaceStore;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The function of a shop whose tables are emulated, with members in them. */
final class MemberDayScene {
    /** Ten o'clock in Shanghai, when the sample shop's member day begins. */
    static final Instant FRIDAY_THE_EIGHTH = Instant.parse("2026-05-08T02:00:00Z");

    static final String RUN = "member-day@2026-05-08";

    private static final Playbook SHOP = SamplePlaybook.playbook();

    private final Emulator emulator;
    final DynamoDbRunStore runs;
    final InMemoryEventBus bus = new InMemoryEventBus();
    final FakeProvider provider = new FakeProvider(new Random(1));
    private final InMemoryFileStore files = new InMemoryFileStore();

    MemberDayScene(Emulator emulator) {
        this.emulator = emulator;
        runs = new DynamoDbRunStore(emulator.dynamoDb(), emulator.table("CampaignResultsTable"));
    }

    /** Nothing but 60 members of every sort. */
    void fill() {
        emulator.tables().reset();
        for (Member member : SampleMembers.of(60, 1)) {
            put("MembersTable", MemberFormat.item(member));
        }
    }

    void put(String table, Map<String, AttributeValue> item) {
        emulator.dynamoDb().putItem(put -> put.tableName(emulator.table(table)).item(item));
    }

    void ordered(String member, Order order) {
        put(
                "OrdersTable",
                OrderFormat.item(
                        new OrderRow(order, 1, Optional.of(member), 0, 0), SHOP.store().zone()));
    }

    /** What the sample shop's function answers. */
    Fields answer(String event, Instant now) throws IOException {
        return answer(SHOP, event, now);
    }

    /** What another shop's function answers. */
    Fields answer(Playbook playbook, String event, Instant now) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MemberDayLambda(
                        playbook,
                        runs,
                        new DynamoDbResultStore(
                                emulator.dynamoDb(), emulator.table("CampaignResultsTable")),
                        new DynamoDbAudienceStore(
                                emulator.dynamoDb(), emulator.table("CampaignResultsTable")),
                        new DynamoDbChannelStops(
                                emulator.dynamoDb(),
                                emulator.table("CampaignResultsTable"),
                                new Sleep()),
                        new DynamoDbMemberScan(emulator.dynamoDb(), emulator.table("MembersTable")),
                        new Buyers.Source(
                                new DynamoDbPaidOrders(
                                        emulator.dynamoDb(), emulator.table("OrdersTable")),
                                new DynamoDbMemberLookup(
                                                emulator.dynamoDb(), emulator.table("MembersTable"))
                                        ::find),
                        bus,
                        files,
                        this::tests,
                        Clock.fixed(now, ZoneOffset.UTC),
                        20)
                .handleRequest(
                        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                        out,
                        context());
        return Json.read(out.toString(StandardCharsets.UTF_8));
    }

    static String event(String name) throws IOException {
        return Files.readString(Repository.root().resolve("events/member-day/" + name + ".json"));
    }

    private TestSend tests() {
        return BatchScene.tests(
                new DynamoDbNamedMembers(
                        emulator.dynamoDb(),
                        emulator.table("IdentitiesTable"),
                        emulator.table("MembersTable")),
                provider,
                new InMemoryPaceStore(),
                Clock.fixed(FRIDAY_THE_EIGHTH, ZoneOffset.UTC));
    }

    /** Five minutes are left, whenever it is asked. */
    private static Context context() {
        Map<String, Object> answers = Map.of("getRemainingTimeInMillis", 300_000);
        return (Context)
                Proxy.newProxyInstance(
                        Context.class.getClassLoader(),
                        new Class<?>[] {Context.class},
                        (self, method, arguments) -> answers.get(method.getName()));
    }
}
