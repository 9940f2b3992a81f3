package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.ingest.IdentityRow;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Channel;
import io.memberday.member.Identity;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Addresses that refuse before anybody has them, on the emulated tables. */
@ExtendWith(EmulatorExtension.class)
class DynamoDbRefusalStoreTest {
    private static final Instant NOON = Instant.parse("2026-05-08T04:00:00Z");
    private static final Identity PHONE = Identity.phone("+8613800138999");

    private final Emulator emulator;
    private final DynamoDbRefusalStore store;

    DynamoDbRefusalStoreTest(Emulator emulator) {
        this.emulator = emulator;
        store =
                new DynamoDbRefusalStore(
                        emulator.dynamoDb(),
                        emulator.table("MembersTable"),
                        emulator.table("IdentitiesTable"),
                        emulator.table("MemberActivityTable"));
    }

    @BeforeEach
    void reset() {
        emulator.tables().reset();
    }

    @Test
    void shouldKeepTheLaterRefusalOfAnAddressThoughTheEarlierIsReportedLast() {
        assertTrue(store.suppress(PHONE, Channel.SMS, NOON));
        assertTrue(store.suppress(PHONE, Channel.SMS, NOON.minusSeconds(60)));

        assertEquals(Map.of(Channel.SMS, NOON), row().optedOut());

        assertTrue(store.suppress(PHONE, Channel.SMS, NOON.plusSeconds(60)));

        assertEquals(Map.of(Channel.SMS, NOON.plusSeconds(60)), row().optedOut());
    }

    @Test
    void shouldSuppressNothingOnceTheAddressHasAMember() {
        emulator.dynamoDb()
                .putItem(
                        put ->
                                put.tableName(emulator.table("IdentitiesTable"))
                                        .item(
                                                IdentityFormat.item(
                                                        new IdentityRow(
                                                                PHONE,
                                                                Optional.of("m1"),
                                                                Map.of()))));

        assertFalse(store.suppress(PHONE, Channel.SMS, NOON));

        assertEquals(Map.of(), row().optedOut());
    }

    private IdentityRow row() {
        return IdentityFormat.identity(
                emulator.dynamoDb()
                        .getItem(
                                get ->
                                        get.tableName(emulator.table("IdentitiesTable"))
                                                .key(IdentityFormat.key(PHONE)))
                        .item());
    }
}
