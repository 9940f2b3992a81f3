package io.memberday.orderwebhook;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import io.memberday.MovableClock;
import io.memberday.aws.WebhookSecrets;
import io.memberday.ingest.InMemoryIngestStore;
import io.memberday.ingest.IngestStore;
import io.memberday.ingest.Signatures;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Member;
import io.memberday.member.Profile.Field;
import io.memberday.order.Order;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A webhook function with two live secrets a source, on tables in memory. */
abstract class WebhookScene {
    private static final Path EVENTS = Path.of("../../events/order-webhook");
    static final Playbook PLAYBOOK = SamplePlaybook.playbook();
    static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");

    /** A live secret of each source: one of two. */
    private static final Map<String, String> SECRETS =
            Map.of(
                    "memberday", "old",
                    "shopify", "shop-2",
                    "woocommerce", "woo & 2",
                    "youzan", "app:two");

    final InMemoryIngestStore store = new InMemoryIngestStore();
    final MovableClock clock = new MovableClock(NOW);
    final FakeSecrets secrets = new FakeSecrets();
    final OrderWebhookLambda lambda = lambda(store);

    record Answer(int status, String text) {}

    static Answer answer(int status, String result) {
        return new Answer(status, result);
    }

    Answer send(APIGatewayV2HTTPEvent event) {
        APIGatewayV2HTTPResponse response = lambda.handleRequest(event, null);
        Fields body = Json.read(response.getBody());
        return new Answer(
                response.getStatusCode(),
                body.optionalText("result")
                        .or(() -> body.optionalText("msg"))
                        .orElseGet(() -> body.text("error")));
    }

    Member member(String phone) {
        return store.members.values().stream()
                .filter(
                        member ->
                                member.profile().get(Field.PHONE).filter(phone::equals).isPresent())
                .findFirst()
                .orElseThrow();
    }

    APIGatewayV2HTTPEvent signed(String name) throws IOException {
        return signed(name, secret(name));
    }

    /** A live secret of the event's source. */
    static String secret(String name) {
        return SECRETS.get(name.substring(0, name.indexOf('-')));
    }

    APIGatewayV2HTTPEvent signed(String name, String secret) throws IOException {
        APIGatewayV2HTTPEvent event = event(name);
        sign(event, secret);
        return event;
    }

    void sign(APIGatewayV2HTTPEvent event, String secret) {
        sign(event, event.getBody().getBytes(StandardCharsets.UTF_8), secret);
    }

    /** As every source would: each looks at its own header alone. */
    void sign(APIGatewayV2HTTPEvent event, byte[] body, String secret) {
        event.getHeaders()
                .put("x-memberday-signature", Signatures.sign(body, secret, clock.instant()));
        event.getHeaders().put("x-shopify-hmac-sha256", Signatures.signPlain(body, secret));
        event.getHeaders().put("x-wc-webhook-signature", Signatures.signWordPress(body, secret));
        event.getHeaders().put("event-sign", Signatures.signEnclosed(body, secret));
    }

    static APIGatewayV2HTTPEvent event(String name) throws IOException {
        Fields json = Json.read(Files.readString(EVENTS.resolve(name + ".json")));
        Map<String, String> headers = new HashMap<>();
        Fields given = json.object("headers");
        given.names().forEach(header -> headers.put(header, given.text(header)));
        APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
        event.setHeaders(headers);
        event.setBody(json.text("body"));
        event.setPathParameters(Map.of("source", json.object("pathParameters").text("source")));
        return event;
    }

    Order order(String key) {
        return store.orders.values().stream()
                .map(row -> row.order())
                .filter(order -> order.key().toString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    List<String> touchesOf(String touchpoint) {
        return store.touches.keySet().stream().filter(id -> id.contains(touchpoint)).toList();
    }

    /** A committed event with texts replaced, and signed as it then is. */
    APIGatewayV2HTTPEvent changed(String name, String... replaced) throws IOException {
        APIGatewayV2HTTPEvent event = event(name);
        for (int i = 0; i < replaced.length; i += 2) {
            assertTrue(event.getBody().contains(replaced[i]), replaced[i]);
            event.setBody(event.getBody().replace(replaced[i], replaced[i + 1]));
        }
        sign(event, secret(name));
        return event;
    }

    OrderWebhookLambda lambda(IngestStore rows) {
        return new OrderWebhookLambda(
                new WebhookSecrets(secrets, "arn", clock),
                clock,
                rows,
                PLAYBOOK,
                (Duration _) -> {},
                new Random(8));
    }

    /** Two live secrets a source. */
    static final class FakeSecrets implements SecretsManagerClient {
        String json =
                """
                {"memberday": ["new", "old"], "shopify": ["shop-1", "shop-2"],
                 "woocommerce": ["woo-1", "woo & 2"], "youzan": ["app:one", "app:two"]}
                """;
        int reads;

        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            reads++;
            return GetSecretValueResponse.builder().secretString(json).build();
        }

        @Override
        public String serviceName() {
            return "secretsmanager";
        }

        @Override
        public void close() {}
    }
}
