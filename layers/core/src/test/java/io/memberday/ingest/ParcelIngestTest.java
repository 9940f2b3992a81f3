package io.memberday.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.ingest.Activity.CareCase;
import io.memberday.member.Consents;
import io.memberday.member.Identity;
import io.memberday.member.MemberIds;
import io.memberday.member.Profile;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.ServiceTouch;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

class ParcelIngestTest {
    static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final Playbook PLAYBOOK = playbook();
    private static final int DAYS = 300;
    private static final Kuaidi100Parcels KUAIDI = new Kuaidi100Parcels(PLAYBOOK.store());
    private static final List<String> CODES =
            List.of("1", "0", "1002", "1001", "5", "501", "3", "304", "2", "4", "99", "");

    private final InMemoryIngestStore store = new InMemoryIngestStore();

    @Test
    void shouldTellOfEachStatusOnce() {
        orders(store).take(order("1", 0, "SF1"));
        for (int repeat = 0; repeat < 3; repeat++) {
            parcels(store).take(scan("SF1", ParcelStatus.ARRIVED, 10));
            parcels(store).take(scan("SF1", ParcelStatus.SHIPPED, 30));
            parcels(store).take(scan("SF1", ParcelStatus.ARRIVED, 12));
        }
        assertEquals(
                Set.of("parcel_arrived#sf:SF1", "parcel_shipped#sf:SF1", "parcel_silent#sf:SF1"),
                store.touches.keySet());
        assertEquals(
                NOW.minus(Duration.ofMinutes(12)).plusSeconds(600),
                store.touches.get("parcel_arrived#sf:SF1").dueAt());
        assertEquals(
                NOW.minus(Duration.ofMinutes(12)),
                store.parcels
                        .get(new ParcelKey("sf", "SF1"))
                        .parcel()
                        .at(ParcelStatus.ARRIVED)
                        .orElseThrow());
    }

    @Test
    void shouldKeepAParcelThatComesBeforeItsOrder() {
        parcels(store).take(scan("SF1", ParcelStatus.SIGNED, 10));
        assertEquals(Map.of(), store.touches);
        orders(store).take(order("1", 0, "SF1"));
        assertEquals(
                Set.of("order_signed#memberday:main:1", "parcel_signed#sf:SF1"),
                store.touches.keySet());
    }

    @Test
    void shouldTakeEveryOrderOfAShopThatTypesOneNumberWhereThereIsNoParcel() {
        OrderIngest shop = orders(store);
        for (int number = 10; number < 10 + 3 * Parcel.MOST_ORDERS; number++) {
            shop.take(order("" + number, number, "0"));
        }
        ParcelRow row = store.parcels.get(new ParcelKey("sf", "0"));
        assertEquals(Parcel.MOST_ORDERS, row.parcel().orders().size());
        assertTrue(row.parcel().orders().contains("memberday:main:10"));
        assertEquals(Parcel.MOST_ORDERS, row.version());
        assertEquals(3 * Parcel.MOST_ORDERS, store.orders.size());

        parcels(store).take(scan("0", ParcelStatus.SIGNED, 10));
        assertTrue(store.touches.containsKey("order_signed#memberday:main:10"));
    }

    @Test
    void shouldOpenACareCaseForAParcelInTroubleWhoeverComesFirst() {
        parcels(store).take(scan("SF1", ParcelStatus.EXCEPTION, 10));
        orders(store).take(order("1", 0, "SF1"));
        orders(store).take(order("2", 1, "SF2"));
        parcels(store).take(scan("SF2", ParcelStatus.EXCEPTION, 10));
        assertEquals(
                List.of("case#parcel-sf:SF1", "case#parcel-sf:SF2"),
                store.activity.values().stream()
                        .filter(CareCase.class::isInstance)
                        .map(Activity::item)
                        .sorted()
                        .toList());
    }

    @Test
    void shouldTellNothingThatIsPastItsTime() {
        orders(store).take(order("1", 0, "SF1"));
        parcels(store).take(scan("SF1", ParcelStatus.SIGNED, 60 * 24 * 7));
        assertEquals(Map.of(), store.touches);
        assertEquals(1, store.parcels.get(new ParcelKey("sf", "SF1")).parcel().statuses().size());
    }

    @Test
    void shouldTakeBackASignatureThatTheCarrierTakesBack() {
        orders(store).take(order("1", 0, "SF1", "SF2"));
        parcels(store).take(scan("SF1", ParcelStatus.SIGNED, 10));
        parcels(store).take(scan("SF2", ParcelStatus.SIGNED, 10));
        String order = "order_signed#memberday:main:1";
        assertEquals(
                Set.of(order, "parcel_signed#sf:SF1", "parcel_signed#sf:SF2"),
                store.touches.keySet());
        parcels(store).take(scan("SF1", ParcelStatus.IN_TRANSIT, 5));
        parcels(store).take(scan("SF2", ParcelStatus.IN_TRANSIT, 30));
        assertEquals(
                Set.of(order, "parcel_signed#sf:SF2", "parcel_silent#sf:SF1"),
                store.touches.keySet());
        assertEquals(NOW.minus(Duration.ofMinutes(10)), store.touches.get(order).since());
        parcels(store).take(scan("SF1", ParcelStatus.SIGNED, 1));
        assertEquals(
                Set.of(order, "parcel_signed#sf:SF1", "parcel_signed#sf:SF2"),
                store.touches.keySet());
    }

    @Test
    void shouldNotThankForGoodsThatWentBack() {
        orders(store).take(order("1", 0, "SF1"));
        parcels(store).take(scan("SF1", ParcelStatus.SIGNED, 10));
        parcels(store).take(scan("SF1", ParcelStatus.RETURNED, 40));
        assertEquals(Set.of("parcel_exception#sf:SF1"), store.touches.keySet());
        assertEquals(List.of("case#parcel-sf:SF1"), cases(store));
    }

    @Test
    void shouldLeaveATouchThatIsBeingSentToItsSender() {
        orders(store).take(order("1", 0, "SF1"));
        parcels(store).take(scan("SF1", ParcelStatus.SIGNED, 10));
        String id = "parcel_signed#sf:SF1";
        store.touches.computeIfPresent(
                id, (_, touch) -> touch.claimed(new ServiceTouch.Owner("n", NOW.plusSeconds(60))));
        parcels(store).take(scan("SF1", ParcelStatus.IN_TRANSIT, 5));
        assertEquals(ServiceTouch.State.CLAIMED, store.touches.get(id).state());
    }

    @Test
    void shouldWriteNothingForARepeatedScan() {
        assertTrue(parcels(store).take(scan("SF1", ParcelStatus.SIGNED, 10)));
        int commits = store.commits;
        assertFalse(parcels(store).take(scan("SF1", ParcelStatus.SIGNED, 10)));
        assertEquals(commits, store.commits);
    }

    @Test
    void shouldTellOnceOfAnOrderInTwoParcelsAfterTheLastWasSignedForWhoeverComesFirst() {
        List<Object> told =
                List.of(
                        order("1", 0, "SF1", "SF2", "SF3"),
                        scan("SF1", ParcelStatus.SIGNED, 30),
                        scan("SF2", ParcelStatus.SIGNED, 10),
                        scan("SF3", ParcelStatus.ARRIVED, 5));
        for (int first = 0; first < told.size(); first++) {
            List<Object> turned = new ArrayList<>(told);
            Collections.rotate(turned, first);
            for (List<Object> day : List.of(turned, turned.reversed())) {
                InMemoryIngestStore rows = replay(day);
                List<ServiceTouch> signed =
                        rows.touches.values().stream()
                                .filter(touch -> touch.touchpoint().equals("order_signed"))
                                .toList();
                assertEquals(1, signed.size());
                assertEquals("memberday:main:1", signed.getFirst().subject());
                assertEquals(NOW.minus(Duration.ofMinutes(10)), signed.getFirst().since());
            }
        }
    }

    @Test
    void shouldEndTheSameWhateverTheSequenceOfOrdersAndScans() {
        int told = 0;
        for (long seed = 0; seed < DAYS; seed++) {
            Random random = new Random(seed);
            List<Object> day = day(random);
            InMemoryIngestStore ordered = replay(day);
            told += ordered.touches.size();
            day.addAll(day);
            Collections.shuffle(day, random);
            InMemoryIngestStore shuffled = replay(day);
            assertEquals(Dump.of(ordered), Dump.of(shuffled), "seed " + seed);
            assertEquals(cases(ordered), cases(shuffled), "seed " + seed);
        }
        assertTrue(told > DAYS, "the days must call for messages to prove anything: " + told);
    }

    @Test
    void shouldEndTheSameHoweverACarrierCutsRepeatsAndCorrectsItsHistory() {
        int told = 0;
        for (long seed = 0; seed < DAYS; seed++) {
            Random random = new Random(seed);
            List<Object> pushes = new ArrayList<>();
            // The storefront tells of the parcel's number, perhaps a wrong one first.
            pushes.add(storefront(seed, random.nextBoolean() ? "SF1" : "SF0", 0));
            pushes.add(storefront(seed, "SF1", 1));
            List<String> history = new ArrayList<>();
            for (int scans = 2 + random.nextInt(8); scans > 0; scans--) {
                if (random.nextInt(5) == 0 && !history.isEmpty()) {
                    history.remove(random.nextInt(history.size()));
                }
                history.add(
                        random.nextInt(history.size() + 1),
                        CarrierFeedsTest.scan(
                                LocalDateTime.ofInstant(
                                                NOW.minusSeconds(random.nextInt(250_000)),
                                                PLAYBOOK.store().zone())
                                        .toString()
                                        .replace('T', ' '),
                                CODES.get(random.nextInt(CODES.size()))));
                // The state of the whole is that of the newest scan, or is told without any.
                pushes.addAll(
                        KUAIDI.read(
                                CarrierFeedsTest.kuaidi(
                                        CODES.get(random.nextInt(CODES.size())),
                                        history.toArray(String[]::new)),
                                NOW));
            }
            InMemoryIngestStore ordered = replay(pushes);
            told += ordered.touches.size();
            pushes.addAll(List.copyOf(pushes));
            Collections.shuffle(pushes, random);
            InMemoryIngestStore shuffled = replay(pushes);
            assertEquals(Dump.of(ordered), Dump.of(shuffled), "seed " + seed);
            assertEquals(cases(ordered), cases(shuffled), "seed " + seed);
        }
        assertTrue(told > DAYS, "the histories must call for messages to prove anything: " + told);
    }

    /** WooCommerce or Youzan tells of an order with one parcel. */
    private static OrderEvent storefront(long seed, String number, int minute) {
        return seed % 2 == 0
                ? new WooOrders(PLAYBOOK.store())
                        .read(
                                "order.updated",
                                "https://tea.example.com",
                                """
                                {"id": 1, "status": "processing", "currency": "CNY", "total": "200.00",
                                 "date_created_gmt": "2026-05-05T00:00:00", "line_items": [], "customer_id": 7,
                                 "date_modified_gmt": "2026-05-05T00:0%d:00", "date_paid_gmt": "2026-05-05T00:00:00",
                                 "meta_data": [{"key": "_wc_shipment_tracking_items", "value":
                                   [{"tracking_provider": "sf-express", "tracking_number": "%s"}]}]}
                                """
                                        .formatted(minute, number),
                                NOW)
                        .orElseThrow()
                : new YouzanOrders(PLAYBOOK.store())
                        .read(
                                """
                                {"type": "trade_TradeSellerShip", "kdt_id": 7, "version": 1777940000, "msg":
                                 {"full_order_info": {"order_info": {"tid": "E1", "status": "WAIT_BUYER_CONFIRM_GOODS",
                                   "created": "2026-05-05 08:00:00", "update_time": "2026-05-05 08:0%d:00",
                                   "pay_time": "2026-05-05 08:00:00"},
                                  "pay_info": {"payment": "200.00"}, "buyer_info": {"buyer_id": 7}},
                                  "delivery_order": [{"dists": [{"express_info": {"express_id": 7, "express_no": "%s"}}]}]}}
                                """
                                        .formatted(minute, number),
                                NOW)
                        .orElseThrow();
    }

    private static List<Object> day(Random random) {
        List<Object> day = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            String parcel = "SF" + number;
            day.add(order(String.valueOf(number), random.nextInt(2), parcel));
            for (ParcelStatus status : ParcelStatus.values()) {
                for (int times = random.nextInt(3); times > 0; times--) {
                    // Some are past their time already.
                    day.add(scan(parcel, status, 1 + random.nextInt(4000)));
                }
            }
        }
        return day;
    }

    private static InMemoryIngestStore replay(List<Object> day) {
        InMemoryIngestStore rows = new InMemoryIngestStore();
        OrderIngest orders = orders(rows);
        ParcelIngest parcels = parcels(rows);
        for (Object event : day) {
            if (event instanceof Parcel parcel) {
                parcels.take(parcel);
            } else {
                orders.take((OrderEvent) event);
            }
        }
        return rows;
    }

    private static List<String> cases(InMemoryIngestStore rows) {
        return rows.activity.values().stream()
                .filter(CareCase.class::isInstance)
                .map(Activity::item)
                .sorted()
                .toList();
    }

    static Parcel scan(String number, ParcelStatus status, int minutesAgo) {
        Instant at = NOW.minus(Duration.ofMinutes(minutesAgo));
        return Parcel.scanned(new ParcelKey("sf", number), status, at, "杭州市");
    }

    static OrderEvent order(String number, int buyer, String... parcels) {
        return new OrderEvent(
                NOW,
                Optional.of(
                        new Order(
                                new OrderKey("memberday", "main", number),
                                1,
                                Optional.of(
                                        new OrderFacts(
                                                Map.of(
                                                        Milestone.CREATED, NOW,
                                                        Milestone.PAID, NOW),
                                                20_000,
                                                List.of(),
                                                Arrays.stream(parcels)
                                                        .map(it -> new ParcelKey("sf", it))
                                                        .toList())),
                                Map.of(),
                                Map.of())),
                new Buyer(
                        List.of(Identity.account("memberday", "main", "b" + buyer)),
                        List.of(),
                        Profile.EMPTY,
                        Consents.UNKNOWN));
    }

    static OrderIngest orders(InMemoryIngestStore rows) {
        return new OrderIngest(
                rows, PLAYBOOK, CLOCK, new MemberIds(new Random(8)), _ -> {}, new Random(8));
    }

    static ParcelIngest parcels(ParcelStore rows) {
        return new ParcelIngest(rows, PLAYBOOK, CLOCK, _ -> {}, new Random(8));
    }

    /** The sample's, with a touchpoint for every status that has one. */
    private static Playbook playbook() {
        Playbook sample = SamplePlaybook.playbook();
        List<Touchpoint> touchpoints = new ArrayList<>(sample.touchpoints());
        for (Trigger trigger : Trigger.values()) {
            if (trigger.isOfParcel() || trigger == Trigger.ORDER_SIGNED) {
                touchpoints.add(
                        SamplePlaybook.touchpoint(
                                trigger.name().toLowerCase(Locale.ROOT),
                                trigger,
                                Duration.ofMinutes(10),
                                Duration.ofDays(2),
                                0));
            }
        }
        return new Playbook(
                sample.store(),
                sample.ladder(),
                sample.segments(),
                sample.campaigns(),
                touchpoints,
                sample.templates());
    }
}
