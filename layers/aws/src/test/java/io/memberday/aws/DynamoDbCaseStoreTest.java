package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.care.Case;
import io.memberday.care.Case.State;
import io.memberday.care.CaseDesk;
import io.memberday.care.CaseId;
import io.memberday.care.CaseKind;
import io.memberday.care.CaseStore.Page;
import io.memberday.feedback.Refusals;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.ingest.ParcelRow;
import io.memberday.ingest.ParcelStore.ParcelChanges;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Basket;
import io.memberday.member.Channel;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** Care cases on the emulated tables, opened by the transactions of their causes. */
@ExtendWith(EmulatorExtension.class)
class DynamoDbCaseStoreTest {
    private static final Instant NOON = Instant.parse("2026-05-08T04:00:00Z");
    private static final ParcelKey PARCEL = ParcelKey.of("sf:SF1");
    private static final CaseId LOST = new CaseId("m1", CaseKind.PARCEL, "sf:SF1");

    private final Emulator emulator;
    private final DynamoDbParcelStore parcels;
    private final DynamoDbCaseStore store;
    private final CaseDesk desk;

    DynamoDbCaseStoreTest(Emulator emulator) {
        this.emulator = emulator;
        parcels =
                new DynamoDbParcelStore(
                        emulator.dynamoDb(),
                        Env.of(emulator.environment("LogisticsStatusFunction")));
        store = new DynamoDbCaseStore(emulator.dynamoDb(), emulator.table("MemberActivityTable"));
        desk = new CaseDesk(store, Clock.fixed(NOON.plusSeconds(600), ZoneOffset.UTC));
    }

    @BeforeEach
    void reset() {
        emulator.tables().reset();
    }

    @Test
    void shouldStayAsItIsWhenItsCauseIsRepeatedAndOpenAgainWhenItOccursAnew() throws Conflict {
        open(0, lost(NOON));
        open(1, lost(NOON));
        assertEquals(State.OPEN, stored().state());
        assertEquals(1, stored().version());

        desk.assign(LOST, 1, "agent-7").orElseThrow();
        open(2, lost(NOON));
        assertEquals(State.ASSIGNED, stored().state());
        assertEquals(Optional.of("agent-7"), stored().assignee());

        desk.close(LOST, 2, "agent-7", "found").orElseThrow();
        open(3, lost(NOON));
        open(4, lost(NOON.plusSeconds(600)));
        assertEquals(State.CLOSED, stored().state());
        assertEquals(List.of(), waiting(Optional.empty()));

        open(5, lost(NOON.plusSeconds(601)));
        Case again = stored();
        assertEquals(State.OPEN, again.state());
        assertEquals(2, again.times());
        assertEquals(4, again.version());
        assertEquals(NOON.plusSeconds(601), again.openedAt());
        assertEquals(Optional.of("found"), again.result());
        assertEquals(Optional.empty(), again.assignee());
        assertEquals(List.of(again), waiting(Optional.of(CaseKind.PARCEL)));
        assertEquals(6, parcels.parcel(PARCEL).orElseThrow().version());
    }

    @Test
    void shouldOpenNothingIfTheCauseIsNotWritten() throws Conflict {
        open(0);

        assertThrows(Conflict.class, () -> open(0, lost(NOON)));

        assertEquals(Optional.empty(), store.find(LOST));
    }

    @Test
    void shouldOpenTheOtherCasesOfACauseWhereOneIsThereAlready() throws Conflict {
        open(0, lost(NOON));

        open(1, lost(NOON), new CareCase("m2", NOON, "parcel", "sf:SF1", "why"));

        assertEquals(1, stored().version());
        assertEquals(
                List.of("m1", "m2"),
                waiting(Optional.empty()).stream().map(each -> each.id().memberId()).toList());
    }

    @Test
    void shouldOpenNothingWhereOneThatTheMemberWasHasItOpen() throws Conflict {
        open(0, lost(NOON));

        open(1, survivors(NOON.plusSeconds(10)), new CareCase("m3", NOON, "parcel", "sf:1", "why"));
        assertEquals(
                Set.of("m1", "m3"),
                Set.copyOf(
                        waiting(Optional.empty()).stream()
                                .map(each -> each.id().memberId())
                                .toList()));

        // Nor once it is closed, until its cause occurs anew
        desk.close(LOST, 1, "agent-7", "found").orElseThrow();
        open(2, survivors(NOON.plusSeconds(10)));
        assertEquals(1, waiting(Optional.empty()).size());
        open(3, survivors(NOON.plusSeconds(601)));
        assertEquals(2, waiting(Optional.empty()).size());
        assertEquals(State.CLOSED, stored().state());
        assertEquals(4, parcels.parcel(PARCEL).orElseThrow().version());
    }

    private static CareCase survivors(Instant at) {
        return new CareCase("m2", Set.of("m0", "m1"), at, "parcel", "sf:SF1", "why");
    }

    @Test
    void shouldListWhatWaitsOldestFirstOverAllMembersPageByPage() throws Conflict {
        List<CareCase> causes = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String kind = i % 3 == 0 ? "silent" : "parcel";
            // Two of them at each time: none is shown twice or left out for that.
            Instant at = NOON.plusSeconds(i / 2);
            causes.add(new CareCase("m" + (30 - i), at, kind, "sf:SF" + i, "why"));
        }
        open(0, causes.toArray(CareCase[]::new));

        List<Case> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        int pages = 0;
        do {
            Page page = store.open(Optional.empty(), after, 7);
            all.addAll(page.cases());
            after = page.next();
            pages++;
        } while (after.isPresent());
        List<Case> silent = waiting(Optional.of(CaseKind.SILENT));

        assertEquals(5, pages);
        assertEquals(30, all.stream().map(Case::id).distinct().count());
        assertEquals(30, all.size());
        assertEquals(
                IntStream.range(0, 30).mapToObj(i -> NOON.plusSeconds(i / 2)).toList(),
                all.stream().map(Case::openedAt).toList());
        assertEquals(10, silent.size());
        assertTrue(silent.stream().allMatch(each -> each.id().kind() == CaseKind.SILENT));
    }

    @Test
    void shouldFindTheCasesOfAMemberAndOfThoseThatItWas() throws Conflict {
        open(
                0,
                lost(NOON),
                new CareCase("m0", NOON, "merge", "shopify:main:1", "why"),
                new CareCase("m9", NOON, "merge", "shopify:main:2", "why"));

        List<Case> found = store.of(Set.of("m1", "m0"));

        assertEquals(
                Set.of("m1", "m0"),
                Set.copyOf(found.stream().map(each -> each.id().memberId()).toList()));
    }

    @Test
    void shouldGiveACaseToOneOfThoseWhoTakeItAtOnce() throws Exception {
        open(0, lost(NOON));
        List<Callable<Boolean>> takers =
                IntStream.range(0, 8)
                        .<Callable<Boolean>>mapToObj(
                                i -> () -> desk.assign(LOST, 1, "agent-" + i).isPresent())
                        .toList();

        List<Boolean> taken = AtOnce.all(takers);

        assertEquals(1, taken.stream().filter(mine -> mine).count());
        assertEquals("agent-" + taken.indexOf(true), stored().assignee().orElseThrow());
        assertEquals(2, stored().version());
    }

    @Test
    void shouldSayInTheRowWhatTheBusShallHear() throws Conflict {
        open(0, lost(NOON));
        assertEquals("CareCaseOpened", row().get("event").s());

        desk.assign(LOST, 1, "agent-7");
        assertFalse(row().containsKey("event"));

        desk.close(LOST, 2, "agent-7", "found");
        assertEquals("CareCaseClosed", row().get("event").s());
        assertFalse(row().containsKey("openShard") || row().containsKey("openAt"));
    }

    @Test
    void shouldOpenACaseInTheRefusalOfAValuableMember() {
        Purchase bought =
                new Purchase(
                        "shopify:main:1", NOON.minus(Duration.ofDays(30)), 60_000, Basket.UNKNOWN);
        Member gold =
                Member.fresh("m1", NOON)
                        .change()
                        .purchases(
                                Purchases.of(
                                        List.of(
                                                bought,
                                                new Purchase(
                                                        "shopify:main:2",
                                                        bought.paidAt(),
                                                        60_000,
                                                        Basket.UNKNOWN)),
                                        Duration.ofDays(900)))
                        .version(1)
                        .done();
        put("MembersTable", MemberFormat.item(gold));
        put(
                "IdentitiesTable",
                Map.of(
                        IdentityFormat.IDENTITY,
                        RowDraft.of("phone:+8613800138000"),
                        IdentityFormat.MEMBER_ID,
                        RowDraft.of("m1")));
        DynamoDbRefusalStore refused =
                new DynamoDbRefusalStore(
                        emulator.dynamoDb(),
                        emulator.table("MembersTable"),
                        emulator.table("IdentitiesTable"),
                        emulator.table("MemberActivityTable"));
        Refusals refusals = new Refusals(refused, SamplePlaybook.ladder());

        refusals.refuse(Channel.SMS, "+8613800138000", Set.of(Kind.MARKETING), NOON);
        refusals.refuse(Channel.SMS, "+8613800138000", Set.of(Kind.values()), NOON.plusSeconds(1));

        Member now = refused.member("m1").orElseThrow();
        assertFalse(now.consents().allow(Channel.SMS, Kind.SERVICE));
        assertEquals(Optional.of("m1"), refused.named(Identity.phone("+8613800138000")));
        Case asked = store.find(new CaseId("m1", CaseKind.OPT_OUT, "sms")).orElseThrow();
        assertEquals(NOON, asked.openedAt());
        assertEquals(1, asked.version());
        assertEquals("bought-recently shopify:main:2 2026-04-08T04:00:00Z", asked.reason());
    }

    private void open(long read, CareCase... cases) throws Conflict {
        parcels.commit(
                new ParcelChanges(
                        new ParcelRow(Parcel.unseen(PARCEL), read),
                        List.of(),
                        List.of(),
                        List.of(cases),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    private static CareCase lost(Instant at) {
        return new CareCase("m1", at, "parcel", "sf:SF1", "why");
    }

    private Case stored() {
        return store.find(LOST).orElseThrow();
    }

    private List<Case> waiting(Optional<CaseKind> kind) {
        return store.open(kind, Optional.empty(), 100).cases();
    }

    private Map<String, AttributeValue> row() {
        return emulator.dynamoDb()
                .getItem(
                        get ->
                                get.tableName(emulator.table("MemberActivityTable"))
                                        .key(CaseFormat.key(LOST)))
                .item();
    }

    private void put(String table, Map<String, AttributeValue> item) {
        emulator.dynamoDb().putItem(put -> put.tableName(emulator.table(table)).item(item));
    }
}
