package io.memberday.campaignslice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.MemberFormat;
import io.memberday.campaign.Batch;
import io.memberday.campaign.Page;
import io.memberday.campaign.RunPlan;
import io.memberday.campaign.SampleMembers;
import io.memberday.campaign.SliceScan;
import io.memberday.event.BusEvent;
import io.memberday.event.EventsLost;
import io.memberday.event.InMemoryEventBus;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.local.engine.Repository;
import io.memberday.member.Member;
import io.memberday.playbook.Campaign;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

@ExtendWith(EmulatorExtension.class)
class CampaignSliceLambdaTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    private static final String RUN = "member-day@2026-05-08";
    private static final int PLENTY = 300_000;
    private static final int SHORT = 40_000;

    private final Emulator emulator;
    private final DynamoDbRunStore runs;
    private final DynamoDbAudienceStore audience;
    private final DynamoDbMemberScan members;
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final CampaignSliceLambda lambda;

    CampaignSliceLambdaTest(Emulator emulator) {
        this.emulator = emulator;
        String results = emulator.table("CampaignResultsTable");
        runs = new DynamoDbRunStore(emulator.dynamoDb(), results);
        audience = new DynamoDbAudienceStore(emulator.dynamoDb(), results);
        members = new DynamoDbMemberScan(emulator.dynamoDb(), emulator.table("MembersTable"));
        lambda = new CampaignSliceLambda(slices(), bus);
    }

    @BeforeEach
    void plan() {
        emulator.tables().reset();
        Campaign campaign = SamplePlaybook.memberDay();
        Frozen frozen = Frozen.of(SamplePlaybook.playbook(), campaign);
        RunPlan plan = RunPlan.of(campaign, LocalDate.parse("2026-05-08"), frozen.store().zone());
        runs.plan(plan.run(1), frozen.json());
    }

    @Test
    void shouldCutItsSliceIntoBatches() throws IOException {
        // Given
        put(SampleMembers.of(150, 1));

        // When
        SQSBatchResponse response = lambda.handleRequest(event("slice-due"), context(PLENTY));
        SQSBatchResponse again = lambda.handleRequest(event("slice-due"), context(PLENTY));

        // Then
        assertEquals(List.of(), response.getBatchItemFailures());
        assertEquals(List.of(), again.getBatchItemFailures());
        List<Page> pages = audience.pages(RUN, 0);
        assertEquals(1, pages.size());
        assertEquals(150, pages.getFirst().scanned());
        int inBatches = 0;
        for (Batch batch : audience.batches(RUN, 0)) {
            inBatches += batch.members().size() + batch.held().size();
            assertEquals(AT, batch.dueAt());
        }
        assertEquals(pages.getFirst().eligible(), inBatches);
        assertTrue(inBatches > 50, inBatches + " members of 150");
        assertEquals(List.of(), bus.events());
    }

    @Test
    void shouldPutTheRestBackWhenTimeIsShort() throws IOException {
        // When
        SQSBatchResponse response = lambda.handleRequest(event("slice-due"), context(SHORT));

        // Then
        assertEquals(List.of(), response.getBatchItemFailures());
        assertEquals(List.of(BusEvent.sliceDue(RUN, 0)), bus.events());
        assertEquals(List.of(), audience.pages(RUN, 0));
    }

    @Test
    void shouldRefuseAMalformedRecordAtOnceAndServeTheOthers() throws IOException {
        // Given
        SQSEvent event = event("malformed");
        SQSEvent.SQSMessage noJson = new SQSEvent.SQSMessage();
        noJson.setMessageId("no-json");
        noJson.setBody("{");
        SQSEvent.SQSMessage noRun = new SQSEvent.SQSMessage();
        noRun.setMessageId("no-run");
        noRun.setBody(
                "{\"detail-type\": \"SliceDue\","
                        + " \"detail\": {\"run\": \"member-day@2020-01-01\", \"slice\": 0}}");
        List<SQSEvent.SQSMessage> records = new ArrayList<>(event.getRecords());
        records.add(noJson);
        records.add(noRun);
        records.addAll(event("slice-due").getRecords());
        event.setRecords(records);

        // When
        SQSBatchResponse response = lambda.handleRequest(event, context(PLENTY));

        // Then
        assertEquals(List.of(), response.getBatchItemFailures());
        assertEquals(1, audience.pages(RUN, 0).size());
        List<BusEvent> refused = bus.events();
        assertEquals(3, refused.size());
        assertTrue(refused.stream().allMatch(each -> each.type().equals("SliceRefused")));
        assertTrue(
                refused.getFirst()
                        .detail()
                        .get("reason")
                        .toString()
                        .startsWith("detail.slice: must be a whole number"));
        assertEquals(records.getFirst().getBody(), refused.getFirst().detail().get("record"));
        assertEquals("{", refused.get(1).detail().get("record"));
        assertEquals(
                "run: there is no such run (got: member-day@2020-01-01)",
                refused.get(2).detail().get("reason"));
    }

    @Test
    void shouldGiveBackOnlyTheRecordThatFailed() throws IOException {
        // Given: the bus is down, and one record needs it
        CampaignSliceLambda unlucky =
                new CampaignSliceLambda(
                        slices(),
                        events -> {
                            throw new EventsLost(events.size(), "InternalFailure");
                        });
        SQSEvent event = event("malformed");
        List<SQSEvent.SQSMessage> records = new ArrayList<>(event.getRecords());
        records.addAll(event("slice-due").getRecords());
        event.setRecords(records);

        // When
        SQSBatchResponse response = unlucky.handleRequest(event, context(PLENTY));

        // Then
        assertEquals(
                List.of(records.getFirst().getMessageId()),
                response.getBatchItemFailures().stream()
                        .map(SQSBatchResponse.BatchItemFailure::getItemIdentifier)
                        .toList());
        assertEquals(1, audience.pages(RUN, 0).size());
    }

    private SliceScan slices() {
        return new SliceScan(runs, audience, members, bus, Clock.fixed(AT, ZoneOffset.UTC));
    }

    private void put(List<Member> all) {
        String table = emulator.table("MembersTable");
        for (Member member : all) {
            emulator.dynamoDb()
                    .putItem(put -> put.tableName(table).item(MemberFormat.item(member)));
        }
    }

    /** The parts of an SQS event that are ours to read. */
    private static SQSEvent event(String name) throws IOException {
        Fields json =
                Json.read(
                        Files.readString(
                                Repository.root()
                                        .resolve("events/campaign-slice/" + name + ".json")));
        List<SQSEvent.SQSMessage> messages = new ArrayList<>();
        for (Fields fields : json.objects("Records")) {
            SQSEvent.SQSMessage message = new SQSEvent.SQSMessage();
            message.setMessageId(fields.text("messageId"));
            message.setBody(fields.text("body"));
            messages.add(message);
        }
        SQSEvent event = new SQSEvent();
        event.setRecords(messages);
        return event;
    }

    private static Context context(int millis) {
        Map<String, Object> answers = Map.of("getRemainingTimeInMillis", millis);
        return (Context)
                Proxy.newProxyInstance(
                        Context.class.getClassLoader(),
                        new Class<?>[] {Context.class},
                        (self, method, arguments) -> answers.get(method.getName()));
    }
}
