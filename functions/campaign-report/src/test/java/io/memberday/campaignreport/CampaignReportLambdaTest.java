package io.memberday.campaignreport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.aws.Env;
import io.memberday.aws.OrderFormat;
import io.memberday.aws.S3FileStore;
import io.memberday.aws.ServiceTouchFormat;
import io.memberday.ingest.OrderRow;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.json.RefusedRequest;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.local.engine.Repository;
import io.memberday.member.Kind;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

@ExtendWith(EmulatorExtension.class)
class CampaignReportLambdaTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");

    private final Emulator emulator;

    CampaignReportLambdaTest(Emulator emulator) {
        this.emulator = emulator;
    }

    @BeforeEach
    void memberDay() throws Exception {
        emulator.tables().reset();
        PastRun run = run("member-day", AT).sent(3);
        run.order(run.sentMember(1), run.claimedAt(1).plusSeconds(60), 30_00, 0).write();
    }

    @Test
    void shouldStorePageAndTableAndAnswerTheResult() throws IOException {
        Fields report = answer("one-run", AT.plus(Duration.ofDays(1)));

        assertEquals("33.33 %", report.text("conversion"));
        assertEquals("1:200", report.text("roi"));
        assertTrue(report.texts("remarks").getFirst().startsWith("Orders still come to count"));
        assertTrue(stored("index.html").contains("33.33 %"));
        assertTrue(stored("report.csv").contains("summary,,roi,1:200"));
        assertTrue(report.text("page").endsWith("/reports/member-day@2026-05-08/index.html"));
    }

    @Test
    void shouldMoveWithRefundsAsNothingIsCountedUp() throws Exception {
        answer("one-run", AT.plus(Duration.ofDays(1)));
        PastRun same = run("member-day", AT);
        same.order(same.sentMember(1), same.claimedAt(1).plusSeconds(60), 30_00, 30_00).write();

        Fields report = answer("one-run", AT.plus(Duration.ofDays(2)));

        assertEquals(0L, report.raw("buyers").orElseThrow());
        assertEquals("1:0.00", report.text("roi"));
    }

    @Test
    void shouldKeepAResultThatIsFinalWhateverBecomesOfTheRows() throws Exception {
        // Given the result is final after 4 days of orders and 15 of refunds
        Fields moving = answer("one-run", AT.plus(Duration.ofDays(18)));
        Fields last = answer("one-run", AT.plus(Duration.ofDays(20)));

        // When the order is sent back after that
        PastRun same = run("member-day", AT);
        same.order(same.sentMember(1), same.claimedAt(1).plusSeconds(60), 30_00, 30_00).write();
        Fields later = answer("one-run", AT.plus(Duration.ofDays(40)));

        // Then
        assertEquals(false, moving.raw("settled").orElseThrow());
        assertEquals(true, last.raw("settled").orElseThrow());
        assertEquals(Json.write(last.asMap()), Json.write(later.asMap()));
        assertTrue(stored("index.html").contains(", final."));
    }

    @Test
    void shouldReportRunsWhoseFiguresStillMoveAndNoOthers() throws Exception {
        run("long-ago", AT.minus(Duration.ofDays(60))).sent(1).write();
        handle("{\"run\": \"long-ago@2026-03-09\"}", AT);
        run("to-come", AT.plus(Duration.ofDays(7))).sent(1).write();

        Fields recent = answer("recent-runs", AT.plus(Duration.ofDays(2)));

        assertEquals(
                List.of("member-day@2026-05-08"),
                recent.objects("reports").stream().map(report -> report.text("run")).toList());
    }

    @Test
    void shouldSayWhatOneMemberWasSent() throws IOException {
        Fields answer = answer("explain", AT.plus(Duration.ofDays(1)));

        assertEquals("sent", answer.text("status"));
        assertEquals("text zh", answer.text("template"));
    }

    @Test
    void shouldSayWhatOneMemberWasToldAboutItsOrders() throws IOException {
        // Given an order that waits for its payment, and its reminder
        Order order =
                new Order(
                        new OrderKey("memberday", "main", "1"),
                        1,
                        Optional.of(
                                new OrderFacts(
                                        Map.of(Milestone.CREATED, AT),
                                        120_00,
                                        List.of(),
                                        List.of())),
                        Map.of(),
                        Map.of());
        put(
                "OrdersTable",
                OrderFormat.item(
                        new OrderRow(order, 1, Optional.of("mmemberday000001"), 0, 0),
                        ZoneOffset.UTC));
        put(
                "CampaignResultsTable",
                ServiceTouchFormat.item(
                        ServiceTouch.planned(
                                Kind.SERVICE,
                                "payment-reminder",
                                order.key().toString(),
                                "mmemberday000001",
                                order.key().toString(),
                                Optional.empty(),
                                AT.plus(Duration.ofHours(1)),
                                new Timing.Due(
                                        AT.plus(Duration.ofHours(1)),
                                        AT.plus(Duration.ofHours(13))))));

        // When
        Fields answer = answer("explain-touchpoint", AT.plus(Duration.ofMinutes(5)));

        // Then it comes after the newer one, which has no reminder
        Fields touch = answer.objects("touches").getLast();
        assertEquals("memberday:main:1", touch.text("order"));
        assertEquals("open", touch.text("status"));
        assertTrue(touch.text("text").contains("due at 2026-05-08T03:00:00Z"));
    }

    private void put(String table, Map<String, AttributeValue> item) {
        emulator.dynamoDb().putItem(put -> put.tableName(emulator.table(table)).item(item));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"run\": \"member-day@2026-05-09\"} | run: is no run: did you mean"
                        + " member-day@2026-05-08? (got: member-day@2026-05-09)",
                "{\"run\": 5} | run: must be text (got: 5)",
                "{} | run: give a run's id, such as member-day@2026-05-08, or \"runs\": \"recent\""
                        + " (got: null)",
                "{\"runs\": \"all\"} | run: give a run's id, such as member-day@2026-05-08, or"
                        + " \"runs\": \"recent\" (got: null)"
            })
    void shouldRefuseWhatItCannotTake(String payload, String message) {
        RefusedRequest refused =
                assertThrows(RefusedRequest.class, () -> handle(payload, AT.plusSeconds(9)));

        assertEquals(message, refused.getMessage());
    }

    private PastRun run(String campaign, Instant at) {
        return new PastRun(emulator, campaign, at, Duration.ofDays(4), 1);
    }

    private Fields answer(String event, Instant now) throws IOException {
        return handle(
                Files.readString(
                        Repository.root().resolve("events/campaign-report/" + event + ".json")),
                now);
    }

    private Fields handle(String payload, Instant now) {
        Map<String, Object> answer =
                new CampaignReportLambda(
                                Env.of(emulator.environment("CampaignReportFunction")),
                                SamplePlaybook.playbook(),
                                emulator.dynamoDb(),
                                new S3FileStore(emulator.s3(), emulator.bucket("FilesBucket")),
                                Clock.fixed(now, ZoneOffset.UTC))
                        .handleRequest(Json.read(payload).asMap(), null);
        return Fields.of("", answer);
    }

    private String stored(String name) {
        String key = "reports/member-day@2026-05-08/" + name;
        return emulator.s3()
                .getObjectAsBytes(get -> get.bucket(emulator.bucket("FilesBucket")).key(key))
                .asUtf8String();
    }
}
