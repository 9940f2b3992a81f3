package io.memberday.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.aws.AwsError;
import io.memberday.local.engine.Repository;
import io.memberday.local.function.Outcome;
import io.memberday.local.outbox.Sent;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The whole of template.yaml, from signed orders over HTTP to the texts of member day: and how it
 * breaks where the template leaves something out.
 */
class FirstOrderTest {
    /** Nine o'clock in Shanghai on a Friday that is the 8th. */
    private static final Instant ORDERED = Instant.parse("2026-05-08T01:00:00Z");

    private static final Instant TEN_O_CLOCK = Instant.parse("2026-05-08T02:00:00Z");
    private static final Instant NOON = Instant.parse("2026-05-08T04:00:00Z");
    private static final int BUYERS = 10;
    private static final String WEBHOOKS = "/webhooks/memberday";

    @Test
    void shouldTextBuyersOnMemberDayAndLoseNobodyWhileTheAccountCannotSend() throws Exception {
        try (LocalStack stack = start(Repository.template())) {
            // Given orders of which the forged one is refused, and SNS that refuses all of the
            // account from ten o'clock on
            stack.travel().jumpTo(ORDERED);
            assertEquals(List.of(), refusals(stack));
            assertEquals(
                    401,
                    SignedPost.to(
                                    stack,
                                    WEBHOOKS,
                                    body(0),
                                    Map.of("x-memberday-signature", "t=1,v1=00"))
                            .statusCode());
            assertEquals(BUYERS, members(stack));
            askForAMember(stack);
            AtomicInteger refused = new AtomicInteger();
            stack.aws()
                    .injectFault(
                            call -> {
                                if (call.action().equals("Publish")) {
                                    refused.incrementAndGet();
                                    throw new AwsError(403, "OptInRequired", "no subscription");
                                }
                            });

            // When
            stack.travel().moveTo(TEN_O_CLOCK.plusSeconds(600));

            // Then few calls were refused, nobody has failed, and people were told
            assertTrue(refused.get() > 0 && refused.get() <= 5, refused + " calls");
            assertEquals(List.of(), stack.outbox().sms());
            List<String> told = stack.published("AlarmTopic");
            assertEquals(1, told.size(), told.toString());
            assertTrue(told.getFirst().contains("sms OptInRequired"), told.getFirst());

            // When the account may send, and the run is resumed
            stack.aws().injectFault(call -> {});
            Outcome resumed =
                    stack.invoke(
                            "MemberDayFunction",
                            "{\"run\": \"member-day@2026-05-08\", \"do\": \"resume\"}");
            stack.travel().moveTo(NOON);

            // Then
            assertEquals("running", Json.read(resumed.payload()).text("status"));
            List<Sent.Sms> sent = stack.outbox().sms();
            assertTrue(sent.size() < BUYERS && sent.size() >= BUYERS / 2, "10 % held out");
            assertTrue(
                    sent.stream().noneMatch(sms -> sms.phone().equals("+8613900000010")),
                    "an operator was told that it wants none");
            assertEquals(
                    sent.size(),
                    new HashSet<>(sent.stream().map(Sent.Sms::phone).toList()).size(),
                    "nobody twice, though both the Friday's and the 8th's schedule came");
            for (Sent.Sms sms : sent) {
                assertTrue(sms.text().contains("88折，积分双倍"), sms.text());
                assertTrue(sms.text().endsWith("拒收请回复R【棉里】"), sms.text());
                assertTrue(
                        !sms.at().isBefore(TEN_O_CLOCK) && sms.at().isBefore(NOON),
                        () -> "sent at " + sms.at());
            }
        }
    }

    /** Whoever signs sees the member and changes it, whoever does not is kept out. */
    private static void askForAMember(LocalStack stack) throws Exception {
        URI find = URI.create(stack.api() + "/members/find");
        String who = "{\"phone\": \"13900000010\"}";

        HttpResponse<String> unsigned =
                SignedPost.send(
                        HttpRequest.newBuilder(find)
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(who))
                                .build());
        Fields view = Json.read(SignedPost.send(IamSigner.request("POST", find, who)).body());
        URI member = URI.create(stack.api() + "/members/" + view.text("member"));
        HttpResponse<String> refused =
                SignedPost.send(
                        IamSigner.request(
                                "POST",
                                URI.create(member + "/consent"),
                                "{\"channel\": \"sms\", \"kind\": \"marketing\", \"granted\":"
                                        + " false}"));

        assertEquals(403, unsigned.statusCode());
        assertEquals("{\"message\":\"Forbidden\"}", unsigned.body());
        assertEquals("memberday:main:first-10", view.objects("orders").getFirst().text("order"));
        assertEquals(200, refused.statusCode(), refused.body());
        Fields consent =
                Json.read(SignedPost.send(IamSigner.request("GET", member, "")).body())
                        .objects("consent")
                        .getFirst();
        assertEquals(false, consent.raw("granted").orElseThrow());
    }

    @Test
    void shouldTakeNoOrderWithoutTheRoute() throws Exception {
        Path template =
                Sample.without(
                        Repository.template(),
                        "Resources",
                        "OrderWebhookFunction",
                        "Properties",
                        "Events");
        try (LocalStack stack = start(template)) {
            stack.travel().jumpTo(ORDERED);

            assertEquals(BUYERS, refusals(stack).size());
            assertEquals(0, members(stack));
        }
    }

    @Test
    void shouldSendNoBatchWithoutTheRule() throws Exception {
        try (LocalStack stack =
                start(Sample.without(Repository.template(), "Resources", "MarketingRule"))) {
            stack.travel().jumpTo(ORDERED);
            assertEquals(List.of(), refusals(stack));

            stack.travel().moveTo(TEN_O_CLOCK.plusSeconds(600));

            assertEquals(List.of(), stack.outbox().all());
        }
    }

    @Test
    void shouldNotStartWithoutTheQueue() {
        Path template = Sample.without(Repository.template(), "Resources", "MarketingQueue");

        assertTrue(
                assertThrows(IllegalArgumentException.class, () -> start(template))
                        .getMessage()
                        .contains("MarketingQueue"));
    }

    private static LocalStack start(Path template) {
        return WholeStack.start(template, "first-order");
    }

    /** Sends each buyer's signed order and gives the answers that are not 2xx. */
    private static List<Integer> refusals(LocalStack stack) throws Exception {
        List<Integer> answers = new ArrayList<>();
        for (int buyer = 1; buyer <= BUYERS; buyer++) {
            answers.add(SignedPost.to(stack, WEBHOOKS, body(buyer)).statusCode());
        }
        return answers.stream().filter(status -> status / 100 != 2).toList();
    }

    private static String body(int buyer) {
        String at = "2026-05-08T08:30:00+08:00";
        return OrderBody.paid(
                "first-" + buyer,
                at,
                Map.of(
                        "account",
                        "buyer-" + buyer,
                        "phone",
                        "+86139%08d".formatted(buyer),
                        "language",
                        "zh",
                        "country",
                        "CN",
                        "consents",
                        OrderBody.consents("sms", true, at)));
    }

    private static int members(LocalStack stack) {
        return stack.dynamoDb()
                .scan(scan -> scan.tableName(stack.name("MembersTable")).limit(1000))
                .count();
    }
}
