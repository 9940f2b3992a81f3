package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.ingest.Activity;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.OrderRow;
import io.memberday.ingest.ParcelRow;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
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
import io.memberday.playbook.Timing.Due;
import io.memberday.touch.Outcome;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouchStore.About;
import io.memberday.touch.ServiceTouchStore.Count;
import io.memberday.touch.ServiceTouchStore.Grounds;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A silent parcel counts in the transaction that ends its touch and opens its case, or not. */
@ExtendWith(EmulatorExtension.class)
class SilentCountTest {
    private static final Instant AT = Instant.parse("2026-11-12T02:00:00Z");
    private static final String SCOPE = "carrier:sf@2026-11-12";
    private static final Member MEMBER = Member.fresh("m1", AT).change().version(1).done();

    private final Emulator emulator;
    private final DynamoDbServiceTouchStore store;
    private final DynamoDbCaseStore cases;

    SilentCountTest(Emulator emulator) {
        this.emulator = emulator;
        Env env = Env.of(emulator.environment("MessageSenderFunction"));
        store = new DynamoDbServiceTouchStore(emulator.dynamoDb(), env, new Sleep());
        cases = new DynamoDbCaseStore(emulator.dynamoDb(), emulator.table("MemberActivityTable"));
    }

    @BeforeEach
    void empty() {
        emulator.tables().reset();
        put("MembersTable", MemberFormat.item(MEMBER));
    }

    @Test
    void shouldCountWithTheClaimOnly() {
        // Given two that have read the same count
        ServiceTouch first = silent("1");
        ServiceTouch second = silent("2");
        Count none = store.count(SCOPE);
        assertEquals(new Count(SCOPE, 0), none);

        // When
        assertTrue(end(first, none));

        // Then the second has to look again, and the first cannot count twice
        assertFalse(end(second, none));
        assertFalse(end(first, store.count(SCOPE)));
        assertEquals(1, store.count(SCOPE).value());
        assertTrue(end(second, store.count(SCOPE)));
        assertEquals(2, store.count(SCOPE).value());
        assertEquals(
                List.of("case#silent-sf:1", "case#silent-sf:2"),
                cases.of(List.of("m1")).stream().map(one -> one.id().item()).sorted().toList());
    }

    @Test
    void shouldNeitherCountNorCallWhereTheParcelWasScannedMeanwhile() {
        ServiceTouch touch = silent("1");
        Count none = store.count(SCOPE);
        Grounds read = grounds(touch).counting(List.of(none));
        put("OrdersTable", ParcelFormat.item(new ParcelRow(parcel("1", AT.plusSeconds(9)), 2)));

        assertFalse(store.claim(touch, ended(touch), read, Optional.empty(), List.of(work(touch))));

        assertEquals(none, store.count(SCOPE));
        assertEquals(List.of(), cases.of(List.of("m1")));
    }

    private boolean end(ServiceTouch touch, Count read) {
        return store.claim(
                touch,
                ended(touch),
                grounds(touch).counting(List.of(read)),
                Optional.empty(),
                List.of(work(touch)));
    }

    private Grounds grounds(ServiceTouch touch) {
        About about = store.order(touch.order()).orElseThrow();
        return new Grounds(MEMBER, about, Optional.of(store.parcel(ParcelKey.of(touch.subject()))));
    }

    private static Activity work(ServiceTouch touch) {
        return new CareCase("m1", AT, "silent", touch.subject(), "no scan");
    }

    private static ServiceTouch ended(ServiceTouch touch) {
        return touch.ended(
                new Outcome(
                        "m1", Outcome.Status.SUPPRESSED, "call", Channel.SMS, 0, 0, AT, "", ""));
    }

    private ServiceTouch silent(String number) {
        ParcelKey key = new ParcelKey("sf", number);
        Order order =
                new Order(
                        new OrderKey("memberday", "shop", number),
                        1,
                        Optional.of(
                                new OrderFacts(
                                        Map.of(Milestone.CREATED, AT),
                                        100,
                                        List.of(),
                                        List.of(key))),
                        Map.of(),
                        Map.of());
        ServiceTouch touch =
                ServiceTouch.planned(
                        Kind.SERVICE,
                        "silent-parcel",
                        key.toString(),
                        "m1",
                        order.key().toString(),
                        Optional.of(key.toString()),
                        AT,
                        new Due(AT, AT.plusSeconds(3600)));
        put(
                "OrdersTable",
                OrderFormat.item(new OrderRow(order, 1, Optional.of("m1"), 0, 0), ZoneOffset.UTC));
        put("OrdersTable", ParcelFormat.item(new ParcelRow(parcel(number, AT), 1)));
        put("CampaignResultsTable", ServiceTouchFormat.item(touch));
        return touch;
    }

    private static Parcel parcel(String number, Instant at) {
        return Parcel.scanned(new ParcelKey("sf", number), ParcelStatus.SHIPPED, at, "");
    }

    private void put(String table, Map<String, AttributeValue> item) {
        emulator.dynamoDb().putItem(put -> put.tableName(emulator.table(table)).item(item));
    }
}
