package io.memberday.deliveryfeedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.aws.DynamoDbClaimStore;
import io.memberday.aws.IdentityFormat;
import io.memberday.feedback.Feedback;
import io.memberday.ingest.Activity.ConsentSaid;
import io.memberday.json.Fields;
import io.memberday.local.engine.Emulator;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Consents;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.ContactCounter;
import io.memberday.touch.Past;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class DeliveryFeedbackLambdaTest extends FeedbackScene {
    DeliveryFeedbackLambdaTest(Emulator emulator) {
        super(emulator);
    }

    @Test
    void shouldShowAPageAndChangeNothingWhenALinkIsOpened() throws IOException {
        Fields answer = call(event("unsubscribe-page"));

        assertEquals(200L, answer.whole("statusCode", 0, 999));
        String page = answer.text("body");
        assertTrue(page.contains("<form method=\"post\">") && page.contains("<button"), page);
        assertTrue(page.contains("茶 &amp; &lt;Co&gt;") && page.contains("促销邮件"), page);
        assertFalse(page.contains("http") || page.contains("<script"), page);
        assertTrue(
                answer.object("headers")
                        .text("content-security-policy")
                        .startsWith("default-src 'none'"));
        assertEquals(0, member().version());
        assertEquals(List.of(), activity());
    }

    @Test
    void shouldRefuseByOneClickWithABlankAnswer() throws IOException {
        Fields answer = call(event("unsubscribe-one-click"));

        assertEquals(200L, answer.whole("statusCode", 0, 999));
        assertEquals(Optional.of(""), answer.optionalText("body"));
        assertFalse(allows(Channel.EMAIL, Kind.MARKETING));
        assertTrue(allows(Channel.SMS, Kind.MARKETING));
        assertTrue(allows(Channel.EMAIL, Kind.SERVICE));
        assertEquals(List.of("consent#email#marketing#2026-05-08T02:10:00Z"), activity());
    }

    @Test
    void shouldRefuseByThePagesButtonAndSaySo() throws IOException {
        Fields answer = call(event("unsubscribe-button"));

        assertTrue(answer.text("body").contains("已退订"));
        assertTrue(answer.text("body").contains(box("email.marketing", "")));
        assertFalse(allows(Channel.EMAIL, Kind.MARKETING));
    }

    @Test
    void shouldShowWhatThePersonGetsAndTakeWhatItChooses() throws IOException {
        // Given
        String before = call(event("unsubscribe-page")).text("body");

        // When
        Fields answer = call(event("preferences-chosen"));

        // Then
        assertTrue(before.contains(box("sms.marketing", " checked")), before);
        assertTrue(before.contains(box("sms.service", " checked")));
        String after = answer.text("body");
        assertTrue(after.contains("已保存"), after);
        assertTrue(after.contains(box("sms.marketing", " checked")));
        assertTrue(after.contains(box("sms.service", "")));
        assertTrue(after.contains(box("email.marketing", "")));
        assertFalse(allows(Channel.EMAIL, Kind.MARKETING));
        assertFalse(allows(Channel.SMS, Kind.SERVICE));
        assertTrue(allows(Channel.SMS, Kind.MARKETING));
        assertEquals(
                List.of(
                        "consent#email#marketing#2026-05-08T02:10:00Z",
                        "consent#sms#service#2026-05-08T02:10:00Z"),
                activity());
    }

    @Test
    void shouldTakeAnAgreementOnThePageAndKeepWhereItWasGiven() throws IOException {
        call(event("unsubscribe-one-click"));

        call(
                event("preferences-chosen")
                        .replaceAll(
                                "\"body\": \"[^\"]*\"",
                                "\"body\":"
                                    + " \"choose=yes&shown=email.marketing&topic=email.marketing\"")
                        .replace("\"isBase64Encoded\": true", "\"isBase64Encoded\": false"));

        assertTrue(allows(Channel.EMAIL, Kind.MARKETING));
        assertEquals(
                List.of("link " + RUN, "page " + RUN),
                store.said(MEMBER, new Consents.Topic(Channel.EMAIL, Kind.MARKETING)).stream()
                        .map(ConsentSaid::by)
                        .toList());
    }

    @Test
    void shouldTakeAStopWordBack() throws IOException {
        publish(event("sms-reply").replace("拒收 R", "STOP"));
        publish(event("sms-start"));
        publish(event("sms-start"));

        // Then service messages go on; nothing tells of an agreement to marketing before
        assertTrue(allows(Channel.SMS, Kind.SERVICE));
        assertFalse(allows(Channel.SMS, Kind.MARKETING));
        assertEquals(2, member().version());
        assertEquals(3, activity().size());
    }

    private static String box(String topic, String checked) {
        return "name=\"topic\" value=\"%s\"%s>".formatted(topic, checked);
    }

    @Test
    void shouldKeepWhatElseStandsInTheMembersRow() throws IOException {
        Member before = member();

        call(event("unsubscribe-one-click"));

        Member after = member();
        assertEquals(1, after.version());
        assertEquals(before.claims(), after.claims());
        assertEquals(before.counters(), after.counters());
        assertEquals(before.profile(), after.profile());
    }

    @Test
    void shouldBindTheVeryNextClaim() throws IOException {
        // Given: a sender has read the member and is about to claim
        DynamoDbClaimStore claims =
                new DynamoDbClaimStore(emulator.dynamoDb(), emulator.table("MembersTable"));
        Member read = claims.member(MEMBER).orElseThrow();

        // When
        call(event("unsubscribe-one-click"));

        // Then: the claim is refused, and the sender sees why
        assertEquals(
                new ClaimStore.Answer.Changed(member()),
                claims.claim(
                        read,
                        "next@2026-05-09",
                        new Claim(NOW, "n2", Kind.MARKETING, Channel.EMAIL, ""),
                        List.of(new ContactCounter("email.d20260509", 1)),
                        Past.NONE));
        assertFalse(allows(Channel.EMAIL, Kind.MARKETING));
        assertFalse(member().claims().containsKey("next@2026-05-09"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void shouldAnswerABadTokenWithAPageAndNoTrace(String method) throws IOException {
        for (String token : List.of("x", "a.b", "%%%", "bTAwfHNtcw.AAAA", "é".repeat(900))) {
            Fields answer = call(http(method, token));

            assertEquals(404L, answer.whole("statusCode", 0, 999), token);
            assertTrue(answer.text("body").contains("无效"));
            assertFalse(answer.text("body").contains("Exception"));
        }
        assertEquals(0, member().version());
    }

    @Test
    void shouldTakeAStopWordByReply() throws IOException {
        publish(event("sms-reply"));
        publish(event("sms-reply"));

        assertFalse(allows(Channel.SMS, Kind.MARKETING));
        assertTrue(allows(Channel.SMS, Kind.SERVICE));
        assertTrue(allows(Channel.EMAIL, Kind.MARKETING));
        assertEquals(1, member().version());
        assertEquals(List.of("consent#sms#marketing#2026-05-08T02:20:00Z"), activity());
    }

    @Test
    void shouldTakeACarriersStopWordForServiceMessagesToo() throws IOException {
        publish(event("sms-reply").replace("拒收 R", "Stop"));

        assertFalse(allows(Channel.SMS, Kind.MARKETING));
        assertFalse(allows(Channel.SMS, Kind.SERVICE));
    }

    @Test
    void shouldKeepTheRefusalOfANumberThatNobodyHasYet() throws IOException {
        publish(event("sms-reply").replace(PHONE, "+8613900139000"));

        Map<String, AttributeValue> item =
                emulator.dynamoDb()
                        .getItem(
                                get ->
                                        get.tableName(emulator.table("IdentitiesTable"))
                                                .key(
                                                        IdentityFormat.key(
                                                                Identity.phone("+8613900139000"))))
                        .item();
        assertEquals(
                Map.of(Channel.SMS, Instant.parse("2026-05-08T02:20:00Z")),
                IdentityFormat.identity(item).optedOut());
        assertEquals(Optional.empty(), IdentityFormat.identity(item).memberId());
    }

    @Test
    void shouldSendNothingMoreToAnAddressThatBouncedForGood() throws IOException {
        publish(event("email-bounced"));

        assertEquals(Optional.empty(), member().reachableAt(Channel.EMAIL));
        assertTrue(allows(Channel.EMAIL, Kind.MARKETING));
        assertEquals(
                List.of(
                        new Feedback(
                                "0100018f-bounce",
                                Feedback.Kind.BOUNCED,
                                true,
                                Instant.parse("2026-05-08T02:05:03Z"))),
                reports());
    }

    @Test
    void shouldNotTakeAFullMailboxForADeadAddress() throws IOException {
        publish(event("email-bounced").replace("Permanent", "Transient"));

        assertEquals(Optional.of(EMAIL), member().reachableAt(Channel.EMAIL));
        assertFalse(reports().getFirst().lasting());
    }

    @Test
    void shouldTakeAComplaintForARefusal() throws IOException {
        publish(event("email-complained"));

        assertFalse(allows(Channel.EMAIL, Kind.MARKETING));
        assertEquals(List.of("consent#email#marketing#2026-05-08T03:00:00Z"), activity());
        assertEquals(Feedback.Kind.COMPLAINED, reports().getFirst().kind());
    }

    @Test
    void shouldNoteADeliveryOnceHoweverOftenItIsReported() throws IOException {
        publish(event("email-delivered"));
        publish(event("email-delivered"));
        publish(
                event("email-delivered")
                        .replace("eventType", "notificationType")
                        .replace("\\\"run\\\"", "\\\"other\\\""));

        assertEquals(1, reports().size());
        assertEquals(Feedback.Kind.DELIVERED, reports().getFirst().kind());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Successfully validated SNS topic for Amazon SES event publishing.",
                "{\"notificationType\":\"AmazonSnsSubscriptionSucceeded\",\"message\":\"…\"}",
                "{\"eventType\":\"Open\",\"mail\":{\"messageId\":\"1\"},\"open\":{}}"
            })
    void shouldPassOverWhatSaysNothing(String message) throws IOException {
        publish(records(message));

        assertEquals(0, member().version());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not json",
                "{}",
                "{\"eventType\":\"Weather\"}",
                "{\"eventType\":\"Bounce\",\"mail\":{\"messageId\":\"1\"}}",
                "{\"originationNumber\":5,\"messageBody\":\"R\"}"
            })
    void shouldFailOnWhatItCannotTakeAndLoseNoneOfTheOthers(String poison) {
        String reply = "{\"originationNumber\":\"" + PHONE + "\",\"messageBody\":\"退订\"}";

        Exception failed =
                assertThrows(
                        IllegalStateException.class, () -> publish(records(poison, reply, poison)));

        assertTrue(failed.getMessage().startsWith("2 of 3 records failed"), failed.getMessage());
        assertFalse(failed.getMessage().contains(PHONE));
        assertFalse(allows(Channel.SMS, Kind.MARKETING));
    }
}
