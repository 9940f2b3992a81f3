package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.care.Case;
import io.memberday.care.CaseId;
import io.memberday.care.CaseKind;
import io.memberday.ingest.Buyer;
import io.memberday.ingest.Changes;
import io.memberday.ingest.Changes.Claimed;
import io.memberday.ingest.Dump;
import io.memberday.ingest.IdentityRow;
import io.memberday.ingest.InMemoryIngestStore;
import io.memberday.ingest.IngestStore;
import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.ingest.OrderEvent;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.ParcelRow;
import io.memberday.ingest.PrivacyIngest;
import io.memberday.ingest.PrivacyRequest;
import io.memberday.ingest.RandomDay;
import io.memberday.ingest.Snapshot;
import io.memberday.ingest.Unsettled;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Channel;
import io.memberday.member.Consents;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.member.MemberIds;
import io.memberday.member.Profile;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

@ExtendWith(EmulatorExtension.class)
class DynamoDbIngestStoreTest {
    private static final Playbook PLAYBOOK = SamplePlaybook.playbook();
    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-01-06T00:00:00Z"), ZoneOffset.UTC);
    private static final Identity PHONE = Identity.phone("+8613800138001");

    private final Emulator emulator;
    private final DynamoDbClient client;
    private final Env env;
    private final DynamoDbIngestStore store;

    DynamoDbIngestStoreTest(Emulator emulator) {
        this.emulator = emulator;
        this.client = emulator.dynamoDb();
        this.env = Env.of(emulator.environment("OrderWebhookFunction"));
        this.store = new DynamoDbIngestStore(client, env, PLAYBOOK.store().zone());
    }

    @BeforeEach
    void empty() {
        emulator.tables().reset();
    }

    @Test
    void shouldEndAsInMemoryWhenADayIsShuffledDoubledAndTakenByFourAtOnce() throws Exception {
        for (long seed = 0; seed < 5; seed++) {
            empty();
            List<OrderEvent> day = new RandomDay(seed).events();
            InMemoryIngestStore memory = new InMemoryIngestStore();
            OrderIngest ordered = ingest(memory, seed);
            day.forEach(ordered::take);

            List<OrderEvent> shuffled = new ArrayList<>(day);
            shuffled.addAll(day);
            Collections.shuffle(shuffled, new Random(seed));
            try (ExecutorService four = Executors.newFixedThreadPool(4)) {
                List<Future<?>> taken = new ArrayList<>();
                for (OrderEvent event : shuffled) {
                    long id = taken.size();
                    taken.add(four.submit(() -> redelivered(event, id)));
                }
                for (Future<?> each : taken) {
                    each.get();
                }
            }
            assertEquals(Dump.of(memory), Dump.of(IngestRows.of(client, env)), "seed " + seed);
        }
    }

    /** As platforms do: what is put off comes again. */
    private void redelivered(OrderEvent event, long id) {
        OrderIngest ingest = ingest(store, id * 31 + System.identityHashCode(event));
        for (int delivery = 0; ; delivery++) {
            try {
                ingest.take(event);
                return;
            } catch (Unsettled e) {
                if (delivery == 20) {
                    throw e;
                }
            }
        }
    }

    @Test
    void shouldKeepAPrivacyRequestOnceHoweverOftenItComes() {
        Member member = Member.fresh("m1", CLOCK.instant());
        Claimed phone = new Claimed(IdentityRow.unknown(PHONE), "m1");
        commit(changes(List.of(member), List.of(), List.of(phone)));
        PrivacyIngest privacy = new PrivacyIngest(store, _ -> {}, new Random(1));
        Instant at = CLOCK.instant();
        List<PrivacyRequest> requests =
                List.of(
                        new PrivacyRequest(at, "redact:1", "forget", List.of(PHONE)),
                        new PrivacyRequest(at, "redact:shop", "forget all", List.of()));
        for (PrivacyRequest request : requests) {
            assertTrue(privacy.take(request));
            assertTrue(privacy.take(request));
        }
        assertFalse(
                privacy.take(
                        new PrivacyRequest(
                                at, "redact:2", "forget", List.of(Identity.phone("+861")))));
        List<String> kept =
                client
                        .scan(scan -> scan.tableName(env.memberActivityTable()).limit(100))
                        .items()
                        .stream()
                        .map(item -> item.get("memberId").s() + " " + item.get("item").s())
                        .sorted()
                        .toList();
        assertEquals(List.of("m1 case#privacy-redact:1", "shops case#privacy-redact:shop"), kept);
    }

    @Test
    void shouldLeaveOneCaseOpenWhereBothWhoTurnOutToBeOneHaveIt() {
        // Given two members whom one privacy request names
        Identity account = Identity.account("memberday", "main", "a");
        commit(
                changes(
                        List.of(
                                Member.fresh("m1", CLOCK.instant()),
                                Member.fresh("m2", CLOCK.instant())),
                        List.of(),
                        List.of(
                                new Claimed(IdentityRow.unknown(PHONE), "m1"),
                                new Claimed(IdentityRow.unknown(account), "m2"))));
        PrivacyIngest privacy = new PrivacyIngest(store, _ -> {}, new Random(1));
        PrivacyRequest forget =
                new PrivacyRequest(CLOCK.instant(), "redact:1", "forget", List.of(PHONE, account));
        privacy.take(forget);
        DynamoDbCaseStore cases = new DynamoDbCaseStore(client, env.memberActivityTable());
        assertEquals(2, cases.open(Optional.empty(), Optional.empty(), 10).cases().size());

        // When an order shows that they are one
        ingest(store, 1)
                .take(
                        new OrderEvent(
                                CLOCK.instant(),
                                Optional.empty(),
                                new Buyer(
                                        List.of(PHONE, account),
                                        List.of(),
                                        Profile.EMPTY,
                                        Consents.UNKNOWN)));
        privacy.take(forget);

        // Then the survivor's stays open, and the other says where it goes on
        List<Case> open = cases.open(Optional.empty(), Optional.empty(), 10).cases();
        assertEquals(List.of("m1"), open.stream().map(one -> one.id().memberId()).toList());
        Case closed = cases.find(new CaseId("m2", CaseKind.PRIVACY, "redact:1")).orElseThrow();
        assertEquals(Optional.of("goes on as the case of member m1"), closed.result());
        assertEquals(Optional.of("merge"), closed.assignee());
    }

    @Test
    void shouldWriteNothingOfAnEventWhoseMemberHasChanged() {
        Member member = Member.fresh("m1", CLOCK.instant());
        commit(changes(List.of(member), List.of(), List.of()));

        Changes stale =
                changes(
                        List.of(member),
                        List.of(),
                        List.of(new Claimed(IdentityRow.unknown(PHONE), "m1")));
        assertThrows(Conflict.class, () -> store.commit(stale));
        assertEquals(
                Map.of(), store.load(Optional.empty(), List.of(PHONE), List.of()).identities());
    }

    @Test
    void shouldNotRestOnAMemberThatHasChanged() {
        Member member = Member.fresh("m1", CLOCK.instant());
        commit(changes(List.of(member), List.of(), List.of()));
        Changes resting =
                changes(
                        List.of(),
                        List.of(member),
                        List.of(new Claimed(IdentityRow.unknown(PHONE), "m1")));
        assertThrows(Conflict.class, () -> store.commit(resting));
    }

    @Test
    void shouldNotClaimAnIdentityThatOptedOutMeanwhile() {
        client.putItem(
                put ->
                        put.tableName(env.identitiesTable())
                                .item(
                                        IdentityFormat.item(
                                                new IdentityRow(
                                                        PHONE,
                                                        Optional.empty(),
                                                        Map.of(Channel.SMS, CLOCK.instant())))));
        Member member = Member.fresh("m1", CLOCK.instant());
        assertThrows(
                Conflict.class,
                () ->
                        store.commit(
                                changes(
                                        List.of(member),
                                        List.of(),
                                        List.of(new Claimed(IdentityRow.unknown(PHONE), "m1")))));
        IdentityRow read =
                store.load(Optional.empty(), List.of(PHONE), List.of()).identities().get(PHONE);
        commit(changes(List.of(member), List.of(), List.of(new Claimed(read, "m1"))));
        Snapshot after = store.load(Optional.empty(), List.of(PHONE), List.of());
        assertEquals(Optional.of("m1"), after.identities().get(PHONE).memberId());
        assertEquals(
                Map.of(Channel.SMS, CLOCK.instant()), after.identities().get(PHONE).optedOut());
        assertEquals(1, after.members().get("m1").version());
    }

    @Test
    void shouldReadParcelsAndFollowTombstones() {
        ParcelKey key = new ParcelKey("sf", "SF1");
        commit(
                new Changes(
                        Optional.empty(),
                        List.of(
                                Member.fresh("m1", CLOCK.instant())
                                        .change()
                                        .mergedInto("m2")
                                        .done(),
                                Member.fresh("m2", CLOCK.instant())
                                        .change()
                                        .mergedInto("m3")
                                        .done(),
                                Member.fresh("m3", CLOCK.instant())),
                        List.of(),
                        List.of(new Claimed(IdentityRow.unknown(PHONE), "m1")),
                        List.of(new ParcelRow(Parcel.unseen(key).of("memberday:main:1"), 0)),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
        Snapshot read = store.load(Optional.empty(), List.of(PHONE), List.of(key));
        assertEquals(Set.of("m1", "m2", "m3"), read.members().keySet());
        assertEquals(1, read.parcels().get(key).version());
        assertEquals(Set.of("memberday:main:1"), read.parcels().get(key).parcel().orders());
    }

    @Test
    void shouldNotTakeABrokenTableForALostRace() {
        Env broken =
                Env.of(
                        Map.of(
                                "MEMBERS_TABLE", "no-such-table",
                                "IDENTITIES_TABLE", env.identitiesTable(),
                                "ORDERS_TABLE", env.ordersTable(),
                                "MEMBER_ACTIVITY_TABLE", env.memberActivityTable(),
                                "CAMPAIGN_RESULTS_TABLE", env.campaignResultsTable()));
        DynamoDbIngestStore elsewhere =
                new DynamoDbIngestStore(client, broken, PLAYBOOK.store().zone());
        Changes changes =
                changes(List.of(Member.fresh("m1", CLOCK.instant())), List.of(), List.of());
        assertThrows(DynamoDbException.class, () -> elsewhere.commit(changes));
    }

    private void commit(Changes changes) {
        try {
            store.commit(changes);
        } catch (Conflict conflict) {
            throw new AssertionError(conflict);
        }
    }

    private static Changes changes(
            List<Member> written, List<Member> unchanged, List<Claimed> identities) {
        return new Changes(
                Optional.empty(),
                written,
                unchanged,
                identities,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    private static OrderIngest ingest(IngestStore rows, long seed) {
        return new OrderIngest(
                rows,
                PLAYBOOK,
                CLOCK,
                new MemberIds(new Random(seed)),
                _ -> Thread.onSpinWait(),
                new Random(seed));
    }
}
