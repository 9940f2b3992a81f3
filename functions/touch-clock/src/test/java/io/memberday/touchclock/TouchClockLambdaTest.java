package io.memberday.touchclock;

import static org.junit.jupiter.api.Assertions.assertEquals;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;

import io.memberday.MovableClock;
import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbDueStore;
import io.memberday.aws.DynamoDbPaceStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.ServiceTouchFormat;
import io.memberday.aws.Shards;
import io.memberday.campaign.BatchDraft;
import io.memberday.campaign.Page;
import io.memberday.campaign.RunPlan;
import io.memberday.event.BusEvent;
import io.memberday.event.InMemoryEventBus;
import io.memberday.json.Json;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.local.engine.Repository;
import io.memberday.member.Kind;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.release.TouchClock;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The handler with its event, on the emulated tables and their index. */
@ExtendWith(EmulatorExtension.class)
class TouchClockLambdaTest {
    private static final String RUN = "member-day@2026-05-08";
    private static final Instant TEN = Instant.parse("2026-05-08T02:00:00Z");

    private final Emulator emulator;
    private final DynamoDbRunStore runs;
    private final DynamoDbAudienceStore audience;
    private final MovableClock clock = new MovableClock(TEN);
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final TouchClockLambda lambda;

    TouchClockLambdaTest(Emulator emulator) {
        this.emulator = emulator;
        String results = emulator.table("CampaignResultsTable");
        runs = new DynamoDbRunStore(emulator.dynamoDb(), results);
        audience = new DynamoDbAudienceStore(emulator.dynamoDb(), results);
        lambda =
                new TouchClockLambda(
                        new TouchClock(
                                new DynamoDbDueStore(emulator.dynamoDb(), results),
                                new DynamoDbPaceStore(emulator.dynamoDb(), results),
                                runs,
                                audience,
                                bus,
                                SamplePlaybook.playbook(),
                                Shards.DUE,
                                clock));
    }

    @BeforeEach
    void plan() {
        emulator.tables().reset();
        runs.plan(
                RunPlan.of(
                                SamplePlaybook.memberDay(),
                                LocalDate.parse("2026-05-08"),
                                SamplePlaybook.store().zone())
                        .run(1),
                "{}");
    }

    @Test
    void shouldReleaseEachMinuteWhatTheChannelCanSend() throws IOException {
        // Given 200 batches of 100 SMS, at 100 a second, and one reminder
        for (int page = 0; page < 200; page++) {
            batch(page);
        }
        touch("10001");

        // When
        Map<String, Object> first = minute();
        clock.advance(Duration.ofMinutes(1));
        Map<String, Object> second = minute();

        // Then
        assertEquals(Map.of("touches", 1, "batches", 120), first);
        assertEquals(Map.of("touches", 0, "batches", 60), second);
        assertEquals("TouchesDue", bus.events().getFirst().type());
        assertEquals(
                180,
                bus.events().stream()
                        .filter(event -> event.type().equals("BatchDue"))
                        .distinct()
                        .count());
    }

    @Test
    void shouldBringBackWhatNobodyFinished() throws IOException {
        // Given
        batch(0);
        touch("10001");

        // When
        minute();
        clock.advance(TouchClock.LEASE);
        minute();

        // Then
        assertEquals(
                List.of("TouchesDue", "BatchDue", "TouchesDue", "BatchDue"),
                bus.events().stream().map(BusEvent::type).toList());
    }

    private Map<String, Object> minute() throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        lambda.handleRequest(
                new ByteArrayInputStream(
                        Files.readAllBytes(
                                Repository.root().resolve("events/touch-clock/minute.json"))),
                output,
                context());
        return Json.read(output.toString(UTF_8)).asMap();
    }

    private void batch(int page) {
        audience.write(
                new Page(RUN, 0, page, Optional.empty(), 0, 0, Map.of()),
                List.of(
                        BatchDraft.of(RUN, page, TEN)
                                .members(Collections.nCopies(100, "m1"))
                                .batch()));
    }

    private void touch(String number) {
        String order = "memberday:main:" + number;
        emulator.dynamoDb()
                .putItem(
                        put ->
                                put.tableName(emulator.table("CampaignResultsTable"))
                                        .item(
                                                ServiceTouchFormat.item(
                                                        ServiceTouch.planned(
                                                                Kind.SERVICE,
                                                                "payment-reminder",
                                                                order,
                                                                "m1",
                                                                order,
                                                                Optional.empty(),
                                                                TEN,
                                                                new Timing.Due(
                                                                        TEN,
                                                                        TEN.plus(
                                                                                Duration.ofHours(
                                                                                        12)))))));
    }

    private static Context context() {
        return (Context)
                Proxy.newProxyInstance(
                        Context.class.getClassLoader(),
                        new Class<?>[] {Context.class},
                        (proxy, method, arguments) -> 50_000);
    }
}
