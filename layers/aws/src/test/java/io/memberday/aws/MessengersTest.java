package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.message.Body;
import io.memberday.message.Messenger;
import io.memberday.message.Messenger.Answer;
import io.memberday.message.Messenger.Envelope;
import io.memberday.message.TagText;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/** SNS and SES by the clients that functions use, against servers that speak the real protocol. */
class MessengersTest {
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-05-08T02:00:00Z"), ZoneOffset.UTC);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String LINK = "https://api.example.com/unsubscribe/" + "x".repeat(180);
    private static final Map<String, String> TAGS =
            Map.of("run", "member-day@2026-05-08", "member", "m7f3k2p9q1w8e5r4t");

    private final FakeQueryService service = new FakeQueryService();
    private final Map<String, String> settings =
            new TreeMap<>(
                    Map.of(
                            "aws.endpointUrlSns", service.address().toString(),
                            "aws.endpointUrlSes", service.address().toString(),
                            "aws.region", "us-east-1",
                            "aws.accessKeyId", "AKIDEXAMPLE",
                            "aws.secretAccessKey", "secret"));

    @BeforeEach
    void point() {
        settings.forEach(System::setProperty);
    }

    @AfterEach
    void end() {
        settings.keySet().forEach(System::clearProperty);
        service.close();
    }

    @Test
    void shouldPublishAnSmsWithItsTypeAndSender() {
        // When
        Answer answer = sns("Sample").send(sms(Kind.MARKETING));

        // Then
        assertEquals(new Answer.Sent("id-1"), answer);
        Map<String, String> request = service.requests().getFirst();
        assertEquals("Publish", request.get("Action"));
        assertEquals("+8613800000001", request.get("PhoneNumber"));
        assertEquals("双倍积分拒收请回复R【样店】", request.get("Message"));
        assertEquals(
                Map.of("AWS.SNS.SMS.SMSType", "Promotional", "AWS.SNS.SMS.SenderID", "Sample"),
                attributes(request));
    }

    @Test
    void shouldPublishServiceMessagesAsTransactionalAndWithoutASenderThatThereIsNot() {
        sns("").send(sms(Kind.SERVICE));

        assertEquals(
                Map.of("AWS.SNS.SMS.SMSType", "Transactional"),
                attributes(service.requests().getFirst()));
    }

    @ParameterizedTest
    @CsvSource({
        "400, Throttling, Throttled",
        "400, ThrottlingException, Throttled",
        "429, Throttled, Throttled",
        "403, InvalidClientTokenId, Throttled",
        "403, AuthorizationError, Halted",
        "403, OptInRequired, Halted",
        "400, AccountSendingPausedException, Halted",
        "400, ConfigurationSetSendingPausedException, Halted",
        "400, MailFromDomainNotVerifiedException, Halted",
        "400, MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT, Halted",
        "400, InvalidParameter, Failed",
        "400, ParameterValueInvalid, Failed",
        "400, OptedOut, Failed",
        "400, MessageRejected, Failed",
        "500, InternalError, Unknown",
        "500, InternalFailure, Unknown",
        "503, ServiceUnavailable, Unknown",
    })
    void shouldCallOnceAndKeepTheCodeAloneOfAnError(int status, String code, String means) {
        // Given
        service.refuse(status, code);

        for (Messenger messenger : List.of(sns(""), ses())) {
            int before = service.requests().size();

            // When
            Answer answer = messenger.send(email(Optional.empty()));

            // Then
            assertEquals(means + "[reason=" + code + "]", answer.toString());
            assertEquals(before + 1, service.requests().size());
        }
    }

    @Test
    void shouldTellASandboxFromAMessageThatIsRefused() {
        service.refuse(
                400,
                "MessageRejected",
                "Email address is not verified. The following identities failed the check in"
                        + " region US-EAST-1: a@example.com");

        assertEquals(new Answer.Halted("NotVerified"), ses().send(email(Optional.empty())));
    }

    @Test
    void shouldNotKnowWhatBecameOfACallThatWasAcceptedAndNotAnswered() {
        // Given
        service.stall();

        // Then
        assertEquals(new Answer.Unknown("no-answer"), sns("").send(sms(Kind.SERVICE)));
        assertEquals(new Answer.Unknown("no-answer"), ses().send(email(Optional.empty())));
        assertEquals(2, service.requests().size());
    }

    @Test
    void shouldNotSendAgainOnAConnectionThatWasKeptAndThenClosed() {
        // Given a connection that has served a call: the JDK itself repeats requests on such ones
        for (Messenger messenger : List.of(sns(""), ses())) {
            service.accept();
            assertInstanceOf(Answer.Sent.class, messenger.send(email(Optional.empty())));
            service.hangUp();
            int before = service.requests().size();

            // When
            Answer answer = messenger.send(email(Optional.empty()));

            // Then
            assertEquals(new Answer.Unknown("no-answer"), answer);
            assertEquals(before + 1, service.requests().size());
        }
    }

    @Test
    void shouldTryLaterWhatNeverLeft() {
        Messenger messenger = sns("");
        service.close();

        assertEquals(new Answer.Throttled("connection"), messenger.send(sms(Kind.SERVICE)));
    }

    @Test
    void shouldSendAnEmailThatMailProgramsReadAndCanUnsubscribeFrom() throws Exception {
        // When
        Answer answer = ses().send(email(Optional.of(LINK)));

        // Then
        assertEquals(new Answer.Sent("id-1"), answer);
        Map<String, String> request = service.requests().getFirst();
        assertEquals("SendRawEmail", request.get("Action"));
        assertEquals("a@example.com", request.get("Destinations.member.1"));
        byte[] raw = Base64.getDecoder().decode(request.get("RawMessage.Data"));
        MimeMessage mail = new MimeMessage(session(), new ByteArrayInputStream(raw));
        assertEquals("会员日：双倍积分 🎉 — member day for everyone who reads subjects", mail.getSubject());
        InternetAddress from = (InternetAddress) mail.getFrom()[0];
        assertEquals("样店", from.getPersonal());
        assertEquals("hello@sample.example", from.getAddress());
        assertEquals("a@example.com", mail.getAllRecipients()[0].toString());
        assertEquals("<" + LINK + ">", mail.getHeader("List-Unsubscribe", null));
        assertEquals("List-Unsubscribe=One-Click", mail.getHeader("List-Unsubscribe-Post", null));
        assertNull(mail.getMessageID(), "it would name this machine");
        assertEquals(CLOCK.instant(), mail.getSentDate().toInstant());
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertTrue(parts.getContentType().startsWith("multipart/alternative"));
        assertEquals("text/plain; charset=UTF-8", parts.getBodyPart(0).getContentType());
        assertEquals("小明，双倍积分", parts.getBodyPart(0).getContent());
        assertEquals("text/html; charset=UTF-8", parts.getBodyPart(1).getContentType());
        assertEquals("<p>小明，双倍积分</p>", parts.getBodyPart(1).getContent());
        String text = new String(raw, ISO_8859_1);
        assertTrue(text.chars().allMatch(c -> c < 0x80), "travels as ASCII");
    }

    @Test
    void shouldNameTheTouchByTagsThatSesTakes() {
        ses().send(email(Optional.empty()));

        Map<String, String> request = service.requests().getFirst();
        Map<String, String> tags = new TreeMap<>();
        for (int i = 1; request.containsKey("Tags.member." + i + ".Name"); i++) {
            String value = request.get("Tags.member." + i + ".Value");
            assertTrue(value.matches("[A-Za-z0-9_-]{1,255}"), value);
            tags.put(request.get("Tags.member." + i + ".Name"), TagText.read(value));
        }
        assertEquals(TAGS, tags);
    }

    @Test
    void shouldSendNoUnsubscribeHeadersWhereThereIsNoLink() throws Exception {
        ses().send(email(Optional.empty()));

        byte[] raw =
                Base64.getDecoder().decode(service.requests().getFirst().get("RawMessage.Data"));
        MimeMessage mail = new MimeMessage(session(), new ByteArrayInputStream(raw));
        assertNull(mail.getHeader("List-Unsubscribe"));
        assertNull(mail.getHeader("List-Unsubscribe-Post"));
    }

    @Test
    void shouldRefuseAnAddressThatWouldWriteHeaders() {
        for (String address :
                List.of("a@example.com\r\nBcc: b@example.com", "not an address", "a@", "")) {
            Answer answer =
                    ses().send(
                                    new Envelope(
                                            address,
                                            email(Optional.empty()).body(),
                                            Kind.MARKETING,
                                            Optional.empty(),
                                            TAGS));

            assertEquals(new Answer.Failed("InvalidAddress"), answer, address);
        }
        assertEquals(List.of(), service.requests());
    }

    @Test
    void shouldPrintNothingPersonalOfAnEnvelope() {
        String printed = email(Optional.of(LINK)).toString();

        assertFalse(printed.contains("example.com"), printed);
        assertFalse(printed.contains("小明"), printed);
    }

    private static SnsMessenger sns(String sender) {
        return new SnsMessenger(Clients.sns(SHORT), sender);
    }

    private static SesMessenger ses() {
        return new SesMessenger(Clients.ses(SHORT), "样店 <hello@sample.example>", CLOCK);
    }

    private static Envelope sms(Kind kind) {
        return new Envelope(
                "+8613800000001",
                new Body(Channel.SMS, "", "双倍积分拒收请回复R【样店】", "", 1),
                kind,
                Optional.empty(),
                TAGS);
    }

    private static Envelope email(Optional<String> link) {
        return new Envelope(
                "a@example.com",
                new Body(
                        Channel.EMAIL,
                        "会员日：双倍积分 🎉 — member day for everyone who reads subjects",
                        "小明，双倍积分",
                        "<p>小明，双倍积分</p>",
                        1),
                Kind.MARKETING,
                link,
                TAGS);
    }

    private static Session session() {
        return Session.getInstance(new Properties());
    }

    private static Map<String, String> attributes(Map<String, String> request) {
        Map<String, String> attributes = new TreeMap<>();
        for (int i = 1; request.containsKey("MessageAttributes.entry." + i + ".Name"); i++) {
            attributes.put(
                    request.get("MessageAttributes.entry." + i + ".Name"),
                    request.get("MessageAttributes.entry." + i + ".Value.StringValue"));
        }
        return attributes;
    }
}
