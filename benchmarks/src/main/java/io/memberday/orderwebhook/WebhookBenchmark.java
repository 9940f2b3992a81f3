package io.memberday.orderwebhook;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import io.memberday.aws.DynamoDbIngestStore;
import io.memberday.aws.Env;
import io.memberday.aws.IdentityFormat;
import io.memberday.aws.MemberFormat;
import io.memberday.aws.Sleep;
import io.memberday.aws.WebhookSecrets;
import io.memberday.benchmark.Benchmark;
import io.memberday.benchmark.Benchmark.Goal;
import io.memberday.benchmark.Benchmark.Reference;
import io.memberday.benchmark.DynamoJson;
import io.memberday.benchmark.Line;
import io.memberday.benchmark.Puts;
import io.memberday.benchmark.Shop;
import io.memberday.benchmark.Shoppers;
import io.memberday.benchmark.Spy;
import io.memberday.benchmark.StubAws;
import io.memberday.ingest.CanonicalOrders;
import io.memberday.ingest.IdentityRow;
import io.memberday.ingest.OrderEvent;
import io.memberday.ingest.Signatures;
import io.memberday.json.Json;
import io.memberday.local.engine.Repository;
import io.memberday.member.Identity;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A signed order of a known member, from the request to the answer. */
public final class WebhookBenchmark {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Clock CLOCK = Clock.fixed(Shoppers.TEN, ZoneOffset.UTC);
    private static final int ORDERS = 500;
    private static final int BUYERS = 40;
    private static final List<String> DAY = List.of("order-created", "order-paid", "order-shipped");
    private static final double MOST = 1.5;
    private static final String SIGNATURE = "x-memberday-signature";
    private static final Pattern IDENTITY = Pattern.compile("\"identity\":\\{\"S\":\"([^\"]+)\"");
    private static final Map<String, String> VARIABLES =
            Map.of(
                    "MEMBERS_TABLE", "Members",
                    "IDENTITIES_TABLE", "Identities",
                    "ORDERS_TABLE", "Orders",
                    "MEMBER_ACTIVITY_TABLE", "MemberActivity",
                    "CAMPAIGN_RESULTS_TABLE", "CampaignResults",
                    "WEBHOOK_SECRETS", "secret");
    private static final Env ENV = Env.of(VARIABLES);

    private WebhookBenchmark() {}

    public static Benchmark benchmark() {
        return new Benchmark(
                "webhook",
                "webhook",
                List.of(
                        new Line("one signed PutItem", Puts::put),
                        new Line(
                                "floor: signature, parse and our transaction",
                                aws -> bare(aws, false)),
                        new Line("by hand: the floor and our reads", aws -> bare(aws, true)),
                        new Line("ours: the whole handler", WebhookBenchmark::ours)),
                List.of(new Goal(3, 1, MOST)),
                List.of(new Reference(0, Puts.REFERENCE, "one signed PutItem")));
    }

    private static Line.Work ours(StubAws aws) {
        OrderWebhookLambda function = function(aws, known(aws).dynamoDb(), ENV);
        List<APIGatewayV2HTTPEvent> events = events();
        return () -> {
            for (APIGatewayV2HTTPEvent event : events) {
                accept(function, event);
            }
            return events.size();
        };
    }

    private static void accept(OrderWebhookLambda function, APIGatewayV2HTTPEvent event) {
        APIGatewayV2HTTPResponse answer = function.handleRequest(event, null);
        if (!answer.getBody().contains("accepted")) {
            throw new IllegalStateException(answer.getStatusCode() + " " + answer.getBody());
        }
    }

    /**
     * Takes the repository's events of one order, and of its buyer, for forty buyers.
     *
     * @return how many webhooks that were
     */
    public static long day(StubAws aws, Shop shop) {
        OrderWebhookLambda function =
                function(withSecret(aws), shop.counted(), Env.of(shop.environment()));
        long webhooks = 0;
        for (int buyer = 0; buyer < BUYERS; buyer++) {
            for (String name : DAY) {
                String its =
                        Json.read(text("events/order-webhook/memberday-%s.json".formatted(name)))
                                .text("body")
                                .replace("3340298812345678901", "33402988%011d".formatted(buyer))
                                .replace("tb-xiaoyu", "buyer" + buyer)
                                .replace("138 0013 8001", "138 0014 %04d".formatted(buyer));
                accept(function, event(its));
                webhooks++;
            }
        }
        return webhooks;
    }

    /** What our handler asks of DynamoDB for one order, replayed for every order. */
    private static Line.Work bare(StubAws aws, boolean reads) {
        Spy spy = new Spy();
        DynamoDbClient client = known(aws).dynamoDb();
        List<APIGatewayV2HTTPEvent> events = events();
        accept(function(aws, aws.dynamoDb(spy), ENV), events.getFirst());
        TransactWriteItemsRequest write =
                spy.of(TransactWriteItemsRequest.class).getFirst().toBuilder()
                        .clientRequestToken(null)
                        .build();
        BatchGetItemRequest known = spy.of(BatchGetItemRequest.class).getFirst();
        GetItemRequest member = spy.of(GetItemRequest.class).getFirst();
        Playbook playbook = Playbooks.load();
        CanonicalOrders orders = new CanonicalOrders(playbook.store());
        return () -> {
            for (APIGatewayV2HTTPEvent event : events) {
                byte[] body = event.getBody().getBytes(StandardCharsets.UTF_8);
                Optional<String> signature = Optional.of(event.getHeaders().get(SIGNATURE));
                if (!Signatures.timed(signature, body, List.of(SECRET), Shoppers.TEN)) {
                    throw new IllegalStateException("refused");
                }
                OrderEvent order =
                        orders.read(new String(body, StandardCharsets.UTF_8), Shoppers.TEN);
                if (order.order().isEmpty()) {
                    throw new IllegalStateException("no order");
                }
                if (reads) {
                    client.batchGetItem(known);
                    client.getItem(member);
                }
                client.transactWriteItems(write);
            }
            return events.size();
        };
    }

    private static OrderWebhookLambda function(StubAws aws, DynamoDbClient client, Env env) {
        Playbook playbook = Playbooks.load();
        return new OrderWebhookLambda(
                new WebhookSecrets(aws.secretsManager(), "secret", CLOCK),
                CLOCK,
                new DynamoDbIngestStore(client, env, playbook.store().zone()),
                playbook,
                new Sleep(),
                new SecureRandom());
    }

    /** The function's environment, but for where AWS is. */
    public static Map<String, String> variables() {
        return VARIABLES;
    }

    /** The repository's event of a paid order as API Gateway sends it, signed now. */
    public static byte[] signedNow() {
        Map<String, Object> event =
                new HashMap<>(
                        Json.read(text("events/order-webhook/memberday-order-paid.json")).asMap());
        String body = String.valueOf(event.get("body"));
        event.put(
                "headers",
                Map.of(
                        "content-type",
                        "application/json",
                        SIGNATURE,
                        Signatures.sign(bytes(body), SECRET, Instant.now())));
        return bytes(Json.write(event));
    }

    /** A member who is known by all that an order names, and an order that is not. */
    public static StubAws known(StubAws aws) {
        byte[] member = DynamoJson.found(MemberFormat.item(Shoppers.shopper(1)));
        byte[][] identities = {{}};
        return withSecret(aws)
                .answer("DynamoDB_20120810.GetItem", request -> member)
                .answer(
                        "DynamoDB_20120810.BatchGetItem",
                        request -> {
                            if (identities[0].length == 0) {
                                identities[0] = named(new String(request, StandardCharsets.UTF_8));
                            }
                            return identities[0];
                        });
    }

    private static StubAws withSecret(StubAws aws) {
        String secrets = Json.write(Map.of("memberday", List.of(SECRET)));
        byte[] secret = bytes(Json.write(Map.of("SecretString", secrets)));
        return aws.answer("secretsmanager.GetSecretValue", request -> secret);
    }

    private static byte[] named(String request) {
        return DynamoJson.batch(
                Map.of(
                        "Identities",
                        IDENTITY.matcher(request)
                                .results()
                                .map(
                                        found ->
                                                IdentityFormat.item(
                                                        new IdentityRow(
                                                                new Identity(found.group(1)),
                                                                Optional.of(Shoppers.id(1)),
                                                                Map.of())))
                                .toList()));
    }

    /** The event of the repository, each with an order number of its own. */
    private static List<APIGatewayV2HTTPEvent> events() {
        String body = text("events/order-webhook/memberday-order-paid.json");
        String one = Json.read(body).text("body");
        List<APIGatewayV2HTTPEvent> events = new ArrayList<>();
        for (int number = 0; number < ORDERS; number++) {
            String its = one.replace("3340298812345678901", "33402988%011d".formatted(number));
            events.add(event(its));
        }
        return events;
    }

    private static APIGatewayV2HTTPEvent event(String body) {
        return APIGatewayV2HTTPEvent.builder()
                .withPathParameters(Map.of("source", "memberday"))
                .withHeaders(
                        Map.of(
                                "content-type",
                                "application/json",
                                SIGNATURE,
                                Signatures.sign(bytes(body), SECRET, Shoppers.TEN)))
                .withBody(body)
                .withIsBase64Encoded(false)
                .build();
    }

    private static String text(String path) {
        try {
            return Files.readString(Repository.root().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
