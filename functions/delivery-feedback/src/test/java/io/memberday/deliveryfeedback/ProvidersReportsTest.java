package io.memberday.deliveryfeedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Run;
import io.memberday.event.BusEvent;
import io.memberday.feedback.Feedback;
import io.memberday.feedback.Origin;
import io.memberday.json.BadInput;
import io.memberday.local.engine.Emulator;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.touch.ChannelStops;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** What SNS logs of SMS, and what SES puts on the account's bus. */
class ProvidersReportsTest extends FeedbackScene {
    private static final Origin.OfSms DAY = new Origin.OfSms(LocalDate.parse("2026-05-08"));
    private static final Instant NEXT_MONTH = Instant.parse("2026-06-01T00:00:00Z");

    ProvidersReportsTest(Emulator emulator) {
        super(emulator);
    }

    @Test
    void shouldKeepWhatADeliveredSmsReallyCost() throws IOException {
        publish(event("sms-delivered"));
        publish(event("sms-delivered"));

        String id = "34d9b400-c6dd-5444-820d-fbeb0f1f54cf";
        assertEquals(
                List.of(
                        new Feedback(
                                id,
                                Feedback.Kind.DELIVERED,
                                false,
                                Instant.parse("2026-05-08T02:05:00Z"),
                                "",
                                Optional.of(new Feedback.Bill(1, 24_120)))),
                feedback.of(DAY, id));
        assertEquals(1, all(DAY).size());
        assertEquals(0, member().version());
    }

    @Test
    void shouldRefuseANumberThatAwsSaysHadOptedOut() throws IOException {
        publish(event("sms-opted-out"));

        assertFalse(allows(Channel.SMS, Kind.MARKETING));
        assertFalse(allows(Channel.SMS, Kind.SERVICE));
        assertTrue(allows(Channel.EMAIL, Kind.MARKETING));
        assertEquals("opted-out", all(DAY).getFirst().reason());
    }

    @Test
    void shouldPauseTheRunAndTheChannelWhenTheMonthsMoneyIsSpent() throws IOException {
        // Given
        runs.plan(
                new Run(
                        RUN,
                        "member-day",
                        LocalDate.parse("2026-05-08"),
                        NOW,
                        NOW.plus(Duration.ofHours(10)),
                        1,
                        Run.State.RUNNING,
                        Optional.empty(),
                        0,
                        0),
                Frozen.of(SamplePlaybook.playbook(), SamplePlaybook.memberDay()).json());

        // When
        publish(event("sms-spend-limit"));
        publish(event("sms-spend-limit"));

        // Then
        Run run = runs.find(RUN).orElseThrow();
        assertEquals(Run.State.PAUSED, run.state());
        assertEquals("sms MONTHLY_SPEND_LIMIT", run.why());
        assertEquals(
                new ChannelStops.Stop(Optional.of(NEXT_MONTH), Optional.empty()),
                stops.of(Channel.SMS));
        assertEquals(
                List.of(
                        BusEvent.sendingHalted("sms", "MONTHLY_SPEND_LIMIT"),
                        BusEvent.runHalted(RUN, "paused", "sms MONTHLY_SPEND_LIMIT")),
                bus.events());
        assertEquals(2, all(DAY).size());

        // When the operator has seen to it, what comes late stops nothing again
        assertTrue(stops.lift(Channel.SMS, NOW));
        publish(event("sms-spend-limit"));
        assertEquals(Optional.empty(), stops.of(Channel.SMS).until());
    }

    @Test
    void shouldPassOverTheTrialOfALogGroup() throws IOException {
        publish(logs("{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[]}"));

        assertEquals(0, member().version());
    }

    @Test
    void shouldFailOnALineThatNobodyCanReadAndLoseNoneOfTheOthers() {
        String invalid =
                "{\\\"notification\\\":{\\\"messageId\\\":\\\"1\\\",\\\"timestamp\\\":\\\"2026-05-08"
                    + " 02:00:00\\\"},\\\"delivery\\\":{\\\"destination\\\":\\\""
                        + PHONE
                        + "\\\",\\\"providerResponse\\\":\\\"Invalid phone"
                        + " number\\\"},\\\"status\\\":\\\"FAILURE\\\"}";
        String event =
                logs(
                        "{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":["
                                + "{\"message\":\"x\"},{\"message\":\""
                                + invalid
                                + "\"}]}");

        Exception failed = assertThrows(IllegalStateException.class, () -> publish(event));

        assertTrue(failed.getMessage().startsWith("1 of 2 records failed"), failed.getMessage());
        assertFalse(failed.getMessage().contains(PHONE));
        assertEquals(Optional.empty(), member().reachableAt(Channel.SMS));
        assertThrows(
                BadInput.class, () -> publish("{\"awslogs\":{\"data\":\"bm90IHppcHBlZA==\"}}"));
    }

    @Test
    void shouldTakeWhatSesPutsOnTheAccountsBus() throws IOException {
        publish(event("email-bounced-on-the-bus"));
        publish(event("email-bounced"));

        assertEquals(Optional.empty(), member().reachableAt(Channel.EMAIL));
        assertEquals(1, reports().size());
    }

    @Test
    void shouldKeepWhatBecameOfAServiceMessageBesideItsTouch() throws IOException {
        publish(event("email-delivered-of-a-touch"));

        assertEquals(
                List.of(Feedback.Kind.DELIVERED),
                all(new Origin.OfTouch("signed-notice", "parcel#sf:SF1001")).stream()
                        .map(Feedback::kind)
                        .toList());
        assertEquals(List.of(), reports());
    }

    private List<Feedback> all(Origin origin) {
        List<Feedback> all = new ArrayList<>();
        feedback.each(origin, all::add);
        return all;
    }

    private static String logs(String batch) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(batch.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return "{\"awslogs\":{\"data\":\"%s\"}}"
                .formatted(Base64.getEncoder().encodeToString(bytes.toByteArray()));
    }
}
