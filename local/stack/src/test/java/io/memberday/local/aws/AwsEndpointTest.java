package io.memberday.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.bus.EventBus;
import io.memberday.local.outbox.Outbox;
import io.memberday.local.outbox.Sent;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.ses.SesClient;
import software.amazon.awssdk.services.ses.model.SesException;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.ThrottledException;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The endpoint as AWS's own clients see it. */
class AwsEndpointTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final String TOPIC = "arn:aws:sns:us-east-1:000000000000:Inbound";
    private static final String SECRET =
            "arn:aws:secretsmanager:us-east-1:000000000000:secret:WebhookSecrets";

    private static final Outbox OUTBOX = new Outbox();
    private static final List<String> ORDERS = new ArrayList<>();
    private static final List<String> DEAD = new ArrayList<>();
    private static final List<String> INBOUND = new ArrayList<>();
    private static final AwsEndpoint ENDPOINT =
            AwsEndpoint.start(
                    0,
                    List.of(
                            new Sns(
                                    OUTBOX,
                                    new Topics(Map.of(TOPIC, List.of(INBOUND::add)), CLOCK),
                                    new LogGroups(Map.of(), CLOCK),
                                    CLOCK),
                            new Ses(OUTBOX, CLOCK),
                            new SecretsManager(Map.of(SECRET, "{\"memberday\": [\"s\"]}")),
                            new EventBridge(Map.of("memberday", bus()), CLOCK)));

    private static EventBus bus() {
        return new EventBus(
                "memberday",
                List.of(
                        new EventBus.Rule(
                                "paid",
                                "{\"source\": [\"memberday\"], \"detail\": {\"total\":"
                                        + " [{\"numeric\": [\">\", 100]}]}}",
                                List.of(new EventBus.Target(ORDERS::add, DEAD::add))),
                        new EventBus.Rule(
                                "broken",
                                "{\"detail-type\": [\"Break\"]}",
                                List.of(
                                        new EventBus.Target(
                                                event -> {
                                                    throw new IllegalArgumentException("full");
                                                },
                                                DEAD::add)))));
    }

    @AfterEach
    void forget() {
        OUTBOX.clear();
        ORDERS.clear();
        DEAD.clear();
        INBOUND.clear();
        ENDPOINT.injectFault(call -> {});
    }

    @AfterAll
    static void close() {
        ENDPOINT.close();
    }

    @Test
    void shouldKeepATextMessageWithItsAttributes() {
        String text = "【布衣坊】会员日 100% & more+ 拒收请回复R";
        String id;
        try (SnsClient sns = client(SnsClient.builder())) {
            id =
                    sns.publish(
                                    request ->
                                            request.phoneNumber("+8613800138000")
                                                    .message(text)
                                                    .messageAttributes(
                                                            Map.of(
                                                                    "AWS.SNS.SMS.SMSType",
                                                                    MessageAttributeValue.builder()
                                                                            .dataType("String")
                                                                            .stringValue(
                                                                                    "Promotional")
                                                                            .build())))
                            .messageId();
        }

        assertEquals(
                List.of(
                        new Sent.Sms(
                                id,
                                NOW,
                                "+8613800138000",
                                text,
                                Map.of("AWS.SNS.SMS.SMSType", "Promotional"))),
                OUTBOX.smsTo("+8613800138000"));
    }

    @Test
    void shouldRefuseAPhoneThatIsNotE164() {
        try (SnsClient sns = client(SnsClient.builder())) {
            assertThrows(
                    InvalidParameterException.class,
                    () -> sns.publish(request -> request.phoneNumber("138").message("x")));
        }
        assertEquals(List.of(), OUTBOX.all());
    }

    @Test
    void shouldRefuseATextOverWhatSnsSends() {
        try (SnsClient sns = client(SnsClient.builder())) {
            assertThrows(
                    InvalidParameterException.class,
                    () ->
                            sns.publish(
                                    request ->
                                            request.phoneNumber("+8613800138000")
                                                    .message("章".repeat(534))));
        }
    }

    @Test
    void shouldGiveATopicsMessageToItsSubscribers() {
        try (SnsClient sns = client(SnsClient.builder())) {
            sns.publish(request -> request.topicArn(TOPIC).message("{\"messageBody\": \"R\"}"));
            assertThrows(
                    NotFoundException.class,
                    () -> sns.publish(request -> request.topicArn(TOPIC + "x").message("R")));
        }

        Fields record = Json.read(INBOUND.getFirst()).objects("Records").getFirst();
        assertEquals("aws:sns", record.text("EventSource"));
        assertEquals("{\"messageBody\": \"R\"}", record.object("Sns").text("Message"));
    }

    @Test
    void shouldKeepARawEmailAndReadItsParts() {
        String mime =
                """
                From: =?UTF-8?B?5biD6KGj5Z2K?= <club@example.com>
                To: ann@example.net
                Subject: =?UTF-8?B?5Lya5ZGY5pel?=
                List-Unsubscribe: <https://x.example/unsubscribe/t>
                List-Unsubscribe-Post: List-Unsubscribe=One-Click
                MIME-Version: 1.0
                Content-Type: multipart/alternative; boundary=b

                --b
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: base64

                5L2g5aW9
                --b
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: quoted-printable

                <p>=E4=BD=A0=E5=A5=BD</p>
                --b--
                """;
        try (SesClient ses = client(SesClient.builder())) {
            ses.sendRawEmail(
                    request ->
                            request.source("club@example.com")
                                    .destinations("ann@example.net")
                                    .rawMessage(raw -> raw.data(SdkBytes.fromUtf8String(mime))));
        }

        Sent.Email email = OUTBOX.emailsTo("ann@example.net").getFirst();
        assertEquals("会员日", email.subject());
        assertEquals("你好", email.text().strip());
        assertEquals("<p>你好</p>", email.html().strip());
        assertEquals("List-Unsubscribe=One-Click", email.headers().get("list-unsubscribe-post"));
        assertEquals(mime, email.raw());
        assertEquals(NOW, email.at());
    }

    @Test
    void shouldRefuseAnEmailToAnAddressThatIsNone() {
        try (SesClient ses = client(SesClient.builder())) {
            SesException refusal =
                    assertThrows(
                            SesException.class,
                            () ->
                                    ses.sendRawEmail(
                                            request ->
                                                    request.destinations("nobody")
                                                            .rawMessage(
                                                                    raw ->
                                                                            raw.data(
                                                                                    SdkBytes
                                                                                            .fromUtf8String(
                                                                                                    "a: b\n\n"
                                                                                                        + "c")))));
            assertEquals("InvalidParameterValue", refusal.awsErrorDetails().errorCode());
        }
    }

    @Test
    void shouldTellASecret() {
        try (SecretsManagerClient secrets = client(SecretsManagerClient.builder())) {
            assertEquals(
                    "{\"memberday\": [\"s\"]}",
                    secrets.getSecretValue(request -> request.secretId(SECRET)).secretString());
            assertEquals(
                    SECRET,
                    secrets.getSecretValue(request -> request.secretId("WebhookSecrets")).arn());
            assertThrows(
                    ResourceNotFoundException.class,
                    () -> secrets.getSecretValue(request -> request.secretId("other")));
        }
    }

    @Test
    void shouldGiveEventsToTheRulesThatTheyMatch() {
        PutEventsResponse response =
                put(
                        entry("OrderPaid", "{\"total\": 150}"),
                        entry("OrderPaid", "{\"total\": 99}"),
                        entry("Break", "{}"));

        assertEquals(0, response.failedEntryCount());
        assertEquals(1, ORDERS.size());
        Fields envelope = Json.read(ORDERS.getFirst());
        assertEquals("OrderPaid", envelope.text("detail-type"));
        assertEquals("memberday", envelope.text("source"));
        assertEquals("2026-05-08T02:00:00Z", envelope.text("time"));
        assertEquals(150, envelope.object("detail").whole("total", 0, 1000));
        assertEquals(response.entries().getFirst().eventId(), envelope.text("id"));
        assertEquals("Break", Json.read(DEAD.getFirst()).text("detail-type"));
    }

    @Test
    void shouldRefuseEntriesOneByOne() {
        PutEventsResponse response =
                put(
                        entry("OrderPaid", "{\"total\": 150}"),
                        entry("OrderPaid", "no JSON"),
                        entry("OrderPaid", "{}").toBuilder().eventBusName("other").build(),
                        entry("OrderPaid", "{}").toBuilder().source("aws.s3").build());

        assertEquals(3, response.failedEntryCount());
        assertEquals("MalformedDetail", response.entries().get(1).errorCode());
        assertEquals("InvalidArgument", response.entries().get(2).errorCode());
        assertEquals("NotAuthorizedForSourceException", response.entries().get(3).errorCode());
        assertEquals(1, ORDERS.size());
    }

    @Test
    void shouldRefuseMoreThanTenEntriesOrAMegabyteAsAWhole() {
        PutEventsRequestEntry[] eleven =
                IntStream.range(0, 11)
                        .mapToObj(i -> entry("OrderPaid", "{\"total\": 150}"))
                        .toArray(PutEventsRequestEntry[]::new);
        String large = "{\"total\": 150, \"x\": \"" + "y".repeat(600_000) + "\"}";

        assertEquals(
                "ValidationException",
                assertThrows(EventBridgeException.class, () -> put(eleven))
                        .awsErrorDetails()
                        .errorCode());
        assertEquals(
                413,
                assertThrows(
                                EventBridgeException.class,
                                () -> put(entry("OrderPaid", large), entry("OrderPaid", large)))
                        .statusCode());
        assertEquals(List.of(), ORDERS);
    }

    @Test
    void shouldRefuseWhatAFaultSaysAndThenServeAgain() {
        ENDPOINT.injectFault(
                call -> {
                    if (call.action().equals("Publish")) {
                        throw new AwsError(429, "Throttled", "Rate exceeded");
                    }
                });
        try (SnsClient sns = client(SnsClient.builder())) {
            assertThrows(
                    ThrottledException.class,
                    () -> sns.publish(r -> r.phoneNumber("+8613800138000").message("x")));
            ENDPOINT.injectFault(call -> {});
            sns.publish(r -> r.phoneNumber("+8613800138000").message("x"));
        }
        assertEquals(1, OUTBOX.sms().size());
    }

    @Test
    void shouldHearOnceOfACallWhoseConnectionBreaks() {
        AtomicInteger heard = new AtomicInteger();
        try (SnsClient sns = client(SnsClient.builder())) {
            // The JDK's own client repeats a POST by itself when a connection used before breaks.
            sns.publish(r -> r.phoneNumber("+8613800138000").message("first"));
            ENDPOINT.injectFault(
                    call -> {
                        heard.incrementAndGet();
                        throw new IllegalStateException("cable cut");
                    });
            assertThrows(
                    SdkClientException.class,
                    () -> sns.publish(r -> r.phoneNumber("+8613800138000").message("second")));
        }
        assertEquals(1, heard.get());
        assertEquals(1, OUTBOX.sms().size());
    }

    private static PutEventsRequestEntry entry(String detailType, String detail) {
        return PutEventsRequestEntry.builder()
                .eventBusName("memberday")
                .source("memberday")
                .detailType(detailType)
                .detail(detail)
                .build();
    }

    private static PutEventsResponse put(PutEventsRequestEntry... entries) {
        try (EventBridgeClient events = client(EventBridgeClient.builder())) {
            return events.putEvents(request -> request.entries(entries));
        }
    }

    private static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C client(
            B builder) {
        return builder.endpointOverride(ENDPOINT.address())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("k", "k")))
                .overrideConfiguration(
                        settings -> settings.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
