package io.memberday.logisticsstatus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

import io.memberday.aws.DynamoDbIngestStore;
import io.memberday.aws.DynamoDbParcelStore;
import io.memberday.aws.Env;
import io.memberday.aws.WebhookSecrets;
import io.memberday.ingest.CanonicalOrders;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.ParcelIngest;
import io.memberday.ingest.ParcelRow;
import io.memberday.ingest.Signatures;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.MemberIds;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.Parcel.Standing;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Trigger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Carriers' webhooks from outside: a signed HTTP event in, rows and an answer out. */
@ExtendWith(EmulatorExtension.class)
class LogisticsStatusLambdaTest {
    private static final Path EVENTS = Path.of("../../events");
    private static final Instant NOW = Instant.parse("2026-05-03T03:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final ParcelKey PARCEL = new ParcelKey("sf", "SF1234567890");
    private static final Playbook PLAYBOOK = playbook();

    private final Emulator emulator;
    private final Env env;
    private final DynamoDbParcelStore store;
    private final LogisticsStatusLambda lambda;

    LogisticsStatusLambdaTest(Emulator emulator) {
        this.emulator = emulator;
        this.env = Env.of(emulator.environment("LogisticsStatusFunction"));
        this.store = new DynamoDbParcelStore(emulator.dynamoDb(), env);
        this.lambda =
                new LogisticsStatusLambda(
                        new WebhookSecrets(new OneSecret(), "arn", CLOCK),
                        CLOCK,
                        new ParcelIngest(store, PLAYBOOK, CLOCK, (Duration _) -> {}, new Random(8)),
                        PLAYBOOK.store());
    }

    @BeforeEach
    void empty() {
        emulator.tables().reset();
    }

    @Test
    void shouldPlanWhatEachStatusCallsForOnceAndOpenACareCase() throws IOException {
        order();
        for (String status : List.of("signed", "arrived", "exception", "in-transit", "shipped")) {
            assertEquals("accepted", send("memberday-parcel-" + status, "now").text("result"));
            assertEquals("known", send("memberday-parcel-" + status, "now").text("result"));
        }
        assertEquals(Set.of("parcel_signed", "parcel_exception"), planned());
        assertEquals(
                1,
                activity().stream().filter(item -> item.equals("case#parcel-" + PARCEL)).count());
        ParcelRow row = store.parcel(PARCEL).orElseThrow();
        assertEquals(5, row.parcel().statuses().size());
        assertEquals("杭州市", row.parcel().lastScan().orElseThrow().city());
    }

    @Test
    void shouldKeepAParcelThatComesBeforeItsOrder() throws IOException {
        assertEquals("accepted", send("memberday-parcel-signed", "now").text("result"));
        assertEquals(Set.of(), planned());
        order();
        assertEquals(Set.of("parcel_signed"), planned());
    }

    @Test
    void shouldRefuseWhatIsNotSignedNotJsonOrNotAStatus() throws IOException {
        assertEquals(
                "signature: X-Memberday-Signature is missing, stale or not by a live secret",
                send("memberday-parcel-signed", "wrong").text("error"));
        APIGatewayV2HTTPEvent event = event("memberday-parcel-signed");
        event.setBody(event.getBody().replace("signed", "teleported"));
        assertEquals(422, answer(event, "now").status());
        event.setBody("teleported");
        assertEquals(400, answer(event, "now").status());
        event.setPathParameters(Map.of("source", "pigeon"));
        assertEquals(404, answer(event, "now").status());
        assertEquals(Optional.empty(), store.parcel(PARCEL));
    }

    @ParameterizedTest
    @CsvSource({
        "kuaidi100-signed, 盐",
        "kuaidi100-signed, old",
        "aftership-delivered, new",
        "aftership-delivered, old",
        "easypost-delivered, sécret①",
        "easypost-delivered, old"
    })
    void shouldTakeEachCarriersPushByEitherSecretAndAnswerAsItWants(String name, String secret)
            throws IOException {
        order();
        APIGatewayV2HTTPEvent event = event(name);
        String source = event.getPathParameters().get("source");
        // API Gateway takes a form for binary.
        String body = CarrierSignature.body(source, event.getBody(), secret);
        event.setBody(Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
        event.setIsBase64Encoded(true);
        event.setHeaders(CarrierSignature.headers(source, body, secret));
        for (String result : List.of("accepted", "known")) {
            var response = lambda.handleRequest(event, null);
            assertEquals(200, response.getStatusCode(), response.getBody());
            assertEquals(
                    source.equals("kuaidi100")
                            ? "{\"result\":true,\"returnCode\":\"200\",\"message\":\"成功\"}"
                            : "{\"result\":\"" + result + "\"}",
                    response.getBody());
        }
        Parcel parcel = store.parcel(PARCEL).orElseThrow().parcel();
        Instant signed = Instant.parse("2026-05-03T02:00:00Z");
        assertEquals(new Standing(ParcelStatus.SIGNED, signed), parcel.stands().orElseThrow());
        assertEquals(
                Instant.parse("2026-05-02T08:10:00Z"),
                parcel.at(ParcelStatus.SHIPPED).orElseThrow());
        assertEquals(Set.of("parcel_signed"), planned());
    }

    @Test
    void shouldKeepWhereAParcelStandsWhenOlderPushesComeAgain() throws IOException {
        order();
        assertEquals(200, carrier("kuaidi100-signed", body -> body));
        ParcelRow signed = store.parcel(PARCEL).orElseThrow();
        assertEquals(200, carrier("kuaidi100-delivering", body -> body));
        assertEquals(200, carrier("kuaidi100-signed", body -> body));
        assertEquals(signed, store.parcel(PARCEL).orElseThrow());
        assertEquals(Set.of("parcel_signed"), planned());
    }

    @Test
    void shouldTakeTheSignatureBackThatTheCarrierTakesBack() throws IOException {
        order();
        assertEquals(200, carrier("aftership-delivered", body -> body));
        assertEquals(Set.of("parcel_signed"), planned());
        assertEquals(
                200,
                carrier(
                        "aftership-delivered",
                        body ->
                                body.replace("\"Delivered\"", "\"InTransit\"")
                                        .replace("03T10:00:00", "03T10:30:00")));
        assertEquals(Set.of(), planned());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kuaidi100-signed", "aftership-delivered", "easypost-delivered"})
    void shouldRefuseBadInputOfEachCarrierAndStoreNothingOfIt(String name) throws IOException {
        APIGatewayV2HTTPEvent event = event(name);
        String source = event.getPathParameters().get("source");
        boolean form = source.equals("kuaidi100");
        // Of the others nobody mends what is signed: it is answered as taken, and an alarm tells.
        int bad = form ? 422 : 200;
        String body = CarrierSignature.body(source, event.getBody(), "old");
        Map<String, String> headers = CarrierSignature.headers(source, body, "old");
        // Forged, cut off, unsigned.
        String forged = CarrierSignature.body(source, event.getBody(), "guessed");
        event.setHeaders(CarrierSignature.headers(source, forged, "guessed"));
        refused(event, forged, 401);
        event.setHeaders(headers);
        refused(event, body.substring(0, body.length() - 9), 401);
        event.setHeaders(Map.of());
        refused(event, form ? body.replaceFirst("sign=[0-9A-F]+&", "") : body, 401);
        // Too large to be looked at.
        event.setHeaders(headers);
        refused(event, body + " ".repeat(1024 * 1024), 413);
        assertEquals(form ? 413 : 200, carrier(name, one -> one + " ".repeat(1024 * 1024)));
        // The other form of body.
        assertEquals(form ? 401 : bad, carrier(name, one -> form ? "{}" : "a=b"));
        // Not UTF-8, though signed.
        APIGatewayV2HTTPEvent gbk = event(name);
        byte[] bytes = (form ? "param=%D6%D0" : "{\"中\":1}").getBytes(Charset.forName("GBK"));
        gbk.setIsBase64Encoded(true);
        gbk.setHeaders(CarrierSignature.headers(source, bytes, "old"));
        gbk.setBody(Base64.getEncoder().encodeToString(bytes));
        assertEquals(form ? 401 : bad, lambda.handleRequest(gbk, null).getStatusCode());
        // Without a parcel's number, and of the future only.
        assertEquals(bad, carrier(name, one -> one.replace("SF1234567890", form ? "%20" : " ")));
        assertEquals(
                bad,
                carrier(
                        name,
                        one ->
                                one.replace("2026-05-0", "2026-06-0")
                                        .replace("1777773720", "1780365720")));
        assertEquals(Optional.empty(), store.parcel(PARCEL));
    }

    private void refused(APIGatewayV2HTTPEvent event, String body, int status) {
        event.setBody(body);
        var response = lambda.handleRequest(event, null);
        assertEquals(status, response.getStatusCode(), response.getBody());
        Fields answer = Json.read(response.getBody());
        if (event.getPathParameters().containsValue("kuaidi100")) {
            assertEquals(Optional.of(false), answer.optionalTruth("result"));
            assertEquals(Integer.toString(status), answer.text("returnCode"));
        } else {
            assertTrue(answer.has("error"));
        }
    }

    /** Sends an event with another body, rightly signed. */
    private int carrier(String name, UnaryOperator<String> change) throws IOException {
        APIGatewayV2HTTPEvent event = event(name);
        String source = event.getPathParameters().get("source");
        String body = CarrierSignature.body(source, change.apply(event.getBody()), "old");
        event.setBody(body);
        event.setHeaders(CarrierSignature.headers(source, body, "old"));
        return lambda.handleRequest(event, null).getStatusCode();
    }

    private void order() throws IOException {
        Fields shipped =
                Json.read(
                        Files.readString(
                                EVENTS.resolve("order-webhook/memberday-order-shipped.json")));
        new OrderIngest(
                        new DynamoDbIngestStore(
                                emulator.dynamoDb(),
                                Env.of(emulator.environment("OrderWebhookFunction")),
                                PLAYBOOK.store().zone()),
                        PLAYBOOK,
                        CLOCK,
                        new MemberIds(new Random(8)),
                        (Duration _) -> {},
                        new Random(8))
                .take(new CanonicalOrders(PLAYBOOK.store()).read(shipped.text("body"), NOW));
    }

    private record Answer(int status, Fields body) {}

    private Fields send(String name, String secret) throws IOException {
        return answer(event(name), secret).body();
    }

    private Answer answer(APIGatewayV2HTTPEvent event, String secret) {
        byte[] body = event.getBody().getBytes(StandardCharsets.UTF_8);
        event.setHeaders(Map.of("x-memberday-signature", Signatures.sign(body, secret, NOW)));
        var response = lambda.handleRequest(event, null);
        return new Answer(response.getStatusCode(), Json.read(response.getBody()));
    }

    private static APIGatewayV2HTTPEvent event(String name) throws IOException {
        Fields json =
                Json.read(Files.readString(EVENTS.resolve("logistics-status/" + name + ".json")));
        APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
        event.setBody(json.text("body"));
        event.setPathParameters(Map.of("source", json.object("pathParameters").text("source")));
        return event;
    }

    /** Touchpoints of the touches that were planned. */
    private Set<String> planned() {
        return texts(env.campaignResultsTable(), "touchpoint").stream().collect(Collectors.toSet());
    }

    private List<String> activity() {
        return texts(env.memberActivityTable(), "item");
    }

    private List<String> texts(String table, String attribute) {
        return emulator
                .dynamoDb()
                .scanPaginator(scan -> scan.tableName(table).limit(1000))
                .items()
                .stream()
                .map(item -> item.get(attribute).s())
                .toList();
    }

    /** The sample's with two of the parcels' touchpoints. */
    private static Playbook playbook() {
        Playbook sample = SamplePlaybook.playbook();
        return new Playbook(
                sample.store(),
                sample.ladder(),
                sample.segments(),
                sample.campaigns(),
                List.of(
                        touchpoint("parcel_signed", Trigger.PARCEL_SIGNED),
                        touchpoint("parcel_exception", Trigger.PARCEL_EXCEPTION)),
                sample.templates());
    }

    private static Touchpoint touchpoint(String id, Trigger on) {
        return SamplePlaybook.touchpoint(id, on, Duration.ZERO, Duration.ofHours(6), 0);
    }

    private static final class OneSecret implements SecretsManagerClient {
        @Override
        public GetSecretValueResponse getSecretValue(GetSecretValueRequest request) {
            return GetSecretValueResponse.builder()
                    .secretString(
                            """
                            {"memberday": ["now"], "kuaidi100": ["盐", "old"],
                             "aftership": ["new", "old"], "easypost": ["sécret①", "old"]}
                            """)
                    .build();
        }

        @Override
        public String serviceName() {
            return "secretsmanager";
        }

        @Override
        public void close() {}
    }
}
