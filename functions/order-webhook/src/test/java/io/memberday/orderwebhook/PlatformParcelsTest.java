package io.memberday.orderwebhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.ingest.Dump;
import io.memberday.ingest.InMemoryIngestStore;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.parcel.ParcelKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Parcels that WooCommerce and Youzan tell, and orders whose money is on its way. */
class PlatformParcelsTest extends WebhookScene {
    private static final String WOO_ORDER = "woocommerce:tea.example.com:9007199254740995";
    private static final String YOUZAN_ORDER = "youzan:40553542:E20260502100000073100007";

    @Test
    void shouldReadParcelsOfShipmentTrackingPartByPartAndCorrected() throws IOException {
        send(signed("woocommerce-order-paid"));
        assertEquals(answer(200, "accepted"), send(signed("woocommerce-order-partly-shipped")));
        assertEquals(List.of("sf:SF13205558001"), parcels(WOO_ORDER));
        assertEquals(time("2026-05-03T02:00:00Z"), order(WOO_ORDER).at(Milestone.SHIPPED));

        assertEquals(answer(200, "accepted"), send(signed("woocommerce-order-completed")));
        assertEquals(List.of("sf:SF1320555800199", "yto:YT7001"), parcels(WOO_ORDER));
        assertEquals(
                time("2026-05-03T02:00:00Z"),
                order(WOO_ORDER).at(Milestone.SHIPPED),
                "the first part's");
        assertEquals(answer(200, "known"), send(signed("woocommerce-order-partly-shipped")));
        assertEquals(List.of("sf:SF1320555800199", "yto:YT7001"), parcels(WOO_ORDER));
        for (String parcel : parcels(WOO_ORDER)) {
            assertTrue(
                    store.parcels.get(ParcelKey.of(parcel)).parcel().orders().contains(WOO_ORDER),
                    "a carrier's push finds the order by " + parcel);
        }
    }

    @Test
    void shouldReadParcelsOfYouzanWhereADispatchCarriesTheWholeOrder() throws IOException {
        send(signed("youzan-trade-partly-seller-ship"));
        send(signed("youzan-trade-buyer-pay"));
        assertEquals(List.of(), parcels(YOUZAN_ORDER));
        assertEquals(time("2026-05-03T03:00:00Z"), order(YOUZAN_ORDER).at(Milestone.SHIPPED));

        assertEquals(answer(200, "success"), send(signed("youzan-trade-seller-ship-whole")));
        send(signed("youzan-trade-seller-ship"));
        assertEquals(List.of("sf:SF1320555800299"), parcels(YOUZAN_ORDER));
        assertEquals(time("2026-05-03T08:00:00Z"), order(YOUZAN_ORDER).at(Milestone.SHIPPED));
    }

    @Test
    void shouldEndTheSameInWhateverSequenceDispatchesCome() throws IOException {
        List<String> day =
                new ArrayList<>(
                        List.of(
                                "woocommerce-order-created",
                                "woocommerce-order-on-hold",
                                "woocommerce-order-paid",
                                "woocommerce-order-partly-shipped",
                                "woocommerce-order-completed",
                                "youzan-trade-create",
                                "youzan-trade-partly-seller-ship",
                                "youzan-trade-seller-ship-whole",
                                "youzan-trade-seller-ship"));
        Random random = new Random(5);
        String first = "";
        for (int sequence = 0; sequence < 10; sequence++) {
            InMemoryIngestStore rows = new InMemoryIngestStore();
            for (String name : day) {
                lambda(rows).handleRequest(signed(name), null);
            }
            first = first.isEmpty() ? Dump.of(rows) : first;
            assertEquals(first, Dump.of(rows), day.toString());
            Collections.shuffle(day, random);
        }
        assertTrue(first.contains("SF1320555800199") && first.contains("SF1320555800299"), first);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldNotRemindWhomTheShopHasToldToTransferTheMoney(boolean backwards) throws IOException {
        clock.set(Instant.parse("2026-05-02T02:20:00Z"));
        List<String> told = List.of("woocommerce-order-created", "woocommerce-order-on-hold");
        for (String name : backwards ? told.reversed() : told) {
            send(signed(name));
        }
        assertEquals(Map.of(), store.touches);
        assertEquals(
                Map.of(),
                member("+8613800138002").openOrders(),
                "no offer to those who do not pay, either");
        assertEquals(0, member("+8613800138002").purchases().count());

        send(signed("woocommerce-order-paid"));
        assertEquals(1, member("+8613800138002").purchases().count());
    }

    @Test
    void shouldRemindAgainOnceTheMoneyHasFailedToCome() throws IOException {
        clock.set(Instant.parse("2026-05-02T02:20:00Z"));
        send(signed("woocommerce-order-on-hold"));
        send(
                changed(
                        "woocommerce-order-on-hold",
                        "\"on-hold\"",
                        "\"failed\"",
                        "02:00:04",
                        "02:10:00"));
        assertEquals(1, touchesOf("payment").size());
    }

    @Test
    void shouldNotRemindWhoPaysOnDelivery() throws IOException {
        clock.set(Instant.parse("2026-05-02T02:20:00Z"));
        send(signed("youzan-trade-create"));
        send(
                changed(
                        "youzan-trade-buyer-pay",
                        "%22pay_time%22%3A%222026-05-02+10%3A05%3A00%22",
                        "%22pay_time%22%3A%22%22"));
        assertEquals(time("2026-05-02T02:05:02Z"), order(YOUZAN_ORDER).at(Milestone.PLEDGED));
        assertEquals(Map.of(), store.touches);
    }

    private List<String> parcels(String key) {
        Order order = order(key);
        return order.facts().orElseThrow().parcels().stream().map(ParcelKey::toString).toList();
    }

    private static Optional<Instant> time(String iso) {
        return Optional.of(Instant.parse(iso));
    }
}
