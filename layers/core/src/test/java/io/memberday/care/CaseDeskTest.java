package io.memberday.care;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.memberday.care.Case.State;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.json.BadInput;
import io.memberday.member.Basket;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Care cases, from their opening to their end, and what somebody sees who takes one. */
class CaseDeskTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final CaseId LOST = new CaseId("m1", CaseKind.PARCEL, "sf:SF1");

    private final InMemoryCaseStore store = new InMemoryCaseStore();
    private final CaseDesk desk = new CaseDesk(store, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void shouldBeTakenAndClosedWithWhatCameOfIt() {
        opened(LOST, NOW.minusSeconds(60));

        Case taken = desk.assign(LOST, 1, " agent-7 ").orElseThrow();
        Case closed = desk.close(LOST, taken.version(), "agent-8", "sent anew").orElseThrow();

        assertEquals(State.ASSIGNED, taken.state());
        assertEquals(Optional.of("agent-7"), taken.assignee());
        assertEquals(State.CLOSED, closed.state());
        assertEquals(Optional.of("agent-8"), closed.assignee());
        assertEquals(Optional.of("sent anew"), closed.result());
        assertEquals(Optional.of(NOW), closed.closedAt());
        assertEquals(Optional.of(closed), desk.find(LOST));
        assertEquals(List.of(), desk.open(Optional.empty(), Optional.empty(), 25).cases());
    }

    @Test
    void shouldTellOneOfTwoWhoTakeTheSameCaseThatTheOtherWasQuicker() {
        opened(LOST, NOW.minusSeconds(60));

        assertEquals(State.ASSIGNED, desk.assign(LOST, 1, "agent-7").orElseThrow().state());
        assertEquals(Optional.empty(), desk.assign(LOST, 1, "agent-8"));
        assertEquals(Optional.empty(), desk.close(LOST, 1, "agent-8", "nothing to do"));

        assertEquals(Optional.of("agent-7"), desk.find(LOST).orElseThrow().assignee());
    }

    @Test
    void shouldRefuseAClosedOrUnknownCaseAndAnEmptyResult() {
        opened(LOST, NOW.minusSeconds(60));
        CaseId unknown = new CaseId("m1", CaseKind.SILENT, "sf:SF1");

        assertThrows(BadInput.class, () -> desk.close(LOST, 1, "agent-7", " "));
        assertThrows(BadInput.class, () -> desk.assign(unknown, 1, "agent-7"));
        desk.close(LOST, 1, "agent-7", "found");
        assertThrows(BadInput.class, () -> desk.assign(LOST, 2, "agent-7"));
        assertThrows(BadInput.class, () -> desk.close(LOST, 2, "agent-7", "again"));
        assertThrows(BadInput.class, () -> desk.open(Optional.empty(), Optional.empty(), 1000));
    }

    @Test
    void shouldReadTheNameOfACaseThatItWrote() {
        for (CaseKind kind : CaseKind.values()) {
            CaseId id = new CaseId("m1", kind, "sf:SF-1");
            assertEquals(Optional.of(id), CaseId.of("m1", id.item()));
        }
        assertEquals(Optional.empty(), CaseId.of("m1", "case#unknown-x"));
        assertEquals(Optional.empty(), CaseId.of("m1", "earn#shopify:main:1"));
    }

    @Test
    void shouldRefuseToOpenACaseOfAKindThatNoListShows() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new CareCase("m1", NOW, "mystery", "x", "why"));
    }

    @Test
    void shouldShowWhatMayHaveLedToACaseTheWeightiestFirst() {
        opened(LOST, NOW.minusSeconds(60));
        opened(new CaseId("m0", CaseKind.OPT_OUT, "sms"), NOW.minusSeconds(90));
        Member member = member(60_000, 5);
        Order refunded =
                Order.ofRefunds(
                        OrderKey.of("shopify:main:9"),
                        Map.of("r1", new Refund(100, NOW.minus(Duration.ofDays(2)))));
        Parcel lost =
                new Parcel(
                        ParcelKey.of("sf:SF1"),
                        Map.of(ParcelStatus.EXCEPTION, NOW.minus(Duration.ofDays(1))),
                        Optional.empty(),
                        Optional.empty(),
                        Set.of());

        CaseFile file =
                CaseFile.of(
                        desk.find(LOST).orElseThrow(),
                        member,
                        store.of(Set.of("m1", "m0")),
                        List.of(refunded),
                        List.of(lost),
                        SamplePlaybook.ladder(),
                        NOW);

        assertEquals(
                List.of(
                        "parcel-trouble sf:SF1 2026-05-07T02:00:00Z",
                        "refunded shopify:main:9 2026-05-06T02:00:00Z",
                        "many-messages run-0@2026-05-08 2026-05-07T14:00:00Z",
                        "message-just-now run-0@2026-05-08 2026-05-07T14:00:00Z",
                        "bought-recently shopify:main:1 2026-04-08T02:00:00Z"),
                file.answer().get("likely"));
        assertEquals(Optional.of(Routing.COMPLAINT), file.routing());
        assertEquals(
                List.of("case#opt-out-sms"),
                file.others().stream().map(other -> other.id().item()).toList());
    }

    @Test
    void shouldSendEachMemberToTheAgentsWhoKnowItsKind() {
        Case complaint = opened(LOST, NOW.minusSeconds(60));
        Case closed = desk.close(LOST, 1, "agent-7", "found").orElseThrow();

        assertEquals(Routing.NEW, routing(Member.fresh("m1", NOW), List.of()));
        assertEquals(Routing.REGULAR, routing(member(99_999, 0), List.of(closed)));
        assertEquals(Routing.VIP, routing(member(150_000, 0), List.of(closed)));
        assertEquals(Routing.COMPLAINT, routing(member(150_000, 0), List.of(complaint)));
    }

    private static Routing routing(Member member, List<Case> cases) {
        return Routing.of(member, cases, SamplePlaybook.ladder(), NOW);
    }

    private Case opened(CaseId id, Instant at) {
        store.open(new CareCase(id.memberId(), at, id.kind().key(), id.subject(), "why"));
        return store.find(id).orElseThrow();
    }

    /** Bought twice a month ago, and had so many messages since. */
    private static Member member(long minor, int messages) {
        Map<String, Claim> claims = new HashMap<>();
        for (int i = 0; i < messages; i++) {
            claims.put(
                    "run-" + i + "@2026-05-08",
                    new Claim(
                            NOW.minus(Duration.ofHours(12 + 24L * i)),
                            "n",
                            Kind.MARKETING,
                            Channel.SMS,
                            ""));
        }
        Instant month = NOW.minus(Duration.ofDays(30));
        return Member.fresh("m1", NOW)
                .change()
                .was(Set.of("m0"))
                .purchases(
                        Purchases.of(
                                List.of(
                                        new Purchase(
                                                "shopify:main:0",
                                                month.minusSeconds(1),
                                                minor / 2,
                                                Basket.UNKNOWN),
                                        new Purchase(
                                                "shopify:main:1",
                                                month,
                                                minor - minor / 2,
                                                Basket.UNKNOWN)),
                                Duration.ofDays(900)))
                .claims(claims)
                .done();
    }
}
