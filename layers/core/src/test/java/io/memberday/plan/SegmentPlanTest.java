package io.memberday.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.InMemoryRunStore;
import io.memberday.campaign.Run;
import io.memberday.campaign.SampleMembers;
import io.memberday.file.InMemoryFileStore;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.InMemoryMemberScan;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.result.ResultStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The sample shop, 8 May 2026 at ten in Shanghai; an SMS is 0.05 CNY, an email 0.0007 CNY. */
class SegmentPlanTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final BooleanSupplier ALL_THE_TIME = () -> true;

    /** 20:30 in Shanghai, 30 days ago. */
    private static final Instant EVENING = Instant.parse("2026-04-08T12:30:00Z");

    /** 23:30 in Shanghai: quiet hours. */
    private static final Instant NIGHT = Instant.parse("2026-04-08T15:30:00Z");

    private final InMemoryRunStore runs = new InMemoryRunStore();
    private final Map<String, ResultStore.Kept> results = new HashMap<>();
    private final InMemoryFileStore files = new InMemoryFileStore();
    private final List<Member> members = new ArrayList<>();

    @Test
    void shouldShowSizeTraitsReachAndBestHourOfASegment() {
        // Given three who buy in the evening, two of them at night, one by email, two not reached
        members.add(buyer("m1", EVENING, 300_00));
        members.add(buyer("m2", EVENING, 500_00));
        members.add(buyer("m3", EVENING, 100_00).change().dead(Map.of()).done());
        for (String id : List.of("m4", "m5", "m6", "m7")) {
            members.add(buyer(id, NIGHT, 300_00));
        }
        members.add(byEmail(buyer("m8", EVENING, 300_00)));
        members.add(buyer("m9", EVENING, 300_00).change().profile(Profile.EMPTY).done());
        members.add(refusing(buyer("m10", EVENING, 300_00)));
        members.add(SampleMembers.addressed("m11").change().purchases(Purchases.NONE).done());
        members.add(SampleMembers.addressed("m12").change().mergedInto("m1").done());

        // When
        Fields plan = plan("{\"plan\": true, \"segment\": \"bought\"}", ALL_THE_TIME);

        // Then
        assertEquals(10, plan.whole("size", 0, 99));
        assertEquals(12, plan.whole("scanned", 0, 99));
        assertEquals("300.00 CNY", plan.text("averageOrder"));
        assertEquals(20, plan.whole("bestHour", 0, 23), "not 23, which is quiet");
        Fields sms = plan.object("reach").object("sms");
        assertEquals("8 7 7", figures(sms));
        assertEquals("1 1 1", figures(plan.object("reach").object("email")));
        assertEquals(8, plan.whole("addressable", 0, 99));
        Fields traits = plan.object("traits");
        assertEquals(10, traits.object("layer").whole("new", 0, 99));
        assertEquals(10, traits.object("stage").whole("active", 0, 99));
        assertEquals(10, traits.object("last purchase").whole("up to  30 days ago", 0, 99));
        assertTrue(plan.texts("text").contains("best hour: 20:00 to 21:00"));
        assertEquals("memory://reports/segment-bought/index.html", plan.text("page"));
    }

    @Test
    void shouldForecastFromTheStoresAssumptionWhereNothingElseTells() {
        // Given the mission's own case: 10,000 rescued × average order 300
        for (int i = 0; i < 1_000; i++) {
            members.add(buyer("m" + i, EVENING, 300_00));
        }

        // When
        Fields assumed = plan("{\"plan\": true, \"segment\": \"bought\"}", ALL_THE_TIME);
        Fields said =
                plan(
                        "{\"plan\": true, \"segment\": \"bought\", \"conversion\": \"2.5%\","
                                + " \"channels\": [\"sms\"], \"parts\": 2}",
                        ALL_THE_TIME);

        // Then
        assertTrue(assumed.text("basis").startsWith("assumed: expectedConversion"));
        assertEquals(
                "first that reaches 1000 50.00 CNY 10 3,000.00 CNY 1:60",
                told(assumed.objects("forecast").getFirst()));
        assertEquals(
                "sms 1000 100.00 CNY 25 7,500.00 CNY 1:75",
                told(said.objects("forecast").getFirst()));
        assertEquals(1, said.objects("forecast").size());
    }

    @Test
    void shouldForecastFromEarlierRunsToTheSameSegment() {
        members.add(buyer("m1", EVENING, 300_00));
        result("a", "keptPurchases >= 1", 900, 36, "");
        result("b", "keptPurchases >= 1", 100, 4, "");
        result("c", "spent > 5", 1_000, 900, "");

        Fields plan = plan("{\"plan\": true, \"segment\": \"bought\"}", ALL_THE_TIME);

        assertEquals("4.00 %", plan.text("conversion"));
        assertEquals("2 earlier runs to the same segment: 40 of 1000 bought", plan.text("basis"));
    }

    @Test
    void shouldForecastFromTheStagesOfOtherRunsWeightedByItsOwn() {
        // Given three active members and one dormant; the active bought at 4 %, the dormant at 1 %
        List.of("m1", "m2", "m3").forEach(id -> members.add(buyer(id, EVENING, 300_00)));
        members.add(buyer("m4", NOW.minus(Duration.ofDays(120)), 300_00));
        result(
                "a",
                "spent > 5",
                400,
                10,
                "{\"by\": \"stage\", \"name\": \"active\", \"sent\": 200, \"buyers\": 8}, {\"by\":"
                        + " \"stage\", \"name\": \"dormant\", \"sent\": 200, \"buyers\": 2}");

        Fields plan = plan("{\"plan\": true, \"segment\": \"bought\"}", ALL_THE_TIME);

        assertEquals("3.25 %", plan.text("conversion"));
        assertEquals("earlier runs to members of the same recency stages", plan.text("basis"));
    }

    @Test
    void shouldTakeAnExpressionThatIsNotInThePlaybook() {
        members.add(buyer("m1", EVENING, 300_00));
        members.add(buyer("m2", EVENING, 900_00));

        Fields plan =
                plan(
                        "{\"plan\": true, \"where\": \"segment('bought') && spent >"
                                + " amount('500.00')\"}",
                        ALL_THE_TIME);

        assertEquals(1, plan.whole("size", 0, 9));
        assertEquals("900.00 CNY", plan.text("averageOrder"));
    }

    @Test
    void shouldSayThatTimeRanOut() {
        members.add(buyer("m1", EVENING, 300_00));
        Fields plan = plan("{\"plan\": true, \"segment\": \"bought\"}", () -> false);
        assertFalse(plan.optionalTruth("complete").orElseThrow());
        assertTrue(page().contains("Time ran out"));
    }

    @Test
    void shouldMakeAPageThatNeedsNothingElseAndShowsNobody() {
        members.add(buyer("m1", EVENING, 300_00));
        plan("{\"plan\": true, \"where\": \"spent > 1 && city != '<b>'\"}", ALL_THE_TIME);
        assertTrue(page().contains("city != &#39;&lt;b&gt;&#39;"));
        assertFalse(page().contains("<script") || page().contains("http"));
        assertFalse(page().contains("+86") || page().contains("会员1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"plan": true}                                             | segment: give either a segment's name
                    {"plan": true, "segment": "bought", "where": "bound"}      | segment: give either a segment's name
                    {"plan": true, "segment": "bougth"}                        | segment: no segment is called so: did you mean bought?
                    {"plan": true, "where": "spnt > 1"}                        | where: 1:1: unknown field spnt: did you mean spent?
                    {"plan": "yes", "segment": "bought"}                       | plan: must be true or false
                    {"plan": true, "segment": "bought", "conversion": "many"}  | conversion: write a share from 0% to 100%
                    {"plan": true, "segment": "bought", "conversion": "101%"}  | conversion: write a share from 0% to 100%
                    {"plan": true, "segment": "bought", "averageOrder": "3 USD"} | averageOrder: write an amount like "300.00 CNY"
                    {"plan": true, "segment": "bought", "channels": ["fax"]}   | channels: the store has no channel so
                    {"plan": true, "segment": "bought", "sent": 1}             | sent: is not known
                    """)
    void shouldRefuseWhatItCannotTake(String request, String mistake) {
        BadInput bad = assertThrows(BadInput.class, () -> plan(request, ALL_THE_TIME));
        assertTrue(bad.answer().startsWith(mistake), bad::answer);
    }

    private Fields plan(String request, BooleanSupplier timeLeft) {
        ResultStore kept =
                new ResultStore() {
                    @Override
                    public Optional<Kept> find(String run) {
                        return Optional.ofNullable(results.get(run));
                    }

                    @Override
                    public boolean keep(String run, Kept result) {
                        throw new AssertionError("a plan writes nothing");
                    }
                };
        Map<String, Object> answer =
                new SegmentPlan(
                                SamplePlaybook.playbook(),
                                new InMemoryMemberScan(members),
                                runs,
                                kept,
                                files,
                                Clock.fixed(NOW, ZoneOffset.UTC))
                        .answer(Json.read(request), timeLeft);
        return Json.read(Json.write(answer));
    }

    private void result(String id, String segment, int sent, int buyers, String groups) {
        String run = id + "@2026-04-01";
        runs.plan(
                new Run(
                        run,
                        id,
                        LocalDate.parse("2026-04-01"),
                        EVENING,
                        EVENING,
                        1,
                        Run.State.RUNNING,
                        Optional.empty(),
                        0,
                        0),
                "{}");
        results.put(
                run,
                new ResultStore.Kept(
                        "{\"segment\": \"%s\", \"sent\": %d, \"buyers\": %d, \"groups\": [%s]}"
                                .formatted(segment, sent, buyers, groups),
                        true));
    }

    private String page() {
        byte[] page = files.files().values().iterator().next();
        return new String(page, StandardCharsets.UTF_8);
    }

    private static Member buyer(String id, Instant paidAt, long minor) {
        return SampleMembers.addressed(id)
                .change()
                .purchases(
                        Purchases.of(
                                List.of(new Purchase("a:b:" + id, paidAt, minor)),
                                Duration.ofDays(400)))
                .done();
    }

    private static Member byEmail(Member member) {
        return member.change()
                .profile(Profile.EMPTY.with(Field.EMAIL, "a@example.com", EVENING))
                .consents(
                        member.consents()
                                .with(
                                        Channel.EMAIL,
                                        Kind.MARKETING,
                                        new Consent(true, true, EVENING)))
                .done();
    }

    private static Member refusing(Member member) {
        return member.change()
                .consents(
                        member.consents()
                                .with(Channel.SMS, Kind.MARKETING, new Consent(false, true, NOW)))
                .done();
    }

    private static String figures(Fields reach) {
        return "%d %d %d"
                .formatted(
                        reach.whole("address", 0, 99),
                        reach.whole("consent", 0, 99),
                        reach.whole("now", 0, 99));
    }

    private static String told(Fields way) {
        return "%s %d %s %d %s %s"
                .formatted(
                        way.text("by"),
                        way.whole("messages", 0, 9_999),
                        way.text("cost"),
                        way.whole("buyers", 0, 9_999),
                        way.text("amount"),
                        way.text("roi"));
    }
}
