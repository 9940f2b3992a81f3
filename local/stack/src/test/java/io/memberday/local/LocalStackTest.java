package io.memberday.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.aws.AwsError;
import io.memberday.local.clock.MovableClock;
import io.memberday.local.engine.Repository;
import io.memberday.local.outbox.Sent;
import io.memberday.local.queue.Queue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The whole local AWS with a tiny system in it, from outside. */
class LocalStackTest {
    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
    private static final String PHONE = "+8613800138000";

    private static LocalStack stack;

    @BeforeAll
    static void start() {
        stack = Sample.start(Sample.template());
    }

    @AfterAll
    static void close() {
        stack.close();
    }

    @BeforeEach
    void reset() {
        stack.reset();
        stack.travel().jumpTo(START);
    }

    @Test
    void shouldCarryARequestOverBusAndQueueToASentMessage() throws Exception {
        HttpResponse<String> answer =
                post("/take/shop", "{\"phone\": \"%s\", \"text\": \"你好\"}".formatted(PHONE));
        stack.settle();

        assertEquals(202, answer.statusCode());
        assertEquals(List.of("你好"), texts());
        Duration since = Duration.between(START, stack.outbox().sms().getFirst().at());
        assertTrue(since.compareTo(Duration.ofMinutes(5)) < 0, "by the moved clock: " + since);
    }

    @Test
    void shouldHandARequestOverAsApiGatewayDoes() throws Exception {
        HttpResponse<String> answer =
                send(
                        HttpRequest.newBuilder(uri("/take/a%20shop?x=1&x=2&y=%E4%BD%A0"))
                                .header("Content-Type", "text/plain")
                                .header("X-Two", "one")
                                .header("X-Two", "two")
                                .POST(HttpRequest.BodyPublishers.ofString("会员")));

        Fields seen = Json.read(answer.body());
        assertEquals("yes", answer.headers().firstValue("X-Seen").orElseThrow());
        assertEquals("a shop", seen.text("source"));
        assertEquals("POST /take/{source}", seen.text("route"));
        assertEquals("/take/a%20shop", seen.text("path"));
        assertEquals("x=1&x=2&y=%E4%BD%A0", seen.text("query"));
        assertEquals("1,2", seen.object("parameters").text("x"));
        assertEquals("你", seen.object("parameters").text("y"));
        assertEquals("one,two", seen.text("header"));
        assertEquals(false, seen.optionalTruth("base64").orElseThrow());
        assertEquals("会员", seen.text("body"));
        assertEquals(stack.api().toString(), seen.text("url"));
        assertTrue(Instant.parse(seen.text("time")).isBefore(START.plusSeconds(300)));
        assertTrue(seen.whole("remaining", 0, 3000) > 0);
    }

    @Test
    void shouldLetInToASignedRouteOnlyWhatTheLocalCredentialsSigned() throws Exception {
        URI uri = uri("/signed/a%20b:c?y=2&x=%E4%BD%A0*&x=1&z");
        HttpRequest signed = IamSigner.request("POST", uri, "one");

        HttpResponse<String> answer = send(signed);

        assertEquals(202, answer.statusCode(), answer.body());
        assertEquals(
                "arn:aws:iam::000000000000:user/local", Json.read(answer.body()).text("caller"));
        List<HttpRequest> refused =
                List.of(
                        IamSigner.request("POST", uri, "one", "wrong"),
                        HttpRequest.newBuilder(signed, (_, _) -> true)
                                .POST(HttpRequest.BodyPublishers.ofString("two"))
                                .build(),
                        HttpRequest.newBuilder(signed, (_, _) -> true)
                                .uri(uri("/signed/other"))
                                .build(),
                        HttpRequest.newBuilder(
                                        signed,
                                        (name, _) -> !name.equalsIgnoreCase("authorization"))
                                .build(),
                        HttpRequest.newBuilder(signed, (_, _) -> true)
                                .setHeader("X-Amz-Date", "20200101T000000Z")
                                .build());
        for (HttpRequest request : refused) {
            HttpResponse<String> no = send(request);
            assertEquals(403, no.statusCode(), request.headers().map().toString());
            assertEquals("{\"message\":\"Forbidden\"}", no.body());
        }
    }

    @Test
    void shouldEncodeAFormAsApiGatewayDoes() throws Exception {
        Fields seen =
                Json.read(
                        send(HttpRequest.newBuilder(uri("/take/x"))
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .POST(HttpRequest.BodyPublishers.ofString("a=b")))
                                .body());

        assertEquals("YT1i", seen.text("body"));
        assertEquals(true, seen.optionalTruth("base64").orElseThrow());
    }

    @Test
    void shouldAnswerForAFunctionThatFailsForNoRouteAndForTooMuch() throws Exception {
        HttpResponse<String> failed = post("/take/x", "break");
        assertEquals(500, failed.statusCode());
        assertEquals("Internal Server Error", Json.read(failed.body()).text("message"));
        assertEquals(404, post("/other", "").statusCode());
        assertEquals(404, send(HttpRequest.newBuilder(uri("/take/x")).GET()).statusCode());
        assertEquals(413, post("/take/x", "y".repeat(10 * 1024 * 1024 + 1)).statusCode());
        assertEquals(
                413, post("/take/x", "y".repeat(7 * 1024 * 1024)).statusCode(), "Lambda's limit");
        assertEquals(202, post("/take/x", "").statusCode(), "an instance goes on after an error");
    }

    @Test
    void shouldRedriveOnlyWhatFailedAndGiveItUpInTheEnd() throws Exception {
        post("/take/x", "{\"phone\": \"%s\", \"text\": \"good\"}".formatted(PHONE));
        post("/take/x", "{\"fail\": true}");
        stack.settle();
        assertEquals(List.of("good"), texts());
        assertEquals(1, stack.queue("SendQueue").size());

        stack.travel().advance(Duration.ofMinutes(10));

        assertEquals(List.of("good"), texts());
        assertEquals(0, stack.queue("SendQueue").size());
        Queue.Message dead = stack.queue("DeadLetters").messages().getFirst();
        assertTrue(Json.read(dead.body()).object("detail").optionalTruth("fail").orElseThrow());
    }

    @Test
    void shouldRunSchedulesAtTheirHourWhenTheClockMoves() {
        stack.travel().moveTo(Instant.parse("2026-06-09T00:00:00Z"));

        List<Sent.Sms> sent = stack.outbox().sms();
        assertEquals(List.of("eighth", "eighth"), texts());
        assertNear("2026-05-08T02:00:00Z", sent.get(0).at());
        assertNear("2026-06-08T02:00:00Z", sent.get(1).at());
        assertNear("2026-06-09T00:00:00Z", stack.clock().instant());
    }

    @Test
    void shouldHaveFrequentSchedulesLookWhenARowFallsDue() {
        putDue("first", "2026-05-03T07:30:20Z");
        putDue("second", "2026-05-03T07:30:50Z");
        putDue("later", "2026-05-20T00:00:00Z");

        stack.travel().moveTo(Instant.parse("2026-05-04T00:00:00Z"));

        List<Sent.Sms> sent = stack.outbox().sms();
        assertEquals(List.of("first", "second"), texts().stream().sorted().toList());
        assertNear("2026-05-03T07:31:00Z", sent.getFirst().at());
    }

    @Test
    void shouldTryAFailedEventAgainAMinuteLaterAndThenHandItOver() {
        AtomicInteger attempts = new AtomicInteger();
        stack.aws()
                .injectFault(
                        call -> {
                            if (call.action().equals("Publish")
                                    && attempts.incrementAndGet() == 1) {
                                throw new AwsError(500, "InternalError", "as asked");
                            }
                        });
        stack.publish("Inbound", "R");
        stack.publish("Inbound", "break");
        stack.settle();
        assertEquals(List.of(), texts());

        stack.travel().advance(Duration.ofMinutes(2));

        assertEquals(List.of("R"), texts());
        Fields record = Json.read(stack.queue("FailedInvocations").messages().getFirst().body());
        assertEquals("RetriesExhausted", record.object("requestContext").text("condition"));
        assertEquals(2, record.object("requestContext").whole("approximateInvokeCount", 0, 9));
        assertEquals("as asked", record.object("responsePayload").text("errorMessage"));
        assertTrue(record.object("requestPayload").has("Records"));
    }

    @Test
    void shouldAnswerAnInvocation() {
        assertEquals("{}", stack.invoke("WakeFunction", "{\"text\": \"hello\"}").payload());
        assertEquals(List.of("hello"), texts());
        assertTrue(stack.invoke("WakeFunction", "{\"text\": \"break\"}").failed());
    }

    @Test
    void shouldMakeUpSecretsAndSignWithThem() {
        String shopify =
                stack.signer("Keys").headers("shopify", START, "{}").get("x-shopify-hmac-sha256");
        String memberday =
                stack.signer("Keys").headers("memberday", START, "{}").get("x-memberday-signature");

        assertEquals(44, shopify.length());
        assertTrue(memberday.matches("t=1777593600,v1=[0-9a-f]{64}"), memberday);
        assertNotEquals(
                memberday,
                stack.signer("Keys")
                        .headers("memberday", START, "{ }")
                        .get("x-memberday-signature"));
    }

    @Test
    void shouldRefuseASecondStackOnItsPortAndLeaveTheFirstItsClock() {
        Path clock = stack.clock().file();
        LocalStack.Settings second =
                new LocalStack.Settings(
                        Sample.template(),
                        Repository.root(),
                        clock.getParent(),
                        new Ports(stack.api().getPort(), 0, 0, 0));

        String refusal =
                assertThrows(IllegalStateException.class, () -> LocalStack.start(second))
                        .getMessage();

        assertTrue(refusal.endsWith("End that one, or choose another port: --port N."), refusal);
        Duration moved = Duration.between(START, MovableClock.shownBy(clock));
        assertTrue(moved.compareTo(Duration.ofMinutes(5)) < 0, "by its own clock: " + moved);
    }

    @Test
    void shouldEmptyEverything() {
        putDue("row", "2026-05-03T07:30:20Z");
        stack.s3().putObject(put -> put.bucket(stack.name("Files")).key("a"), bytes());
        stack.queue("DeadLetters").send("dead");

        stack.reset();

        assertEquals(0, stack.dynamoDb().scan(scan -> scan.tableName(stack.name("Rows"))).count());
        assertEquals(
                0, stack.s3().listObjectsV2(list -> list.bucket(stack.name("Files"))).keyCount());
        assertEquals(0, stack.queue("DeadLetters").size());
    }

    private static RequestBody bytes() {
        return RequestBody.fromString("x");
    }

    private static void putDue(String id, String at) {
        stack.dynamoDb()
                .putItem(
                        put ->
                                put.tableName(stack.name("Rows"))
                                        .item(
                                                Map.of(
                                                        "id",
                                                        AttributeValue.fromS(id),
                                                        "dueShard",
                                                        AttributeValue.fromS("service#00"),
                                                        "dueAt",
                                                        AttributeValue.fromN(
                                                                Long.toString(
                                                                        Instant.parse(at)
                                                                                .getEpochSecond())))));
    }

    private static List<String> texts() {
        return stack.outbox().smsTo(PHONE).stream().map(Sent.Sms::text).toList();
    }

    /** The clock goes on while functions run. */
    private static void assertNear(String wanted, Instant seen) {
        Duration off = Duration.between(Instant.parse(wanted), seen);
        assertTrue(
                !off.isNegative() && off.compareTo(Duration.ofMinutes(1)) < 0, wanted + " " + seen);
    }

    private static URI uri(String path) {
        return URI.create(stack.api() + path);
    }

    private static HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(uri(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return send(request.build());
    }

    private static HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
