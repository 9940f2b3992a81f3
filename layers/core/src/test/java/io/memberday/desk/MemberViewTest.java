package io.memberday.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.campaign.SampleMembers;
import io.memberday.care.InMemoryCaseStore;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an agent reads of a member's messages (R11). */
class MemberViewTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final Instant PLACED = NOW.minus(Duration.ofHours(2));
    private static final OrderKey ORDER = new OrderKey("memberday", "shop", "1");
    private static final Touchpoint REMINDER = SamplePlaybook.paymentReminder();
    private static final Touchpoint CALL =
            new Touchpoint(
                    "unpaid-call",
                    Kind.SERVICE,
                    Trigger.ORDER_UNPAID,
                    Timing.after(Duration.ofHours(1)),
                    Duration.ofHours(12),
                    0,
                    Terms.NONE,
                    List.of(new Branch(Optional.empty(), List.of(), Optional.of("unpaid"))));

    private final InMemoryDeskStore store = new InMemoryDeskStore();

    @Test
    void shouldNameAChannelWhereSomethingIsSentAndNoneWhereAPersonIsCalled() {
        // Given
        Member member =
                SampleMembers.addressed("m1")
                        .change()
                        .openOrders(Map.of(ORDER.toString(), PLACED))
                        .done();
        store.orders.put(
                ORDER.toString(),
                new Order(
                        ORDER,
                        1,
                        Optional.of(
                                new OrderFacts(
                                        Map.of(Milestone.CREATED, PLACED),
                                        12_800,
                                        List.of(),
                                        List.of())),
                        Map.of(),
                        Map.of()));
        ended(REMINDER, Status.SENT, "");
        ended(CALL, Status.SUPPRESSED, "case");

        // When
        List<?> messages = (List<?>) view().of(member, NOW).get("messages");

        // Then
        Map<Object, Optional<Object>> channels =
                messages.stream()
                        .map(Map.class::cast)
                        .filter(row -> row.containsKey("touchpoint"))
                        .collect(
                                Collectors.toMap(
                                        row -> row.get("touchpoint"),
                                        row -> Optional.ofNullable(row.get("channel"))));
        assertEquals(
                Map.of(
                        "payment-reminder", Optional.of("sms"),
                        "unpaid-call", Optional.empty()),
                channels);
    }

    private void ended(Touchpoint touchpoint, Status status, String reason) {
        ServiceTouch touch =
                ServiceTouch.planned(
                        Kind.SERVICE,
                        touchpoint.id(),
                        ORDER.toString(),
                        "m1",
                        ORDER.toString(),
                        Optional.empty(),
                        PLACED,
                        new Timing.Due(NOW, NOW.plus(Duration.ofHours(12))));
        store.touches.put(
                touch.id(),
                touch.ended(new Outcome("m1", status, reason, Channel.SMS, 0, 0, NOW, "", "")));
    }

    private MemberView view() {
        Playbook sample = SamplePlaybook.playbook();
        return new MemberView(
                store,
                new InMemoryCaseStore(),
                new Playbook(
                        sample.store(),
                        sample.ladder(),
                        sample.segments(),
                        sample.campaigns(),
                        List.of(REMINDER, CALL),
                        sample.templates()));
    }
}
