package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;
import io.memberday.member.Channel;
import io.memberday.member.Kind;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.time.Instant;

/** How far channels are busy, and what stops them, on emulated tables. */
@ExtendWith(EmulatorExtension.class)
class DynamoDbPaceStoreTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");

    private final Emulator emulator;
    private final DynamoDbPaceStore paces;

    DynamoDbPaceStoreTest(Emulator emulator) {
        this.emulator = emulator;
        paces = new DynamoDbPaceStore(emulator.dynamoDb(), emulator.table("CampaignResultsTable"));
    }

    @BeforeEach
    void empty() {
        emulator.tables().reset();
    }

    @Test
    void shouldReserveAPaceOnceWhoeverAsks() {
        assertEquals(Instant.EPOCH, paces.busyUntil(Kind.MARKETING, Channel.SMS));
        Instant busy = AT.plus(Duration.ofMillis(1234));

        assertTrue(paces.reserve(Kind.MARKETING, Channel.SMS, Instant.EPOCH, busy));
        assertFalse(paces.reserve(Kind.MARKETING, Channel.SMS, Instant.EPOCH, AT));
        assertTrue(paces.reserve(Kind.MARKETING, Channel.SMS, busy, busy.plusMillis(1)));
        assertEquals(busy.plusMillis(1), paces.busyUntil(Kind.MARKETING, Channel.SMS));
        assertEquals(Instant.EPOCH, paces.busyUntil(Kind.SERVICE, Channel.SMS));
        assertEquals(Instant.EPOCH, paces.busyUntil(Kind.MARKETING, Channel.EMAIL));
    }

    @Test
    void shouldKeepAChannelsPacesBusyUntilItsStopEndsOrIsLifted() {
        DynamoDbChannelStops stops =
                new DynamoDbChannelStops(
                        emulator.dynamoDb(), emulator.table("CampaignResultsTable"), new Sleep());
        Instant until = Instant.parse("2026-06-01T00:00:00Z");

        // Given a clock that has read the pace just before
        Instant read = paces.busyUntil(Kind.SERVICE, Channel.SMS);

        // When
        assertTrue(stops.stop(Channel.SMS, AT, until));

        // Then the clock's reservation fails, and nothing else has a pace changed
        assertFalse(paces.reserve(Kind.SERVICE, Channel.SMS, read, AT.plusSeconds(1)));
        assertEquals(until, paces.busyUntil(Kind.SERVICE, Channel.SMS));
        assertEquals(until, paces.busyUntil(Kind.MARKETING, Channel.SMS));
        assertEquals(Instant.EPOCH, paces.busyUntil(Kind.SERVICE, Channel.EMAIL));
        assertFalse(stops.lift(Channel.EMAIL, AT));

        // When lifted
        assertTrue(stops.lift(Channel.SMS, AT.plusSeconds(60)));
        assertFalse(stops.lift(Channel.SMS, AT.plusSeconds(61)));

        // Then only what was taken since stops it again
        assertEquals(AT.plusSeconds(60), paces.busyUntil(Kind.SERVICE, Channel.SMS));
        assertFalse(stops.stop(Channel.SMS, AT.plusSeconds(60), until));
        assertTrue(stops.stop(Channel.SMS, AT.plusSeconds(61), until));
    }
}
