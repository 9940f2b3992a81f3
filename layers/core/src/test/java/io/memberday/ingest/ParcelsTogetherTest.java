package io.memberday.ingest;

import static io.memberday.ingest.ParcelIngestTest.NOW;
import static io.memberday.ingest.ParcelIngestTest.order;
import static io.memberday.ingest.ParcelIngestTest.orders;
import static io.memberday.ingest.ParcelIngestTest.parcels;
import static io.memberday.ingest.ParcelIngestTest.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelStatus;

import org.junit.jupiter.api.Test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Several parcels of one order, of which carriers tell in one instant. */
class ParcelsTogetherTest {
    @Test
    void shouldCountFromTheLastSignatureOfAnOrderWhoseParcelsAreSignedForAtOnce() {
        Parcel early = scan("SF1", ParcelStatus.SIGNED, 30);
        Parcel late = scan("SF2", ParcelStatus.SIGNED, 10);
        Parcel takenBack = scan("SF2", ParcelStatus.IN_TRANSIT, 5);
        for (int call = 1; call < 12; call++) {
            assertEquals(10, minutesSinceSigned(call, early, late));
            assertEquals(10, minutesSinceSigned(call, late, early));
            // Two parcels were signed for before, and one never was.
            assertEquals(30, minutesSinceSigned(call, early, takenBack, late));
            assertEquals(30, minutesSinceSigned(call, takenBack, early, late));
        }
    }

    /** Since when an order is signed for if a push comes just before a call of another's. */
    private static long minutesSinceSigned(int call, Parcel told, Parcel amid, Parcel... before) {
        InMemoryIngestStore rows = new InMemoryIngestStore();
        orders(rows).take(order("1", 0, "SF1", "SF2", "SF3"));
        for (Parcel earlier : before) {
            parcels(rows).take(earlier);
        }
        AtomicInteger calls = new AtomicInteger();
        Runnable other = () -> parcels(rows).take(amid);
        parcels(
                        watched(
                                rows,
                                _ -> {
                                    if (calls.incrementAndGet() == call) {
                                        other.run();
                                    }
                                }))
                .take(told);
        if (calls.get() < call) {
            other.run();
        }
        Instant since = rows.touches.get("order_signed#memberday:main:1").since();
        return Duration.between(since, NOW).toMinutes();
    }

    @Test
    void shouldReadOtherParcelsOfAnOrderOnlyForASignature() {
        InMemoryIngestStore rows = new InMemoryIngestStore();
        orders(rows).take(order("1", 0, "SF1", "SF2"));
        List<String> calls = new ArrayList<>();
        ParcelIngest watched = parcels(watched(rows, calls::add));
        watched.take(scan("SF1", ParcelStatus.SHIPPED, 60));
        watched.take(scan("SF1", ParcelStatus.ARRIVED, 30));
        assertFalse(calls.contains("parcels"), calls.toString());
        watched.take(scan("SF1", ParcelStatus.SIGNED, 10));
        assertEquals(1, Collections.frequency(calls, "parcels"), calls.toString());
    }

    /** A store before each of whose calls somebody hears the call's name. */
    private static ParcelStore watched(ParcelStore rows, Consumer<String> before) {
        return (ParcelStore)
                Proxy.newProxyInstance(
                        ParcelStore.class.getClassLoader(),
                        new Class<?>[] {ParcelStore.class},
                        (_, method, arguments) -> {
                            before.accept(method.getName());
                            try {
                                return method.invoke(rows, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}
