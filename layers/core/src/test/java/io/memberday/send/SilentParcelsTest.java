package io.memberday.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.MovableClock;
import io.memberday.benefit.InMemoryCouponStore;
import io.memberday.campaign.InMemoryFunds;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.event.InMemoryEventBus;
import io.memberday.fault.Guards;
import io.memberday.ingest.Activity;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.OrderRow;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.message.Messenger;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Logistics;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.InMemoryClaimStore;
import io.memberday.touch.InMemoryPaceStore;
import io.memberday.touch.InMemoryServiceTouchStore;
import io.memberday.touch.InMemoryServiceTouches;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;
import io.memberday.touch.ServiceTouchStore;
import io.memberday.touch.TouchPlanner;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Parcels of which nobody hears any more (R22), one by one and many at once. */
class SilentParcelsTest {
    private static final String SILENT = "silent-parcel";
    private static final Instant SHIPPED = Instant.parse("2026-11-12T02:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);
    private static final LocalDate FELL_SILENT = LocalDate.of(2026, 11, 13);
    private static final int WORLDS = 150;

    private final MovableClock clock = new MovableClock(SHIPPED);
    private final InMemoryServiceTouches touches = new InMemoryServiceTouches();
    private final InMemoryClaimStore members = new InMemoryClaimStore();
    private final Map<OrderKey, OrderRow> orders = new HashMap<>();
    private final InMemoryServiceTouchStore store =
            new InMemoryServiceTouchStore(
                    touches,
                    members,
                    orders,
                    new HashMap<>(),
                    new InMemoryFunds(),
                    _ -> {},
                    Guards.intact());
    private Playbook playbook = playbook(50);

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
        Optional<ServiceTouch> touch = planned(order("1", "sf", Map.of()), parcel);
        assertEquals(
                hours == 0 ? Optional.empty() : Optional.of(SHIPPED.plus(Duration.ofHours(hours))),
                touch.map(ServiceTouch::dueAt));
    }

    @Test
    void shouldWatchAParcelThatNobodyHasScannedFromItsDispatchOn() {
        Order order = order("1", "sf", Map.of(Milestone.SHIPPED, SHIPPED));
        Parcel unseen = Parcel.unseen(new ParcelKey("sf", "1"));
        assertEquals(SHIPPED.plus(DAY), planned(order, unseen).orElseThrow().dueAt());
        Order confirmed =
                order("1", "sf", Map.of(Milestone.SHIPPED, SHIPPED, Milestone.CONFIRMED, SHIPPED));
        assertEquals(Optional.empty(), planned(confirmed, unseen));
        assertEquals(Optional.empty(), planned(order("1", "sf", Map.of()), unseen));
    }

    @Test
    void shouldOpenOneCaseBeforeTheCustomerAsks() {
        ServiceTouch touch = silent("1", "sf", "");
        deliver(touch);
        deliver(touch);
        assertEquals(List.of("m1 case#silent-sf:1"), cases());
        assertEquals("call", now(touch).outcome().orElseThrow().reason());
    }

    @Test
    void shouldOpenTheCaseWhereTheOrderStandsWhoeverWasMergedSince() {
        ServiceTouch touch = silent("1", "sf", "");
        orders.computeIfPresent(
                OrderKey.of(touch.order()),
                (_, row) -> new OrderRow(row.order(), row.version(), Optional.of("m0"), 0, 0));
        deliver(touch);
        assertEquals(List.of("m0 case#silent-sf:1"), cases());
    }

    @Test
    void shouldLetAScanAMomentBeforeWin() {
        ServiceTouch touch = silent("1", "sf", "");
        Simulation simulation = new Simulation(new Random(1), clock);
        TouchSender sender = sender(simulation.port(ServiceTouchStore.class, store), members);
        simulation.start(
                Duration.ofMinutes(2),
                left -> sender.send(touch.touchpoint(), touch.subject(), left));
        int[] steps = {0};
        Instant scanned = clock.instant();
        simulation.run(
                () -> {
                    if (++steps[0] == 6) {
                        // The parcel has been read already, and nothing is written yet.
                        store.put(
                                Parcel.scanned(
                                        ParcelKey.of(touch.subject()),
                                        ParcelStatus.ARRIVED,
                                        scanned,
                                        ""));
                    }
                });
        assertEquals(List.of(), cases());
        assertEquals(State.PLANNED, now(touch).state());
        assertEquals(scanned.plus(DAY).getEpochSecond(), now(touch).dueAt().getEpochSecond());
    }

    @Test
    void shouldEndWithoutACaseWhereTheParcelArrivedAfterAll() {
        ServiceTouch touch = silent("1", "sf", "");
        store.put(Parcel.scanned(ParcelKey.of(touch.subject()), ParcelStatus.SIGNED, SHIPPED, ""));
        deliver(touch);
        assertEquals(List.of(), cases());
        assertEquals("signed", now(touch).outcome().orElseThrow().reason());
    }

    @Test
    void shouldReportFiveThousandSilentParcelsOfACarrierAsOne() {
        List<ServiceTouch> many = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            many.add(silent("9" + i, "sf", ""));
        }
        ServiceTouch other = silent("1", "yto", "");
        many.forEach(this::deliver);
        deliver(other);

        Map<String, Long> kinds =
                store.activity().stream()
                        .map(CareCase.class::cast)
                        .collect(Collectors.groupingBy(CareCase::kind, Collectors.counting()));
        assertEquals(Map.of("silent", 51L, "mass-delay", 1L), kinds);
        assertTrue(cases().contains("cases case#mass-delay-carrier:sf"));
        assertTrue(cases().contains("m1 case#silent-yto:1"), "another carrier's is its own");
        assertEquals(
                Map.of("call", 52L, "mass-delay", 4_949L),
                touches.all().stream()
                        .map(touch -> touch.outcome().orElseThrow().reason())
                        .collect(
                                Collectors.groupingBy(Function.identity(), Collectors.counting())));
    }

    @Test
    void shouldReportAPlaceWhereTheParcelsOfAllCarriersLieAsOne() {
        playbook = playbook(3);
        for (int i = 0; i < 10; i++) {
            deliver(silent("9" + i, "carrier" + i, "郑州市"));
        }
        deliver(silent("1", "carrier1", "杭州市"));
        assertEquals(
                List.of(
                        "cases case#mass-delay-city:郑州市",
                        "m1 case#silent-carrier1:1",
                        "m90 case#silent-carrier0:90",
                        "m91 case#silent-carrier1:91",
                        "m92 case#silent-carrier2:92"),
                cases());
    }

    @Test
    void shouldTellADelayOnceWhileItGoesOnAndAnewWhenItBeginsAgain() {
        // Given more than three on three days, then two days with few, then many again
        playbook = playbook(3);
        int[] perDay = {5, 9, 4, 2, 2, 6};
        for (int day = 0; day < perDay.length; day++) {
            for (int i = 0; i < perDay[day]; i++) {
                deliver(silent(day + "9" + i, "sf", "", day));
            }
        }

        // Then three each of the days on which it was not known yet, and it is told twice
        assertEquals(
                List.of(
                        "m090 2026-11-13",
                        "m091 2026-11-13",
                        "m092 2026-11-13",
                        "cases 2026-11-13",
                        // The day after the last of many still belongs to them.
                        "m490 2026-11-17",
                        "m491 2026-11-17",
                        "m590 2026-11-18",
                        "m591 2026-11-18",
                        "m592 2026-11-18",
                        "cases 2026-11-18"),
                told());
        assertEquals(
                Set.of("case#mass-delay-carrier:sf"),
                store.activity().stream()
                        .filter(row -> row.memberId().equals(CareCase.NOBODY))
                        .map(Activity::item)
                        .collect(Collectors.toSet()));
    }

    @Test
    void shouldTellOneDelayOnceWhereAllLieWithOneCarrierInOneCity() {
        playbook = playbook(3);
        for (int i = 0; i < 10; i++) {
            deliver(silent("9" + i, "sf", "郑州市"));
        }
        // Another carrier's in the same city belong to it, but not this one's elsewhere
        deliver(silent("1", "yto", "郑州市"));
        deliver(silent("2", "yto", "杭州市"));

        List<CareCase> delays =
                store.activity().stream()
                        .map(CareCase.class::cast)
                        .filter(row -> row.kind().equals("mass-delay"))
                        .toList();
        assertEquals(List.of("carrier:sf"), delays.stream().map(CareCase::subject).toList());
        assertTrue(
                delays.getFirst()
                        .reason()
                        .startsWith(
                                "more than 3 parcels of carrier sf and of those last seen in 郑州市"
                                        + " fell silent on 2026-11-13"));
        assertEquals(List.of("m2 2026-11-13"), told().subList(4, 5));
        assertEquals(5, told().size());
    }

    @Test
    void shouldTellEachDelayOnceWhateverTheDaysAreLikeAndWhoeverIsKilled() {
        for (long seed = 1; seed <= WORLDS / 3; seed++) {
            new SilentParcelsTest().playDays(seed);
        }
    }

    private void playDays(long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(3);
        playbook = playbook(most);
        Simulation simulation = new Simulation(random, clock);
        simulation.faults(random.nextDouble() * 0.05, random.nextDouble() * 0.2);
        List<String> expected = new ArrayList<>();
        boolean delayed = false;
        for (int day = 0; day < 2 + random.nextInt(6); day++) {
            int many = random.nextInt(2 * most + 2);
            List<ServiceTouch> silent = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                silent.add(silent(day + "9" + i, "sf", "", day));
            }
            LocalDate date = FELL_SILENT.plusDays(day);
            if (!delayed) {
                Stream.generate(() -> "m " + date)
                        .limit(Math.min(most, many))
                        .forEach(expected::add);
                if (many > most) {
                    expected.add("cases " + date);
                }
            }
            delayed = many > most;
            TouchSender sender =
                    sender(
                            simulation.port(ServiceTouchStore.class, store),
                            simulation.port(ClaimStore.class, members));
            for (ServiceTouch touch : silent) {
                simulation.start(
                        Duration.ofMinutes(2),
                        left -> sender.send(touch.touchpoint(), touch.subject(), left));
            }
            simulation.run(() -> {});
            silent.forEach(this::deliver);
        }
        String world = "seed " + seed;
        assertEquals(
                expected,
                told().stream().map(told -> told.replaceAll("^m\\d+", "m")).toList(),
                world);
        assertTrue(touches.all().stream().allMatch(one -> one.state() == State.ENDED), world);
    }

    /** Whose cases were opened, and for which day, in sequence. */
    private List<String> told() {
        return store.activity().stream()
                .map(CareCase.class::cast)
                .map(
                        row ->
                                row.memberId()
                                        + " "
                                        + row.at().atZone(playbook.store().zone()).toLocalDate())
                .toList();
    }

    @Test
    void shouldCountEachOnceWhoeverIsKilledOrRepeatsItself() {
        for (long seed = 1; seed <= WORLDS; seed++) {
            new SilentParcelsTest().play(seed);
        }
    }

    private void play(long seed) {
        Random random = new Random(seed);
        int most = 1 + random.nextInt(4);
        int many = 1 + random.nextInt(9);
        playbook = playbook(most);
        List<ServiceTouch> silent = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            silent.add(silent("9" + i, "sf", ""));
        }
        Simulation simulation = new Simulation(random, clock);
        simulation.faults(random.nextDouble() * 0.1, random.nextDouble() * 0.2);
        TouchSender sender =
                sender(
                        simulation.port(ServiceTouchStore.class, store),
                        simulation.port(ClaimStore.class, members));
        for (int round = 0; round < 4; round++) {
            for (ServiceTouch touch : silent) {
                simulation.start(
                        Duration.ofMinutes(2),
                        left -> sender.send(touch.touchpoint(), touch.subject(), left));
            }
            simulation.run(() -> {});
        }
        silent.forEach(this::deliver);

        Map<String, Long> kinds = new TreeMap<>();
        store.activity().forEach(row -> kinds.merge(((CareCase) row).kind(), 1L, Long::sum));
        String world = "seed " + seed + " " + kinds;
        assertEquals(Math.min(most, many), kinds.getOrDefault("silent", 0L), world);
        assertEquals(many > most ? 1 : 0, kinds.getOrDefault("mass-delay", 0L), world);
        assertEquals(Math.min(most + 1, many), store.count("carrier:sf@2026-11-13").value(), world);
        assertTrue(touches.all().stream().allMatch(one -> one.state() == State.ENDED), world);
    }

    /** Who and what, sorted. */
    private List<String> cases() {
        return store.activity().stream()
                .map(row -> row.memberId() + " " + row.item())
                .sorted()
                .toList();
    }

    private ServiceTouch now(ServiceTouch touch) {
        return touches.find(touch.id()).orElseThrow();
    }

    private void deliver(ServiceTouch touch) {
        sender(store, members)
                .send(touch.touchpoint(), touch.subject(), () -> Duration.ofMinutes(1));
    }

    /** A parcel that left a day and a minute ago and was seen no more, and its touch. */
    private ServiceTouch silent(String number, String carrier, String city) {
        return silent(number, carrier, city, 0);
    }

    /** The same so many days later. */
    private ServiceTouch silent(String number, String carrier, String city, int days) {
        Instant shipped = SHIPPED.plus(DAY.multipliedBy(days));
        clock.set(shipped.plus(DAY).plusSeconds(60));
        Order order = order(number, carrier, Map.of());
        Parcel parcel =
                Parcel.scanned(new ParcelKey(carrier, number), ParcelStatus.SHIPPED, shipped, city);
        members.put(BatchScene.member("m" + number));
        store.put(order);
        store.put(parcel);
        ServiceTouch touch = planned(order, parcel).orElseThrow();
        touches.put(touch);
        return touch;
    }

    private Optional<ServiceTouch> planned(Order order, Parcel parcel) {
        return Optional.ofNullable(
                TouchPlanner.of(playbook)
                        .calledFor(order, Map.of(parcel.key(), parcel), "m" + parcel.key().number())
                        .get(ServiceTouch.id(SILENT, parcel.key().toString())));
    }

    private TouchSender sender(ServiceTouchStore touchStore, ClaimStore claims) {
        Messenger nobody =
                _ -> {
                    throw new AssertionError("a silent parcel sends nothing");
                };
        return new TouchSender(
                touchStore,
                claims,
                new Dispatch(
                        Map.of(Channel.SMS, nobody),
                        new InMemoryPaceStore(),
                        1,
                        clock::advance,
                        clock),
                new Halts(new InMemoryRunStore(), new InMemoryEventBus(), clock),
                playbook,
                new UnsubscribeLinks("https://api.sample.example", () -> List.of("key")),
                InMemoryCouponStore.coupons(new InMemoryCouponStore()),
                () -> "n",
                clock);
    }

    private static Order order(String number, String carrier, Map<Milestone, Instant> more) {
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        times.put(Milestone.CREATED, SHIPPED.minus(DAY));
        times.put(Milestone.PAID, SHIPPED.minus(DAY));
        times.putAll(more);
        return new Order(
                new OrderKey("memberday", "shop", number),
                1,
                Optional.of(
                        new OrderFacts(
                                times, 12_800, List.of(), List.of(new ParcelKey(carrier, number)))),
                Map.of(),
                Map.of());
    }

    private static Playbook playbook(int massDelay) {
        Playbook sample = SamplePlaybook.playbook();
        return new Playbook(
                SamplePlaybook.store(new Logistics(Map.of(), Logistics.USUAL.silent(), massDelay)),
                sample.ladder(),
                sample.segments(),
                sample.campaigns(),
                List.of(
                        new Touchpoint(
                                SILENT,
                                Kind.SERVICE,
                                Trigger.PARCEL_SILENT,
                                Timing.after(Duration.ZERO),
                                Duration.ofDays(3),
                                0,
                                Terms.NONE,
                                List.of(
                                        new Branch(
                                                Optional.empty(),
                                                List.of(),
                                                Optional.of("silent"))))),
                sample.templates());
    }
}
