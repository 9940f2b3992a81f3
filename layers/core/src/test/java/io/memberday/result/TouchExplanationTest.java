package io.memberday.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.OrderIndex;
import io.memberday.campaign.SampleMembers;
import io.memberday.feedback.Feedback;
import io.memberday.feedback.InMemoryFeedbackStore;
import io.memberday.feedback.Origin;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Logistics;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.InMemoryClaimStore;
import io.memberday.touch.InMemoryServiceTouchStore;
import io.memberday.touch.InMemoryServiceTouches;
import io.memberday.touch.Outcome;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.TouchPlanner;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** What a member was told about its orders, and why not (R69). */
class TouchExplanationTest {
    private static final Instant NOON = Instant.parse("2026-05-08T04:00:00Z");
    private static final ParcelKey PARCEL = new ParcelKey("sf", "SF1001");
    private static final Touchpoint REMINDER = SamplePlaybook.paymentReminder();
    private static final Touchpoint SIGNED =
            SamplePlaybook.touchpoint(
                    "signed-notice",
                    Trigger.PARCEL_SIGNED,
                    Duration.ZERO,
                    Duration.ofHours(12),
                    50_00);

    private static final Touchpoint SILENT =
            new Touchpoint(
                    "silent-parcel",
                    Kind.SERVICE,
                    Trigger.PARCEL_SILENT,
                    Timing.after(Duration.ZERO),
                    Duration.ofHours(12),
                    0,
                    Touchpoint.Terms.NONE,
                    List.of(new Branch(Optional.empty(), List.of(), Optional.of("silent"))));

    private final Map<String, Member> members = new HashMap<>();
    private final InMemoryServiceTouches touches = new InMemoryServiceTouches();
    private final InMemoryServiceTouchStore store =
            new InMemoryServiceTouchStore(touches, new InMemoryClaimStore());
    private final Map<String, List<Order>> orders = new HashMap<>();
    private final InMemoryFeedbackStore feedback = new InMemoryFeedbackStore();

    @BeforeEach
    void known() {
        members.put("m1", SampleMembers.addressed("m1"));
    }

    @Test
    void shouldTellWhatWasSentAndWhatIsStillToCome() {
        // Given
        order("m1", "1", Map.of(Milestone.CREATED, NOON), 120_00);
        order("m1", "2", Map.of(Milestone.CREATED, NOON.plusSeconds(60)), 120_00);
        touches.put(touch("1").ended(outcome(Outcome.Status.SENT, "", "reminder zh")));
        touches.put(touch("2"));

        // When
        List<Fields> told = explain(REMINDER, "m1");

        // Then the newest order comes first
        assertEquals("open PLANNED", said(told.get(0)));
        assertEquals("sent ", said(told.get(1)));
        assertEquals(key("1"), told.get(1).text("order"));
        assertEquals("reminder zh", told.get(1).text("template"));
    }

    @Test
    void shouldTellWhatTheProviderSaidOfAnEmailThatIsTaggedWithItsTouch() {
        // Given
        order("m1", "1", Map.of(Milestone.CREATED, NOON), 120_00);
        Outcome sent =
                new Outcome("m1", Outcome.Status.SENT, "", Channel.EMAIL, 1, 0, NOON, "e1", "zh");
        touches.put(touch("1").ended(sent));
        feedback.write(
                new Origin.OfTouch("payment-reminder", key("1")),
                List.of(
                        new Feedback("e1", Feedback.Kind.DELIVERED, false, NOON),
                        new Feedback("other", Feedback.Kind.BOUNCED, true, NOON)));

        // When
        Fields told = explain(REMINDER, "m1").getFirst();

        // Then
        assertEquals("delivered", told.text("delivery"));
        assertEquals(true, told.text("text").endsWith("The provider reports it as delivered."));
    }

    @Test
    void shouldTellWhyAReminderWasNotSent() {
        order("m1", "1", Map.of(Milestone.CREATED, NOON), 120_00);
        touches.put(touch("1").ended(outcome(Outcome.Status.SUPPRESSED, "consent", "")));
        Fields told = explain(REMINDER, "m1").getFirst();
        assertEquals("suppressed consent", said(told));
        assertEquals(
                "Not sent, found at 2026-05-08T04:00:00Z: it wants no such messages on the channel,"
                        + " or has not agreed to marketing there.",
                told.text("text"),
                "a service message asks for no agreement");
    }

    @Test
    void shouldTellWhatTookAReminderAway() {
        order("m1", "1", Map.of(Milestone.CREATED, NOON, Milestone.PAID, NOON), 120_00);
        order("m1", "2", Map.of(Milestone.CREATED, NOON, Milestone.CLOSED, NOON), 120_00);
        order("m1", "3", Map.of(Milestone.CREATED, NOON), 120_00);

        assertEquals(
                List.of("none paid", "none closed", "none late"),
                explain(REMINDER, "m1").stream().map(TouchExplanationTest::said).toList());
    }

    @Test
    void shouldTellOfEachParcel() {
        Map<Milestone, Instant> paid = Map.of(Milestone.CREATED, NOON, Milestone.PAID, NOON);
        order("m1", "1", paid, 120_00, PARCEL, new ParcelKey("sf", "SF1002"));
        order("m1", "2", paid, 120_00);
        order("m1", "3", paid, 20_00, PARCEL);
        touches.put(
                touch(SIGNED, PARCEL.toString())
                        .ended(outcome(Outcome.Status.FAILED, "InvalidParameter", "")));

        List<Fields> told = explain(SIGNED, "m1");

        assertEquals(
                List.of("failed InvalidParameter", "none no-event", "none no-parcel"),
                told.subList(0, 3).stream().map(TouchExplanationTest::said).toList());
        assertEquals(PARCEL.toString(), told.getFirst().text("parcel"));
    }

    @Test
    void shouldTellWhyNoCaseWasOpenedOfASilentParcel() {
        // Given
        order("m1", "1", Map.of(Milestone.PAID, NOON), 120_00, PARCEL);
        touches.put(touch(SILENT, PARCEL.toString()));

        // When it still has time, was signed for, or by a scan nobody waits for
        String waits = explain(SILENT, "m1").getFirst().text("text");
        touches.put(
                touch(SILENT, PARCEL.toString())
                        .ended(outcome(Outcome.Status.SUPPRESSED, "mass-delay", "")));
        Fields many = explain(SILENT, "m1").getFirst();
        touches.remove(ServiceTouch.id(SILENT.id(), PARCEL.toString()));
        String unknown = explain(SILENT, "m1").getFirst().text("text");
        store.put(Parcel.scanned(PARCEL, ParcelStatus.SIGNED, NOON, ""));
        String signed = explain(SILENT, "m1").getFirst().text("text");

        // Then
        assertEquals(
                "Not ended yet: if nobody scans the parcel by 2026-05-08T05:00:00Z, a person is"
                        + " asked to look at it.",
                waits);
        assertTrue(many.text("text").startsWith("No case was opened, found at"), many.text("text"));
        assertEquals(false, many.has("channel"));
        assertEquals(
                "Nobody has told that the parcel is on its way: no scan is waited for yet.",
                unknown);
        assertEquals(
                "No case was opened: the parcel was signed for at 2026-05-08T04:00:00Z, and no scan"
                        + " is waited for any more.",
                signed);
    }

    @Test
    void shouldTellThatAnOrderIsTooSmallForTheTouchpoint() {
        Map<Milestone, Instant> paid = Map.of(Milestone.CREATED, NOON, Milestone.PAID, NOON);
        order("m1", "1", paid, 20_00, PARCEL);
        assertEquals("none amount", said(explain(SIGNED, "m1").getFirst()));
    }

    @Test
    void shouldFindTheOrdersOfAllNamesThatAMergedMemberHad() {
        members.put("old", SampleMembers.addressed("old").change().mergedInto("m1").done());
        members.put("m1", members.get("m1").change().was(Set.of("old")).done());
        order("old", "1", Map.of(Milestone.CREATED, NOON, Milestone.PAID, NOON), 120_00);

        assertEquals("none paid", said(explain(REMINDER, "old").getFirst()));
        assertEquals("none paid", said(explain(REMINDER, "m1").getFirst()));
    }

    @Test
    void shouldRefuseWhatItDoesNotKnowAndNameWhatThereIs() {
        order("m1", "1", Map.of(Milestone.CREATED, NOON), 120_00);

        assertEquals(
                "touchpoint: is no touchpoint: did you mean payment-reminder? (got:"
                        + " payment-remainder)",
                refusal(Map.of("touchpoint", "payment-remainder", "member", "m1")));
        assertEquals(
                "order: is no order of the member: did you mean memberday:main:1? (got:"
                        + " memberday:main:2)",
                refusal(
                        Map.of(
                                "touchpoint", "payment-reminder",
                                "member", "m1",
                                "order", "memberday:main:2")));
        assertEquals(
                "member: there is no such member (got: m2)",
                refusal(Map.of("touchpoint", "payment-reminder", "member", "m2")));
    }

    private String refusal(Map<String, Object> request) {
        return assertThrows(BadInput.class, () -> explanation().answer(read(request))).answer();
    }

    private List<Fields> explain(Touchpoint touchpoint, String member) {
        return Fields.of(
                        "",
                        explanation()
                                .answer(
                                        read(
                                                Map.of(
                                                        "touchpoint",
                                                        touchpoint.id(),
                                                        "member",
                                                        member))))
                .objects("touches");
    }

    private static Fields read(Map<String, Object> request) {
        return Json.read(Json.write(request));
    }

    private static String said(Fields about) {
        return about.text("status") + " " + about.raw("reason").orElseThrow();
    }

    private TouchExplanation explanation() {
        return new TouchExplanation(
                new TouchPlanner(
                        List.of(REMINDER, SIGNED, SILENT),
                        ZoneId.of("Asia/Shanghai"),
                        Logistics.USUAL.silent()),
                store,
                ids -> ids.stream().map(members::get).filter(Objects::nonNull).toList(),
                new OrderIndex() {
                    @Override
                    public void paidOn(LocalDate day, BiConsumer<String, Order> each) {
                        throw new UnsupportedOperationException();
                    }

                    @Override
                    public List<Order> of(String memberId) {
                        return orders.getOrDefault(memberId, List.of());
                    }
                },
                feedback);
    }

    private void order(
            String member,
            String number,
            Map<Milestone, Instant> times,
            long minor,
            ParcelKey... parcels) {
        orders.computeIfAbsent(member, id -> new ArrayList<>())
                .add(
                        new Order(
                                new OrderKey("memberday", "main", number),
                                1,
                                Optional.of(
                                        new OrderFacts(times, minor, List.of(), List.of(parcels))),
                                Map.of(),
                                Map.of()));
    }

    private static String key(String number) {
        return "memberday:main:" + number;
    }

    private static ServiceTouch touch(String number) {
        return touch(REMINDER, key(number));
    }

    private static ServiceTouch touch(Touchpoint touchpoint, String subject) {
        return ServiceTouch.planned(
                Kind.SERVICE,
                touchpoint.id(),
                subject,
                "m1",
                key("1"),
                Optional.empty(),
                NOON.plus(Duration.ofHours(1)),
                new Timing.Due(NOON.plus(Duration.ofHours(1)), NOON.plus(Duration.ofHours(13))));
    }

    private static Outcome outcome(Outcome.Status status, String reason, String template) {
        return new Outcome("m1", status, reason, Channel.SMS, 1, 50_000, NOON, "id-1", template);
    }
}
