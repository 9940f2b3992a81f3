package io.memberday.send;

import io.memberday.MovableClock;
import io.memberday.benefit.InMemoryCouponStore;
import io.memberday.campaign.InMemoryFunds;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.event.InMemoryEventBus;
import io.memberday.fault.Guards;
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
import io.memberday.touch.ServiceTouchStore;
import io.memberday.touch.TouchPlanner;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parcels of a shop whose one touchpoint calls a person for each that falls silent. */
final class SilentScene {
    private static final String SILENT = "silent-parcel";
    static final Instant SHIPPED = Instant.parse("2026-11-12T02:00:00Z");
    static final Duration DAY = Duration.ofDays(1);
    static final LocalDate FELL_SILENT = LocalDate.of(2026, 11, 13);

    final MovableClock clock = new MovableClock(SHIPPED);
    final InMemoryServiceTouches touches = new InMemoryServiceTouches();
    final InMemoryClaimStore members = new InMemoryClaimStore();
    final Map<OrderKey, OrderRow> orders = new HashMap<>();
    final InMemoryServiceTouchStore store =
            new InMemoryServiceTouchStore(
                    touches,
                    members,
                    orders,
                    new HashMap<>(),
                    new InMemoryFunds(),
                    _ -> {},
                    Guards.intact());
    private final Playbook playbook;

    /**
     * @param massDelay more silent parcels than these, of one carrier or place, are one delay
     */
    SilentScene(int massDelay) {
        playbook = playbook(massDelay);
    }

    /** Whose cases were opened, and for which day, in sequence. */
    List<String> told() {
        return store.activity().stream()
                .map(CareCase.class::cast)
                .map(
                        row ->
                                row.memberId()
                                        + " "
                                        + row.at().atZone(playbook.store().zone()).toLocalDate())
                .toList();
    }

    /** Who and what, sorted. */
    List<String> cases() {
        return store.activity().stream()
                .map(row -> row.memberId() + " " + row.item())
                .sorted()
                .toList();
    }

    ServiceTouch now(ServiceTouch touch) {
        return touches.find(touch.id()).orElseThrow();
    }

    void deliver(ServiceTouch touch) {
        sender(store, members)
                .send(touch.touchpoint(), touch.subject(), () -> Duration.ofMinutes(1));
    }

    /** A parcel that left a day and a minute ago and was seen no more, and its touch. */
    ServiceTouch silent(String number, String carrier, String city) {
        return silent(number, carrier, city, 0);
    }

    /** The same so many days later. */
    ServiceTouch silent(String number, String carrier, String city, int days) {
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

    Optional<ServiceTouch> planned(Order order, Parcel parcel) {
        return Optional.ofNullable(
                TouchPlanner.of(playbook)
                        .calledFor(order, Map.of(parcel.key(), parcel), "m" + parcel.key().number())
                        .get(ServiceTouch.id(SILENT, parcel.key().toString())));
    }

    TouchSender sender(ServiceTouchStore touchStore, ClaimStore claims) {
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

    static Order order(String number, String carrier, Map<Milestone, Instant> more) {
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
