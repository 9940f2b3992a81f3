package io.memberday.memberapi;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

import io.memberday.aws.DynamoDbIngestStore;
import io.memberday.aws.DynamoDbParcelStore;
import io.memberday.aws.Env;
import io.memberday.ingest.CanonicalOrders;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.ParcelIngest;
import io.memberday.json.Json;
import io.memberday.local.engine.Emulator;
import io.memberday.memberapi.Api.Answer;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The API of the sample shop on emulated tables that its webhooks have filled. */
final class ApiScene {
    private static final Playbook PLAYBOOK = SamplePlaybook.playbook();
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String XIAOYU = "mmemberday000001";
    static final String BUYER =
            """
            {"account": "tb-xiaoyu", "phone": "13800138001", "email": "xiaoyu@example.com",
             "name": "林小雨", "city": "杭州市", "attributes": {"size": "M"},
             "tags": [{"name": "trial", "by": "file:fair"}],
             "consents": [{"channel": "sms", "kind": "marketing", "granted": true,
                           "at": "2026-05-01T12:00:00Z"}]}\
            """;

    private final Emulator emulator;
    private final OrderIngest ingest;
    private final ParcelIngest parcels;
    private final MemberApiLambda lambda;
    private int members;

    ApiScene(Emulator emulator) {
        this.emulator = emulator;
        Env env = Env.of(emulator.environment("MemberApiFunction"));
        ingest =
                new OrderIngest(
                        new DynamoDbIngestStore(emulator.dynamoDb(), env, PLAYBOOK.store().zone()),
                        PLAYBOOK,
                        CLOCK,
                        () -> "mmemberday%06d".formatted(++members),
                        (Duration _) -> {},
                        new Random(5));
        parcels =
                new ParcelIngest(
                        new DynamoDbParcelStore(emulator.dynamoDb(), env),
                        PLAYBOOK,
                        CLOCK,
                        (Duration _) -> {},
                        new Random(5));
        lambda = new MemberApiLambda(env, PLAYBOOK, emulator.dynamoDb(), CLOCK);
    }

    /** Nothing but a member with one order on its way, and one that is not paid yet. */
    void bought() {
        emulator.tables().reset();
        members = 0;
        order("3340298812345678901", "2026-05-01T12:00:00Z", true, BUYER);
        scan(ParcelStatus.ARRIVED, "2026-05-03T00:00:00Z");
        order("2", "2026-05-08T01:00:00Z", false, BUYER);
    }

    Answer answer(APIGatewayV2HTTPEvent event) {
        return Api.answer(lambda, event);
    }

    /** What a committed event is answered. */
    Answer call(String event) {
        return answer(Api.event(event));
    }

    Answer get(String member) {
        return answer(Api.event("GET /members/{member}", member, ""));
    }

    Answer post(String route, String body) {
        return answer(Api.event(route, XIAOYU, body));
    }

    List<Map<String, AttributeValue>> activity(String start) {
        return emulator.dynamoDb()
                .query(
                        query ->
                                query.tableName(emulator.table("MemberActivityTable"))
                                        .keyConditionExpression(
                                                "memberId = :member AND begins_with(#item, :start)")
                                        .expressionAttributeNames(Map.of("#item", "item"))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":member",
                                                        AttributeValue.fromS(XIAOYU),
                                                        ":start",
                                                        AttributeValue.fromS(start))))
                .items();
    }

    void scan(ParcelStatus status, String at) {
        parcels.take(
                Parcel.scanned(
                        new ParcelKey("sf", "SF-3340298812345678901"),
                        status,
                        Instant.parse(at),
                        "杭州市"));
    }

    void act(String event, String at, String product) {
        told(
                """
                {"event": "%s", "at": "%s", "shop": "tmall-main",
                 "item": {"product": "%s"}, "buyer": {"phone": "13800138001"}}\
                """
                        .formatted(event, at, product));
    }

    void told(String body) {
        ingest.take(new CanonicalOrders(PLAYBOOK.store()).read(body, NOW));
    }

    void order(String number, String at, boolean paid, String buyer) {
        Map<String, Object> order = new HashMap<>();
        order.put("number", number);
        order.put("version", paid ? 2 : 1);
        order.put("currency", "CNY");
        order.put("total", "129.50");
        order.put("createdAt", at);
        if (paid) {
            order.put("paidAt", at);
            order.put("parcels", List.of(Map.of("carrier", "sf", "number", "SF-" + number)));
        }
        order.put(
                "lines",
                List.of(
                        Map.of(
                                "product",
                                "SKU-88",
                                "title",
                                "春茶",
                                "quantity",
                                1,
                                "amount",
                                "129.50")));
        told(
                Json.write(
                        Map.of(
                                "event",
                                paid ? "order.paid" : "order.created",
                                "at",
                                at,
                                "shop",
                                "tmall-main",
                                "order",
                                order,
                                "buyer",
                                Json.read(buyer).asMap())));
    }
}
