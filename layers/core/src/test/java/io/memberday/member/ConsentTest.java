package io.memberday.member;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class ConsentTest {
    private static final Instant MAY = Instant.parse("2026-05-08T02:00:00Z");

    @Test
    void shouldNotAllowMarketingWhileConsentIsUnknown() {
        assertFalse(Consents.UNKNOWN.allow(Channel.SMS, Kind.MARKETING));
        assertTrue(Consents.UNKNOWN.allow(Channel.SMS, Kind.SERVICE));
    }

    @Test
    void shouldKeepAnOptOutWhenALaterOrderTicksTheBox() {
        Consents consents =
                Consents.UNKNOWN
                        .with(Channel.SMS, Kind.MARKETING, new Consent(false, true, MAY))
                        .with(
                                Channel.SMS,
                                Kind.MARKETING,
                                new Consent(true, false, MAY.plusSeconds(86_400)));

        assertFalse(consents.allow(Channel.SMS, Kind.MARKETING));
    }

    @Test
    void shouldHonourALaterSubscriptionOnPurpose() {
        Consents consents =
                Consents.UNKNOWN
                        .with(Channel.EMAIL, Kind.MARKETING, new Consent(false, true, MAY))
                        .with(
                                Channel.EMAIL,
                                Kind.MARKETING,
                                new Consent(true, true, MAY.plusSeconds(1)));

        assertTrue(consents.allow(Channel.EMAIL, Kind.MARKETING));
        assertFalse(consents.allow(Channel.SMS, Kind.MARKETING), "channels are apart");
    }

    @Test
    void shouldRefuseWhenBothWereSaidInTheSameSecond() {
        Consents consents =
                Consents.UNKNOWN
                        .with(Channel.SMS, Kind.MARKETING, new Consent(false, true, MAY))
                        .with(Channel.SMS, Kind.MARKETING, new Consent(true, true, MAY));

        assertFalse(consents.allow(Channel.SMS, Kind.MARKETING));
    }

    @Test
    void shouldJoinStatementsToTheSameConsentInAnySequence() {
        long seed = 20260508;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            // Given what one person said, in some sequence, some of it twice
            List<Consents> said = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Consent consent =
                        new Consent(
                                random.nextBoolean(),
                                random.nextBoolean(),
                                MAY.plusSeconds(random.nextInt(3)));
                said.add(
                        Consents.UNKNOWN.with(
                                Channel.values()[random.nextInt(2)],
                                Kind.values()[random.nextInt(2)],
                                consent));
            }
            Consents inSequence = said.stream().reduce(Consents.UNKNOWN, Consents::join);
            said.addAll(said.subList(0, 3));
            Collections.shuffle(said, random);

            // Then any other sequence ends the same
            assertEquals(
                    inSequence,
                    said.stream().reduce(Consents.UNKNOWN, Consents::join),
                    "seed " + seed + ", round " + round);
        }
    }
}
