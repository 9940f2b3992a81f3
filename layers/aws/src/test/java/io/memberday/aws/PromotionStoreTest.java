package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.campaign.Funds;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.OrderRow;
import io.memberday.ingest.ParcelRow;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Channel;
import io.memberday.member.Claim;
import io.memberday.member.Kind;
import io.memberday.member.Member;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Timing;
import io.memberday.touch.ContactCounter;
import io.memberday.touch.Outcome;
import io.memberday.touch.Past;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.Lease;
import io.memberday.touch.ServiceTouch.Owner;
import io.memberday.touch.ServiceTouchStore.About;
import io.memberday.touch.ServiceTouchStore.Grounds;
import io.memberday.touch.ServiceTouchStore.Promotion;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

@ExtendWith(EmulatorExtension.class)
class PromotionStoreTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");
    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final OrderKey ORDER = OrderKey.of("memberday:main:1");
    private static final ParcelKey PARCEL = new ParcelKey("sf", "SF1");
    private static final Optional<Long> CAP = Optional.of(80_000L);
    private static final Claim CLAIM = new Claim(AT, "n1", Kind.MARKETING, Channel.SMS, "");
    private static final List<ContactCounter> COUNTERS =
            List.of(new ContactCounter("sms.d20260508", 1));

    private final Emulator emulator;
    private final DynamoDbServiceTouchStore store;
    private final DynamoDbClaimStore members;
    private final DynamoDbDueStore due;

    PromotionStoreTest(Emulator emulator) {
        this.emulator = emulator;
        store =
                new DynamoDbServiceTouchStore(
                        emulator.dynamoDb(),
                        Env.of(emulator.environment("MessageSenderFunction")),
                        _ -> {});
        members = new DynamoDbClaimStore(emulator.dynamoDb(), emulator.table("MembersTable"));
        due = new DynamoDbDueStore(emulator.dynamoDb(), emulator.table("CampaignResultsTable"));
    }

    @BeforeEach
    void rows() {
        emulator.tables().reset();
        put("MembersTable", MemberFormat.item(Member.fresh("m1", AT).change().version(1).done()));
        put(
                "OrdersTable",
                OrderFormat.item(
                        new OrderRow(Order.ofRefunds(ORDER, Map.of()), 1, Optional.of("m1"), 0, 0),
                        ZoneOffset.UTC));
        put("OrdersTable", ParcelFormat.item(new ParcelRow(Parcel.unseen(PARCEL), 1)));
        put("CampaignResultsTable", ServiceTouchFormat.item(touch("1")));
        put("CampaignResultsTable", ServiceTouchFormat.item(touch("2")));
    }

    @Test
    void shouldClaimWithCountersAndMoneyInOneTransactionAndSettleOnce() {
        ServiceTouch claimed = claimed(touch("1"), "n1");

        assertTrue(claim(touch("1"), claimed, CAP));

        // Then the member bears it, the money is set aside, and the touch is nobody else's
        Member member = members.member("m1").orElseThrow();
        assertEquals(Map.of("gift#1", CLAIM), member.claims());
        assertEquals(Map.of("sms.d20260508", 1), member.counters());
        assertEquals(new Funds(CAP, 50_000, 0), store.month(MAY, CAP));
        assertFalse(claim(touch("1"), claimed(touch("1"), "n2"), CAP));
        assertEquals(claimed, store.find("gift", "1").orElseThrow());

        // When it is sent for less, and said twice
        ServiceTouch sent = claimed.ended(outcome());
        assertTrue(store.settle(claimed, sent, 30_000));
        assertFalse(store.settle(claimed, sent, 30_000));

        // Then the rest came back once
        assertEquals(new Funds(CAP, 30_000, 30_000), store.month(MAY, CAP));
        assertEquals(sent, store.find("gift", "1").orElseThrow());
    }

    @Test
    void shouldChangeNothingWhereTheMoneyOrTheMemberOrTheParcelIsNotAsItWasRead() {
        assertTrue(claim(touch("1"), claimed(touch("1"), "n1"), CAP));

        // The month has 30,000 left
        assertFalse(claim(touch("2"), claimed(touch("2"), "n2"), CAP));
        // The member bears another claim since it was read
        assertFalse(
                store.claim(
                        touch("2"),
                        claimed(touch("2"), "n2"),
                        new Grounds(fresh(), about(), Optional.empty()),
                        Optional.of(promotion(Optional.empty())),
                        List.of()));
        // The parcel has been scanned since it was read
        Grounds read =
                new Grounds(
                        members.member("m1").orElseThrow(),
                        about(),
                        Optional.of(store.parcel(PARCEL)));
        put(
                "OrdersTable",
                ParcelFormat.item(
                        new ParcelRow(Parcel.scanned(PARCEL, ParcelStatus.SIGNED, AT, ""), 2)));
        assertFalse(
                store.claim(
                        touch("2"),
                        claimed(touch("2"), "n2"),
                        read,
                        Optional.of(promotion(Optional.empty())),
                        List.of()));

        assertEquals(touch("2"), store.find("gift", "2").orElseThrow());
        assertEquals(new Funds(CAP, 50_000, 0), store.month(MAY, CAP));
        assertEquals(1, members.member("m1").orElseThrow().claims().size());
        assertEquals(0, store.parcel(new ParcelKey("sf", "none")).version());
    }

    @Test
    void shouldEndATouchByACareCaseThatIsOpenedOnce() {
        CareCase work = new CareCase("m1", AT, "payment", "1", "touchpoint gift");
        Grounds grounds = new Grounds(fresh(), about(), Optional.empty());
        ServiceTouch ended = touch("1").ended(outcome());

        assertTrue(store.claim(touch("1"), ended, grounds, Optional.empty(), List.of(work)));
        assertFalse(store.claim(touch("1"), ended, grounds, Optional.empty(), List.of(work)));
        // Another touch about the same leaves the open case as it is
        ServiceTouch other = touch("2").ended(outcome());
        assertTrue(store.claim(touch("2"), other, grounds, Optional.empty(), List.of(work)));

        Map<String, AttributeValue> row =
                emulator.dynamoDb()
                        .getItem(
                                get ->
                                        get.tableName(emulator.table("MemberActivityTable"))
                                                .key(ActivityFormat.key(work)))
                        .item();
        assertEquals("touchpoint gift", row.get("reason").s());
        assertEquals("1", row.get("times").n());
    }

    @Test
    void shouldFindTouchesOfItsKindOnly() {
        int shard = Shards.of("gift#1", Shards.DUE);
        Iterator<ServiceTouch> marketing = due.touches(Kind.MARKETING, shard, AT, Set::of);
        assertEquals("gift#1", marketing.next().id());
        assertFalse(due.touches(Kind.SERVICE, shard, AT, Set::of).hasNext());
        assertFalse(due.batches(shard, AT, Set::of).hasNext());
    }

    private boolean claim(ServiceTouch read, ServiceTouch claimed, Optional<Long> cap) {
        Grounds grounds =
                new Grounds(
                        members.member("m1").orElseThrow(),
                        about(),
                        Optional.of(store.parcel(PARCEL)));
        return store.claim(read, claimed, grounds, Optional.of(promotion(cap)), List.of());
    }

    private static Promotion promotion(Optional<Long> cap) {
        return new Promotion(CLAIM, COUNTERS, Past.NONE, cap);
    }

    private static Member fresh() {
        return Member.fresh("m1", AT).change().version(1).done();
    }

    private About about() {
        return store.order(ORDER.toString()).orElseThrow();
    }

    private static ServiceTouch claimed(ServiceTouch touch, String nonce) {
        return touch.claimed(
                new Owner(nonce, AT.plusSeconds(60), Optional.of(new Lease(MAY, 50_000))));
    }

    private static ServiceTouch touch(String subject) {
        return ServiceTouch.planned(
                Kind.MARKETING,
                "gift",
                subject,
                "m1",
                ORDER.toString(),
                Optional.empty(),
                AT.minusSeconds(60),
                new Timing.Due(AT, AT.plusSeconds(3_600)));
    }

    private static Outcome outcome() {
        return new Outcome(
                "m1", Outcome.Status.SENT, "", Channel.SMS, 1, 30_000, AT, "id", "gift/zh");
    }

    private void put(String table, Map<String, AttributeValue> item) {
        emulator.dynamoDb().putItem(put -> put.tableName(emulator.table(table)).item(item));
    }
}
