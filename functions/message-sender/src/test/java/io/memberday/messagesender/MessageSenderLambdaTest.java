package io.memberday.messagesender;

import static io.memberday.messagesender.SenderScene.RUN;
import static io.memberday.messagesender.SenderScene.SIMILAR;
import static io.memberday.messagesender.SenderScene.TEN;
import static io.memberday.messagesender.SenderScene.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

import io.memberday.campaign.Batch;
import io.memberday.event.BusEvent;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.Pieces;
import io.memberday.message.SmsTemplate;
import io.memberday.order.Milestone;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Ending;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.send.BatchScene;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.Outcomes;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The handler with its events, on the emulated tables. */
@ExtendWith(EmulatorExtension.class)
class MessageSenderLambdaTest {
    private static final Map<Milestone, Instant> PAID =
            Map.of(Milestone.CREATED, TEN, Milestone.PAID, TEN);

    private final SenderScene scene;

    MessageSenderLambdaTest(Emulator emulator) {
        scene = new SenderScene(emulator);
    }

    @BeforeEach
    void plan() {
        scene.plan();
    }

    @Test
    void shouldSendABatchOnceHoweverOftenItsRecordComes() throws IOException {
        // Given
        Batch batch = scene.batch(30);

        // When
        for (int i = 0; i < 3; i++) {
            assertEquals(List.of(), scene.handle(event("batch-due")));
        }

        // Then
        assertEquals(30, scene.provider.accepted().size());
        assertEquals(30, Outcomes.byMember(scene.batches.outcomes(batch)).size());
        assertTrue(scene.find(batch).done().isPresent());
        assertEquals(30 * BatchScene.PART, scene.runs.find(RUN).orElseThrow().spentMicros());
        assertEquals(30 * BatchScene.PART, scene.runs.find(RUN).orElseThrow().committedMicros());
        Member member = scene.members.member("m007").orElseThrow();
        assertEquals(1, member.counters().get("sms.d20260508"));
        assertTrue(member.claims().get(RUN).nonce().endsWith(".m007"));
    }

    @Test
    void shouldSendABatchOnceThoughFourTakeItAtOnce() throws Exception {
        // Given
        Batch batch = scene.batch(30);
        SQSEvent event = event("batch-due");

        // When
        scene.deliverFourTimesAtOnce(event);

        // Then
        assertEquals(30, scene.provider.accepted().size());
        assertTrue(scene.find(batch).done().isPresent());
    }

    @Test
    void shouldSendTheTouchesOfARecordAndWriteHowTheyEnded() throws IOException {
        // Given one order was paid in the meantime
        scene.touch("10001", Map.of(Milestone.CREATED, TEN));
        scene.touch("10002", Map.of(Milestone.CREATED, TEN, Milestone.PAID, TEN.plusSeconds(30)));

        // When
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of(), scene.handle(event("touches-due")));
        }

        // Then
        assertEquals(
                List.of("订单10001还未付款【样店】"),
                scene.provider.envelopes().stream().map(sent -> sent.body().text()).toList());
        assertEquals(Status.SENT, scene.outcome("10001").status());
        assertEquals("paid", scene.outcome("10002").reason());
    }

    @Test
    void shouldSendThePromotionsOfARecordOnceAndWriteHowTheyEnded() throws IOException {
        // Given a buyer, and one who has bought again in the meantime
        MessageSenderLambda promoting = scene.lambda(promoting());
        scene.touch(SIMILAR, "10003", PAID);
        scene.touch(SIMILAR, "10004", PAID);
        scene.bought("m10003", "memberday:main:10003");
        scene.bought("m10004", "memberday:main:10004", "memberday:main:10005");

        // When
        for (int i = 0; i < 2; i++) {
            assertEquals(List.of(), scene.handle(promoting, event("marketing-touches-due")));
        }

        // Then
        assertEquals(
                List.of("看看搭配款拒收请回复R【样店】"),
                scene.provider.envelopes().stream().map(sent -> sent.body().text()).toList());
        assertEquals(Status.SENT, scene.outcome(SIMILAR, "10003").status());
        assertEquals("repurchased", scene.outcome(SIMILAR, "10004").reason());
        assertEquals(
                Set.of(SIMILAR + "#memberday:main:10003"),
                scene.members.member("m10003").orElseThrow().claims().keySet());
    }

    @Test
    void shouldSendServiceMessagesOnceThoughFourTakeThemAtOnce() throws Exception {
        // Given
        scene.touch("10001", Map.of(Milestone.CREATED, TEN));
        SQSEvent event = event("touches-due");

        // When
        scene.deliverFourTimesAtOnce(event);

        // Then
        assertEquals(1, scene.provider.accepted().size());
    }

    @Test
    void shouldRefuseWhatCanNeverSucceedAndServeTheRest() throws IOException {
        // Given four such records before a good one
        scene.batch(3);
        SQSEvent event = event("malformed");

        // When
        List<BatchItemFailure> failures = scene.handle(event);

        // Then
        assertEquals(List.of(), failures);
        assertEquals(3, scene.provider.accepted().size());
        assertEquals(
                List.of("BatchRefused", "BatchRefused", "BatchRefused", "TouchesRefused"),
                scene.bus.events().stream().map(BusEvent::type).toList());
        assertEquals("no such run", scene.bus.events().get(2).detail().get("reason"));
        assertEquals(
                event.getRecords().getFirst().getBody(),
                scene.bus.events().getFirst().detail().get("record"));
    }

    @Test
    void shouldSendARecordThatWasRedrivenFromItsDeadLetters() throws IOException {
        scene.batch(3);

        assertEquals(List.of(), scene.handle(event("redriven")));

        assertEquals(3, scene.provider.accepted().size());
    }

    @Test
    void shouldReportARecordThatFailedAndGoOnWithTheOthers() throws IOException {
        // Given the provider's client breaks at the batch
        Batch batch = scene.batch(1);
        scene.touch("10001", Map.of(Milestone.CREATED, TEN));
        scene.provider.after(
                () -> {
                    scene.provider.after(() -> {});
                    throw new IllegalStateException("broken");
                });
        SQSEvent event = event("batch-due");
        List<SQSEvent.SQSMessage> records = new ArrayList<>(event.getRecords());
        records.addAll(event("touches-due").getRecords());
        event.setRecords(records);

        // When
        List<BatchItemFailure> failures = scene.handle(event);

        // Then
        assertEquals(
                List.of(records.getFirst().getMessageId()),
                failures.stream().map(BatchItemFailure::getItemIdentifier).toList());
        assertEquals(Status.SENT, scene.outcome("10001").status());

        // When it comes again after its owner must be dead
        scene.clock.advance(Duration.ofMinutes(5));
        scene.handle(event("batch-due"));

        // Then
        assertEquals(
                Status.UNKNOWN,
                Outcomes.byMember(scene.batches.outcomes(batch)).get("m000").status());
        assertEquals(2, scene.provider.accepted().size());
    }

    private static Playbook promoting() {
        Playbook sample = SamplePlaybook.playbook();
        Touchpoint similar =
                new Touchpoint(
                        SIMILAR,
                        Kind.MARKETING,
                        Trigger.FIRST_PURCHASE,
                        Timing.after(Duration.ZERO),
                        Duration.ofHours(12),
                        0,
                        new Terms(
                                Optional.empty(),
                                Optional.empty(),
                                Set.of(Ending.REPURCHASED),
                                Duration.ZERO),
                        List.of(Branch.sending(List.of(new Send(Channel.SMS, SIMILAR)))));
        return new Playbook(
                sample.store(),
                sample.ladder(),
                sample.segments(),
                sample.campaigns(),
                List.of(similar),
                new CompiledTemplates(
                        "zh", List.of(new SmsTemplate(SIMILAR, "zh", Pieces.parse("看看搭配款")))));
    }
}
