package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.MovableClock;
import io.memberday.care.Case;
import io.memberday.care.CaseDesk;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.json.BadInput;
import io.memberday.member.Act;
import io.memberday.member.Behaviour;
import io.memberday.member.Member;
import io.memberday.member.MemberIds;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.Reply;
import io.memberday.order.Review;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What people do without buying, and what they say of what they bought (R9, R24). */
class CanonicalBehaviourTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final Playbook PLAYBOOK = SamplePlaybook.playbook();
    private static final CanonicalOrders ORDERS = new CanonicalOrders(PLAYBOOK.store());
    private static final String CARTED =
            """
            {"event": "member.carted", "at": "2026-05-08T08:59:30+08:00", "shop": "main",
             "item": {"product": "A", "category": "床品"}, "buyer": {"account": "acc"}}
            """;
    private static final String REVIEWED =
            """
            {"event": "order.reviewed", "at": "2026-05-08T09:59:00+08:00", "shop": "main",
             "review": {"id": "r1", "order": 1, "stars": 3}}
            """;
    private static final String REPLIED =
            REVIEWED.replace(
                    "\"stars\": 3",
                    """
                    "stars": 3, "reply":
                      {"text": "Sorry, Mr Lin!", "at": "2026-05-08T09:59:30+08:00"}\
                    """);
    private static final String SCANNED =
            """
            {"event": "order.scanned", "at": "2026-05-08T09:30:00+08:00", "shop": "main",
             "scan": {"order": 1}}
            """;
    private static final String CREATED =
            """
            {"event": "order.created", "at": "2026-05-08T09:00:00+08:00", "shop": "main",
             "order": {"number": 1, "version": 1, "currency": "CNY", "total": "129.50",
               "createdAt": "2026-05-08T09:00:00+08:00"},
             "buyer": {"account": "acc"}}
            """;

    private final SchemaCheck schema;
    private final InMemoryIngestStore store = new InMemoryIngestStore();
    private final OrderIngest ingest =
            new OrderIngest(
                    store,
                    PLAYBOOK,
                    new MovableClock(NOW),
                    new MemberIds(new Random(1)),
                    _ -> {},
                    new Random(1));

    CanonicalBehaviourTest() throws IOException {
        schema = new SchemaCheck("canonical-webhook.schema.json");
    }

    @ParameterizedTest
    @CsvSource({
        "member.browsed, BROWSE",
        "member.favourited, FAVOURITE",
        "member.carted, CART",
        "member.asked, ASK",
        "member.checked-in, CHECK_IN"
    })
    void shouldKeepTheLastActOfEveryKind(String event, Act act) {
        String later = CARTED.replace("member.carted", event);
        String earlier = later.replace("08:59:30", "07:00:00").replace("\"A\"", "\"B\"");
        assertEquals(List.of(), schema.violations(later));
        assertTrue(take(earlier));
        assertTrue(take(later));
        assertFalse(take(earlier), "it is overtaken");
        assertFalse(take(later), "it is known");

        Behaviour behaviour = member().behaviour();
        boolean browses = act == Act.BROWSE;
        assertEquals(
                Optional.of(
                        Instant.parse(browses ? "2026-05-08T00:00:00Z" : "2026-05-08T00:59:30Z")),
                behaviour.at(act));
        assertEquals(browses ? "" : "A", behaviour.product(act));
        assertEquals(browses ? "" : "床品", behaviour.category(act));
        assertEquals(
                Optional.of(Instant.parse("2026-05-08T00:00:00Z")),
                member().lastLogin(),
                "who does something at the shop is there");
    }

    @Test
    void shouldOpenOneCaseForAReviewThatIsNotGoodAndNoneForAGoodOne() {
        take(CREATED);
        take(REVIEWED.replace("\"stars\": 3", "\"stars\": 4"));
        assertEquals(List.of(), cases());

        String later = REVIEWED.replace("09:59", "09:59:30").replace(":30:00", ":30");
        assertTrue(take(later.replace("\"stars\": 3", "\"stars\": 1")));
        assertEquals(1, cases().size());
        assertEquals("case#review-memberday:main:1", cases().getFirst().item());
        assertEquals(member().id(), cases().getFirst().memberId());
        assertFalse(cases().getFirst().reason().contains("acc"), "ids of ours only");
        assertFalse(take(later.replace("\"stars\": 3", "\"stars\": 1")));
        assertEquals(1, cases().size());
    }

    @Test
    void shouldCallAPersonAnewForAnotherBadReviewAndNotForOneThatIsToldAgain() {
        take(CREATED);
        take(REVIEWED);
        Instant first = cases().getFirst().at();
        Case called = store.cases.all().iterator().next();
        new CaseDesk(store.cases, Clock.fixed(first, ZoneOffset.UTC))
                .close(called.id(), called.version(), "agent-1", "called");
        store.activity.values().removeIf(CareCase.class::isInstance);

        take(REVIEWED);
        assertEquals(List.of(), cases());
        take(REVIEWED.replace("09:59:00", "09:59:30").replace("\"r1\"", "\"r2\""));

        assertEquals(List.of(first.plusSeconds(30)), cases().stream().map(CareCase::at).toList());
    }

    @Test
    void shouldOpenTheCaseOnceItsOrderHasAMember() {
        take(REVIEWED);
        assertEquals(List.of(), cases());
        assertEquals(Map.of(), store.members);
        take(CREATED);
        assertEquals(1, cases().size());
        Review kept = store.orders.values().iterator().next().order().review().orElseThrow();
        assertEquals(new Review("r1", 3, Instant.parse("2026-05-08T01:59:00Z")), kept);
    }

    @Test
    void shouldNotTroubleAPersonForAReviewThatTheBuyerHasBettered() {
        take(CREATED);
        take(REVIEWED.replace("\"stars\": 3", "\"stars\": 5"));
        assertFalse(take(REVIEWED.replace("09:59", "09:58").replace("\"r1\"", "\"r0\"")));
        assertEquals(List.of(), cases());
    }

    @Test
    void shouldKnowThatTheCodeInAnOrdersParcelWasScannedAndTakeNobodyForItsBuyer() {
        assertEquals(List.of(), schema.violations(SCANNED));
        assertTrue(take(SCANNED));
        assertEquals(Map.of(), store.members, "whoever holds the parcel may scan it");
        take(CREATED);
        assertFalse(take(SCANNED), "it is known");

        Order order = store.orders.values().iterator().next().order();
        assertEquals(
                Optional.of(Instant.parse("2026-05-08T01:30:00Z")), order.at(Milestone.SCANNED));
        assertEquals(1, store.members.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "order": 1            | "order": "1 2"
                    "order": 1            | "by": "13800138001"
                    "scan": {             | "buyer": {"phone": "13800138001"}, "scan": {
                    "scan": {             | "review": {}, "scan": {
                    order.scanned         | order.reviewed
                    "scan": {"order": 1}  | "item": {}
                    """)
    void shouldRefuseAScanThatTheSchemaRefuses(String good, String bad) {
        refused(SCANNED, good, bad);
    }

    @Test
    void shouldKeepTheLatestReplyOfEveryReviewInWhateverSequenceTheyCome() {
        // Given
        String later =
                REPLIED.replace("09:59:30", "09:59:40").replace("Sorry, Mr Lin!", "A new one?");
        String article = REPLIED.replace("\"r1\"", "\"r2\"").replace("09:59:00", "09:58:00");
        List<String> told = List.of(CREATED, REVIEWED, REPLIED, later, article);
        Set<Map<String, String>> kept = new HashSet<>();
        assertEquals(List.of(), schema.violations(REPLIED));

        for (int first = 0; first < told.size(); first++) {
            // When
            List<String> turned = new ArrayList<>(told);
            Collections.rotate(turned, first);
            store.orders.clear();
            Stream.of(turned, turned.reversed()).flatMap(List::stream).forEach(this::take);

            // Then
            Order order = store.orders.values().iterator().next().order();
            assertEquals("r1", order.review().orElseThrow().id());
            assertFalse(order.toString().contains("Sorry"), "no words in what a log may show");
            Map<String, String> texts = new TreeMap<>();
            order.replies().forEach((review, reply) -> texts.put(review, reply.text()));
            kept.add(texts);
        }
        assertEquals(Set.of(Map.of("r1", "A new one?", "r2", "Sorry, Mr Lin!")), kept);
        assertTrue(cases().stream().noneMatch(one -> one.reason().contains("Lin")));
    }

    @Test
    void shouldKeepSoMuchOfALongReplyAndSoManyRepliesOfAnOrder() {
        take(CREATED);
        for (int review = 10; review < 40; review++) {
            take(
                    REPLIED.replace("\"r1\"", "\"r%d\"".formatted(review))
                            .replace("Sorry", "谢".repeat(600)));
        }

        Order order = store.orders.values().iterator().next().order();
        assertEquals(Order.MOST_REPLIES, order.replies().size());
        assertEquals("谢".repeat(Reply.LONGEST), order.replies().get("r10").text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "text": "Sorry, Mr Lin!", | ``
                    "text": "Sorry, Mr Lin!"  | "text": ["13800138001"]
                    "text": "Sorry, Mr Lin!"  | "text": "13800138001", "by": "13800138001"
                    , "at": "2026-05-08T09:59:30+08:00"} | }
                    """)
    void shouldRefuseAReplyThatTheSchemaRefuses(String good, String bad) {
        refused(REPLIED, good, bad);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "stars": 3            | "stars": 0
                    "stars": 3            | "stars": 6
                    "stars": 3            | "stars": "3"
                    "stars": 3            | "stars": 3, "text": "called me at 13800138001"
                    "id": "r1",           | ``
                    "order": 1,           | ``
                    order.reviewed        | order.paid
                    order.reviewed        | member.carted
                    "review": {           | "item": {}, "review": {
                    "review": {           | "order": {}, "review": {
                    """)
    void shouldRefuseAReviewThatTheSchemaRefuses(String good, String bad) {
        refused(REVIEWED, good, bad);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    member.carted         | member.bought
                    member.carted         | member.updated
                    "product": "A"        | "product": "A B"
                    "product": "A"        | "price": 1
                    "category": "床品"     | "category": 1
                    , "buyer": {"account": "acc"} | ``
                    """)
    void shouldRefuseAnActThatTheSchemaRefuses(String good, String bad) {
        refused(CARTED, good, bad);
    }

    private void refused(String body, String good, String bad) {
        assertTrue(body.contains(good), good);
        String wrong = body.replace(good, bad);
        assertFalse(schema.violations(wrong).isEmpty(), "the schema takes it: " + wrong);
        BadInput refusal = assertThrows(BadInput.class, () -> ORDERS.read(wrong, NOW));
        assertFalse(refusal.getMessage().contains("13800138001"), refusal.getMessage());
    }

    private boolean take(String body) {
        return ingest.take(ORDERS.read(body, NOW));
    }

    private Member member() {
        assertEquals(1, store.members.size());
        return store.members.values().iterator().next();
    }

    private List<CareCase> cases() {
        return store.activity.values().stream()
                .filter(CareCase.class::isInstance)
                .map(CareCase.class::cast)
                .toList();
    }
}
