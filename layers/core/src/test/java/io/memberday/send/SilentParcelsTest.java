package io.memberday.send;

import static io.memberday.send.SilentScene.DAY;
import static io.memberday.send.SilentScene.SHIPPED;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.memberday.ingest.OrderRow;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;
import io.memberday.touch.ServiceTouchStore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Parcels of which nobody hears any more (R22), one by one. */
class SilentParcelsTest {
    private final SilentScene scene = new SilentScene(50);

    @ParameterizedTest
    @CsvSource({
        "SHIPPED, 24",
        "IN_TRANSIT, 48",
        "ARRIVED, 24",
        "SIGNED, 0",
        "EXCEPTION, 0",
        "RETURNED, 0"
    })
    void shouldWaitByHowFarTheParcelCame(ParcelStatus status, int hours) {
        Parcel parcel = Parcel.scanned(new ParcelKey("sf", "1"), status, SHIPPED, "杭州市");
        Optional<ServiceTouch> touch =
                scene.planned(SilentScene.order("1", "sf", Map.of()), parcel);
        assertEquals(
                hours == 0 ? Optional.empty() : Optional.of(SHIPPED.plus(Duration.ofHours(hours))),
                touch.map(ServiceTouch::dueAt));
    }

    @Test
    void shouldWatchAParcelThatNobodyHasScannedFromItsDispatchOn() {
        Order order = SilentScene.order("1", "sf", Map.of(Milestone.SHIPPED, SHIPPED));
        Parcel unseen = Parcel.unseen(new ParcelKey("sf", "1"));
        assertEquals(SHIPPED.plus(DAY), scene.planned(order, unseen).orElseThrow().dueAt());
        Order confirmed =
                SilentScene.order(
                        "1",
                        "sf",
                        Map.of(Milestone.SHIPPED, SHIPPED, Milestone.CONFIRMED, SHIPPED));
        assertEquals(Optional.empty(), scene.planned(confirmed, unseen));
        assertEquals(
                Optional.empty(), scene.planned(SilentScene.order("1", "sf", Map.of()), unseen));
    }

    @Test
    void shouldOpenOneCaseBeforeTheCustomerAsks() {
        ServiceTouch touch = scene.silent("1", "sf", "");
        scene.deliver(touch);
        scene.deliver(touch);
        assertEquals(List.of("m1 case#silent-sf:1"), scene.cases());
        assertEquals("call", scene.now(touch).outcome().orElseThrow().reason());
    }

    @Test
    void shouldOpenTheCaseWhereTheOrderStandsWhoeverWasMergedSince() {
        ServiceTouch touch = scene.silent("1", "sf", "");
        scene.orders.computeIfPresent(
                OrderKey.of(touch.order()),
                (_, row) -> new OrderRow(row.order(), row.version(), Optional.of("m0"), 0, 0));
        scene.deliver(touch);
        assertEquals(List.of("m0 case#silent-sf:1"), scene.cases());
    }

    @Test
    void shouldLetAScanAMomentBeforeWin() {
        ServiceTouch touch = scene.silent("1", "sf", "");
        Simulation simulation = new Simulation(new Random(1), scene.clock);
        TouchSender sender =
                scene.sender(simulation.port(ServiceTouchStore.class, scene.store), scene.members);
        simulation.start(
                Duration.ofMinutes(2),
                left -> sender.send(touch.touchpoint(), touch.subject(), left));
        int[] steps = {0};
        Instant scanned = scene.clock.instant();
        simulation.run(
                () -> {
                    if (++steps[0] == 6) {
                        // The parcel has been read already, and nothing is written yet.
                        scene.store.put(
                                Parcel.scanned(
                                        ParcelKey.of(touch.subject()),
                                        ParcelStatus.ARRIVED,
                                        scanned,
                                        ""));
                    }
                });
        assertEquals(List.of(), scene.cases());
        assertEquals(State.PLANNED, scene.now(touch).state());
        assertEquals(scanned.plus(DAY).getEpochSecond(), scene.now(touch).dueAt().getEpochSecond());
    }

    @Test
    void shouldEndWithoutACaseWhereTheParcelArrivedAfterAll() {
        ServiceTouch touch = scene.silent("1", "sf", "");
        scene.store.put(
                Parcel.scanned(ParcelKey.of(touch.subject()), ParcelStatus.SIGNED, SHIPPED, ""));
        scene.deliver(touch);
        assertEquals(List.of(), scene.cases());
        assertEquals("signed", scene.now(touch).outcome().orElseThrow().reason());
    }
}
