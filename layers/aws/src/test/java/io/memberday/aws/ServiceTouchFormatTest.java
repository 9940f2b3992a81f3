package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Timing;
import io.memberday.touch.Outcome;
import io.memberday.touch.Outcome.Status;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.Lease;
import io.memberday.touch.ServiceTouch.Owner;
import io.memberday.touch.ServiceTouch.State;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

class ServiceTouchFormatTest {
    private static final Instant DUE = Instant.parse("2026-05-08T03:00:00Z");
    private static final ServiceTouch PLANNED =
            ServiceTouch.planned(
                    Kind.SERVICE,
                    "payment-reminder",
                    "memberday:main:1",
                    "m1",
                    "memberday:main:1",
                    Optional.empty(),
                    DUE,
                    new Timing.Due(DUE, DUE.plusSeconds(7_200)));

    @Test
    void shouldReadBackAPlannedTouchAndFindItWhenDue() {
        Map<String, AttributeValue> item = ServiceTouchFormat.item(PLANNED);
        assertEquals(PLANNED, ServiceTouchFormat.touch(item));
        assertTrue(item.get(ServiceTouchFormat.DUE_SHARD).s().matches("service#[0-6]\\d"));
        assertEquals("touch#payment-reminder#memberday:main:1", item.get("pk").s());
    }

    @Test
    void shouldReadBackAnEndedTouchAndFindItNoMore() {
        ServiceTouch ended =
                new ServiceTouch(
                        Kind.MARKETING,
                        "parcel-signed",
                        "sf:SF1",
                        "m1",
                        "memberday:main:1",
                        Optional.of("sf:SF1"),
                        DUE.minusSeconds(60),
                        DUE,
                        DUE.plusSeconds(1),
                        Optional.of(ZoneId.of("Europe/Berlin")),
                        State.ENDED,
                        Optional.of(
                                new Owner(
                                        "nonce",
                                        DUE.plusSeconds(60),
                                        Optional.of(new Lease(YearMonth.of(2026, 5), 50_000)))),
                        1,
                        Optional.of(
                                new Outcome(
                                        "m1",
                                        Status.SENT,
                                        "",
                                        Channel.SMS,
                                        2,
                                        100_000,
                                        DUE,
                                        "message-1",
                                        "signed.zh")));
        Map<String, AttributeValue> item = ServiceTouchFormat.item(ended);
        assertEquals(ended, ServiceTouchFormat.touch(item));
        assertFalse(item.containsKey(ServiceTouchFormat.DUE_SHARD));
    }
}
