package io.memberday.memberday;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;

import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbChannelStops;
import io.memberday.aws.DynamoDbMemberLookup;
import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.aws.DynamoDbNamedMembers;
import io.memberday.aws.DynamoDbPaidOrders;
import io.memberday.aws.DynamoDbResultStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.IdentityFormat;
import io.memberday.aws.MemberFormat;
import io.memberday.aws.OrderFormat;
import io.memberday.aws.Sleep;
import io.memberday.campaign.Buyers;
import io.memberday.campaign.InMemoryOrderIndex;
import io.memberday.campaign.Run;
import io.memberday.campaign.SampleMembers;
import io.memberday.event.BusEvent;
import io.memberday.event.InMemoryEventBus;
import io.memberday.file.InMemoryFileStore;
import io.memberday.ingest.IdentityRow;
import io.memberday.ingest.OrderRow;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.json.RefusedRequest;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.local.engine.Repository;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.order.Order;
import io.memberday.playbook.Frozen;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.send.BatchScene;
import io.memberday.send.FakeProvider;
import io.memberday.send.TestSend;
import io.memberday.touch.InMemoryPaceStore;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

@ExtendWith(EmulatorExtension.class)
class MemberDayLambdaTest {
    private static final Instant TEN_ON_FRIDAY_THE_EIGHTH = Instant.parse("2026-05-08T02:00:00Z");
    private static final String RUN = "member-day@2026-05-08";

    private final Emulator emulator;
    private final DynamoDbRunStore runs;
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final InMemoryFileStore files = new InMemoryFileStore();
    private final FakeProvider provider = new FakeProvider(new Random(1));
    private Playbook playbook = SamplePlaybook.playbook();

    MemberDayLambdaTest(Emulator emulator) {
        this.emulator = emulator;
        runs = new DynamoDbRunStore(emulator.dynamoDb(), emulator.table("CampaignResultsTable"));
    }

    @BeforeEach
    void fill() {
        emulator.tables().reset();
        String table = emulator.table("MembersTable");
        for (Member member : SampleMembers.of(60, 1)) {
            emulator.dynamoDb()
                    .putItem(put -> put.tableName(table).item(MemberFormat.item(member)));
        }
    }

    @Test
    void shouldPlanARunAndItsSlicesWhenTheScheduleWakesIt() throws IOException {
        // When
        Fields answer = answer(event("schedule"), TEN_ON_FRIDAY_THE_EIGHTH);
        Fields again = answer(event("schedule"), TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("planned", answer.text("status"));
        assertEquals("already planned", again.text("status"));
        assertEquals(3, runs.find(RUN).orElseThrow().slices());
        assertTrue(runs.frozen(RUN).orElseThrow().contains("the-eighth"));
        assertEquals(
                List.of(
                        BusEvent.sliceDue(RUN, 0),
                        BusEvent.sliceDue(RUN, 1),
                        BusEvent.sliceDue(RUN, 2)),
                bus.events().subList(0, 3));
    }

    @Test
    void shouldMakeOneRunOfTheCalendarsWakeAndTheSchedules() throws IOException {
        // When
        Fields calendar = answer(event("calendar-wake"), TEN_ON_FRIDAY_THE_EIGHTH);
        Fields schedule = answer(event("schedule"), TEN_ON_FRIDAY_THE_EIGHTH.plusSeconds(1));
        Fields late = answer(event("calendar-wake"), TEN_ON_FRIDAY_THE_EIGHTH.plusSeconds(3_600));

        // Then
        assertEquals("planned", calendar.objects("due").getFirst().text("status"));
        assertEquals("already planned", schedule.text("status"));
        assertEquals("already planned", late.objects("due").getFirst().text("status"));
        assertEquals(1, runs.all().size());
    }

    @Test
    void shouldShowASegmentBeforeThereIsACampaign() throws IOException {
        // Given 60 members, of whom some are tombstones and some never bought
        long buyers =
                SampleMembers.of(60, 1).stream()
                        .filter(member -> member.mergedInto().isEmpty())
                        .filter(member -> member.purchases().count() > 0)
                        .count();

        // When
        Fields answer = answer(event("segment-plan"), TEN_ON_FRIDAY_THE_EIGHTH);
        Fields expression = answer(event("segment-plan-expression"), TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        assertEquals(buyers, answer.whole("size", 0, 60));
        assertEquals(60, answer.whole("scanned", 0, 60));
        assertEquals("99.00 CNY", answer.text("averageOrder"));
        assertEquals("memory://reports/segment-bought/index.html", answer.text("page"));
        assertTrue(expression.whole("size", 0, 60) < buyers);
        assertEquals("2.50 %", expression.text("conversion"));
        assertEquals(List.of(), runs.all());
        assertEquals(List.of(), bus.events());
    }

    @Test
    void shouldTryTierThresholdsAndWriteNothing() throws IOException {
        // When
        Fields answer = answer(event("tier-plan"), TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        Fields then = answer.object("then");
        assertEquals(
                answer.whole("members", 0, 60),
                then.whole("member", 0, 60)
                        + then.whole("silver", 0, 60)
                        + then.whole("gold", 0, 60));
        assertTrue(then.whole("silver", 0, 60) > 0, answer.toString());
        assertEquals(List.of(), runs.all());
        assertEquals(List.of(), bus.events());
    }

    @Test
    void shouldShowAYear() throws IOException {
        // When
        Fields answer = answer(event("calendar-2026"), TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("memory://reports/calendar-2026/index.html", answer.text("page"));
        assertTrue(
                answer.texts("text")
                        .contains(
                                "2026-05-08 Fri  10:00–20:00  member-day  the-eighth  bought  – "
                                        + " –"),
                answer.toString());
        assertEquals(List.of(), runs.all());
    }

    @Test
    void shouldReadEveryMemberInADryRunAndWriteNothing() throws IOException {
        // When
        Fields answer = answer(event("dry-run"), TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("not planned yet", answer.text("status"));
        assertEquals(60, answer.whole("scanned", 0, 100));
        assertFalse(answer.objects("samples").isEmpty());
        assertEquals(Optional.empty(), runs.find(RUN));
        assertEquals(List.of(), bus.events());
    }

    @Test
    void shouldPlanFromAnEventOnTheBus() throws IOException {
        Fields answer = answer(event("bus-event"), TEN_ON_FRIDAY_THE_EIGHTH);
        assertEquals(RUN, answer.text("run"));
        assertTrue(runs.find(RUN).isPresent());
    }

    @Test
    void shouldPauseResumeAndCancelARun() throws IOException {
        // Given
        answer(event("schedule"), TEN_ON_FRIDAY_THE_EIGHTH);

        // When
        Fields paused = answer(event("pause"), TEN_ON_FRIDAY_THE_EIGHTH);
        Fields again = answer(event("pause"), TEN_ON_FRIDAY_THE_EIGHTH);
        Fields resumed = answer(event("resume"), TEN_ON_FRIDAY_THE_EIGHTH);
        RefusedRequest running =
                assertThrows(
                        RefusedRequest.class,
                        () -> answer("{\"run\": \"x\", \"do\": \"pause\"}", Instant.EPOCH));
        Fields cancelled = answer(event("cancel"), TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("paused", paused.text("status"));
        assertEquals("already paused", again.text("status"));
        assertEquals("running", resumed.text("status"));
        assertEquals("cancelled", cancelled.text("status"));
        assertEquals("run: is no run: choose one of " + RUN + " (got: x)", running.getMessage());
        Run run = runs.find(RUN).orElseThrow();
        assertEquals(Run.State.CANCELLED, run.state());
        assertEquals("operator", run.why());
    }

    @Test
    void shouldHoldARunOfAStoreThatWantsItApproved() throws IOException {
        // Given
        playbook = SamplePlaybook.approving(10);
        Fields planned = answer(event("schedule"), TEN_ON_FRIDAY_THE_EIGHTH);
        assertEquals("counting", planned.text("state"));

        // When
        Fields approved = answer(event("approve"), TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("running", approved.text("status"));
        assertEquals(Run.State.RUNNING, runs.find(RUN).orElseThrow().state());
    }

    @Test
    void shouldPlanNothingForAScheduleReplayedAWeekLate() throws IOException {
        Fields answer =
                answer(event("bus-event"), TEN_ON_FRIDAY_THE_EIGHTH.plusSeconds(7 * 86_400));
        assertEquals("window passed", answer.text("status"));
        assertEquals(List.of(), runs.all());
    }

    @Test
    void shouldFailWithFieldValueAndMend() {
        RefusedRequest unknown =
                assertThrows(
                        RefusedRequest.class,
                        () -> answer("{\"campaign\": \"member-dya\"}", TEN_ON_FRIDAY_THE_EIGHTH));
        assertEquals(
                "campaign: is not in the playbook; did you mean member-day? (got: member-dya)",
                unknown.getMessage());
        assertThrows(RefusedRequest.class, () -> answer("not JSON", TEN_ON_FRIDAY_THE_EIGHTH));
        assertThrows(RefusedRequest.class, () -> answer("", TEN_ON_FRIDAY_THE_EIGHTH));
    }

    @Test
    void shouldRunACampaignThatComesWithTheCallOnce() throws IOException {
        // When it comes twice, a minute apart, and then another one under its id
        Fields answer = answer(event("inline"), TEN_ON_FRIDAY_THE_EIGHTH);
        Fields again = answer(event("inline"), TEN_ON_FRIDAY_THE_EIGHTH.plusSeconds(61));
        RefusedRequest other =
                assertThrows(
                        RefusedRequest.class,
                        () ->
                                answer(
                                        event("inline").replace("最后3小时", "最后2小时"),
                                        TEN_ON_FRIDAY_THE_EIGHTH.plusSeconds(62)));

        // Then
        assertEquals("planned", answer.text("status"));
        assertEquals("sprint@2026-05-08", answer.text("run"));
        assertEquals("already planned", again.text("status"));
        assertEquals(
                "definition.id: another definition has the run sprint@2026-05-08: choose another"
                        + " id (got: sprint)",
                other.getMessage());
        Run run = runs.find("sprint@2026-05-08").orElseThrow();
        assertEquals(TEN_ON_FRIDAY_THE_EIGHTH, run.at());
        assertEquals(TEN_ON_FRIDAY_THE_EIGHTH.plusSeconds(3 * 3_600), run.until());
        assertEquals(Optional.of(300_000_000L), run.budgetMicros());
        Frozen frozen = Frozen.read(runs.plan(run.id()).orElseThrow().frozen());
        assertEquals(
                "keptPurchases >= 1 && !bought(\"2026-05-08\", \"2026-05-08\")",
                frozen.campaign().segment().source());
        assertEquals(1, frozen.templates().all().size());
        // It shares the scan of member day, which is due now, too, and more valuable.
        assertTrue(bus.events().contains(BusEvent.sliceDue("member-day@2026-05-08", 2)));
    }

    @Test
    void shouldPreviewACampaignThatComesWithTheCall() throws IOException {
        Fields answer =
                answer(
                        event("inline").strip().replaceFirst("}$", ", \"dryRun\": true}"),
                        TEN_ON_FRIDAY_THE_EIGHTH);

        assertEquals("not planned yet", answer.text("status"));
        assertEquals(60, answer.whole("scanned", 0, 100));
        assertEquals(List.of(), runs.all());
    }

    @Test
    void shouldPreviewACampaignOverOrdersFromTheIndexOfPaidDays() throws IOException {
        // Given: two of one buyer, one of another that is small, one on its way, one a day too late
        Instant fifth = Instant.parse("2026-05-05T04:00:00Z");
        Member buyer = SampleMembers.addressed("ma");
        Member other = SampleMembers.addressed("mb");
        for (Member member : List.of(buyer, other)) {
            emulator.dynamoDb()
                    .putItem(
                            put ->
                                    put.tableName(emulator.table("MembersTable"))
                                            .item(MemberFormat.item(member)));
        }
        ordered("ma", InMemoryOrderIndex.order("1", fifth, 5_000));
        ordered("ma", InMemoryOrderIndex.order("2", fifth.plusSeconds(90_000), 7_000));
        ordered("mb", InMemoryOrderIndex.order("3", fifth, 4_999));
        ordered(
                "mb",
                InMemoryOrderIndex.shipped(
                        InMemoryOrderIndex.order("4", fifth, 9_000), fifth.plusSeconds(60)));
        ordered("mb", InMemoryOrderIndex.order("5", fifth.plusSeconds(2 * 86_400), 9_000));

        // When
        Fields answer = answer(event("mass-delay"), TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        assertEquals(2, answer.whole("scanned", 0, 100));
        assertEquals(1, answer.object("excluded").whole("segment", 0, 100));
        assertEquals(1, answer.whole("messages", 0, 100));
        assertEquals(
                "会员%d，订单2晚到3到5天，共120.00元【样店】".formatted(Math.floorMod("ma".hashCode(), 1_000)),
                answer.objects("samples").getFirst().text("text"));
        assertEquals(List.of(), runs.all());

        // When: in earnest
        Fields planned =
                answer(event("mass-delay").replace("true,", "false,"), TEN_ON_FRIDAY_THE_EIGHTH);

        // Then: it has a scan of its own
        assertEquals("planned", planned.text("status"));
        assertEquals(1, planned.whole("slices", 0, 100));
        assertEquals(
                List.of("late-parcels@2026-05-08"),
                runs.plan("late-parcels@2026-05-08").orElseThrow().together());
    }

    private void ordered(String member, Order order) {
        emulator.dynamoDb()
                .putItem(
                        put ->
                                put.tableName(emulator.table("OrdersTable"))
                                        .item(
                                                OrderFormat.item(
                                                        new OrderRow(
                                                                order,
                                                                1,
                                                                Optional.of(member),
                                                                0,
                                                                0),
                                                        playbook.store().zone())));
    }

    @Test
    void shouldRefuseADefinitionWithFieldValueAndMend() {
        RefusedRequest refused =
                assertThrows(
                        RefusedRequest.class,
                        () ->
                                answer(
                                        event("inline").replace("keptPurchases", "keptPurchase"),
                                        TEN_ON_FRIDAY_THE_EIGHTH));

        assertTrue(
                refused.getMessage().startsWith("definition.sprint.segment: ")
                        && refused.getMessage().contains("did you mean keptPurchases?"),
                refused.getMessage());
    }

    @Test
    void shouldSendATestToAMemberByIdentity() throws IOException {
        // Given
        Member member = BatchScene.member("m001");
        emulator.dynamoDb()
                .putItem(
                        put ->
                                put.tableName(emulator.table("MembersTable"))
                                        .item(MemberFormat.item(member)));
        Identity phone = Identity.phone("+8613800000001");
        emulator.dynamoDb()
                .putItem(
                        put ->
                                put.tableName(emulator.table("IdentitiesTable"))
                                        .item(
                                                IdentityFormat.item(
                                                        new IdentityRow(
                                                                phone,
                                                                Optional.of("m001"),
                                                                Map.of()))));

        // When
        Fields answer = answer(event("test-send"), TEN_ON_FRIDAY_THE_EIGHTH);

        // Then
        assertEquals("sent", answer.objects("members").getFirst().text("status"));
        assertEquals("TEST: 小m001，双倍积分拒收请回复R【样店】", provider.envelopes().getFirst().body().text());
        assertEquals(List.of(), runs.all());
        RefusedRequest unknown =
                assertThrows(
                        RefusedRequest.class,
                        () ->
                                answer(
                                        event("test-send").replace("0001", "0002"),
                                        TEN_ON_FRIDAY_THE_EIGHTH));
        assertEquals("testTo[0]: names no member (got: phone:…)", unknown.getMessage());
    }

    private TestSend tests() {
        return BatchScene.tests(
                new DynamoDbNamedMembers(
                        emulator.dynamoDb(),
                        emulator.table("IdentitiesTable"),
                        emulator.table("MembersTable")),
                provider,
                new InMemoryPaceStore(),
                Clock.fixed(TEN_ON_FRIDAY_THE_EIGHTH, ZoneOffset.UTC));
    }

    private Fields answer(String event, Instant now) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new MemberDayLambda(
                        playbook,
                        runs,
                        new DynamoDbResultStore(
                                emulator.dynamoDb(), emulator.table("CampaignResultsTable")),
                        new DynamoDbAudienceStore(
                                emulator.dynamoDb(), emulator.table("CampaignResultsTable")),
                        new DynamoDbChannelStops(
                                emulator.dynamoDb(),
                                emulator.table("CampaignResultsTable"),
                                new Sleep()),
                        new DynamoDbMemberScan(emulator.dynamoDb(), emulator.table("MembersTable")),
                        new Buyers.Source(
                                new DynamoDbPaidOrders(
                                        emulator.dynamoDb(), emulator.table("OrdersTable")),
                                new DynamoDbMemberLookup(
                                                emulator.dynamoDb(), emulator.table("MembersTable"))
                                        ::find),
                        bus,
                        files,
                        this::tests,
                        Clock.fixed(now, ZoneOffset.UTC),
                        20)
                .handleRequest(
                        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                        out,
                        context());
        return Json.read(out.toString(StandardCharsets.UTF_8));
    }

    private static String event(String name) throws IOException {
        return Files.readString(Repository.root().resolve("events/member-day/" + name + ".json"));
    }

    /** Five minutes are left, whenever it is asked. */
    private static Context context() {
        Map<String, Object> answers = Map.of("getRemainingTimeInMillis", 300_000);
        return (Context)
                Proxy.newProxyInstance(
                        Context.class.getClassLoader(),
                        new Class<?>[] {Context.class},
                        (self, method, arguments) -> answers.get(method.getName()));
    }
}
