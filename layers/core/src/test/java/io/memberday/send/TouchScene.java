package io.memberday.send;

import io.memberday.MovableClock;
import io.memberday.benefit.CouponStore;
import io.memberday.benefit.InMemoryCouponStore;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.event.InMemoryEventBus;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.message.Messenger;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.touch.ChannelStops;
import io.memberday.touch.ClaimStore;
import io.memberday.touch.InMemoryClaimStore;
import io.memberday.touch.InMemoryPaceStore;
import io.memberday.touch.InMemoryServiceTouchStore;
import io.memberday.touch.InMemoryServiceTouches;
import io.memberday.touch.Outcome;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouchStore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Unpaid orders at the sample shop, whose reminders are due an hour later. */
final class TouchScene {
    static final String REMINDER = "payment-reminder";
    static final Instant ORDERED = Instant.parse("2026-05-08T15:00:00Z");

    final MovableClock clock = new MovableClock(ORDERED.plus(Duration.ofHours(1)));
    final InMemoryEventBus bus = new InMemoryEventBus();
    final InMemoryServiceTouches touches = new InMemoryServiceTouches();
    final InMemoryClaimStore members = new InMemoryClaimStore();
    final InMemoryServiceTouchStore store = new InMemoryServiceTouchStore(touches, members);
    final InMemoryPaceStore paces = new InMemoryPaceStore();
    final FakeProvider provider;

    private final Playbook playbook;
    private final List<CouponIssued> before = new ArrayList<>();
    private final AtomicInteger nonces = new AtomicInteger();

    /** One that remembers what it has said, as a function's instance does. */
    private final Halts halts = new Halts(new InMemoryRunStore(), bus, clock);

    TouchScene(Random random) {
        this(random, SamplePlaybook.playbook());
    }

    /** The same with another shop. */
    TouchScene(Random random, Playbook playbook) {
        this.playbook = playbook;
        provider = new FakeProvider(random);
    }

    TouchSender sender() {
        return sender(store, members, provider, paces);
    }

    TouchSender sender(Simulation simulation) {
        return sender(
                simulation.port(ServiceTouchStore.class, store),
                simulation.port(ClaimStore.class, members),
                simulation.port(Messenger.class, provider),
                simulation.port(ChannelStops.class, paces));
    }

    private TouchSender sender(
            ServiceTouchStore touchStore, ClaimStore claims, Messenger sms, ChannelStops stops) {
        return new TouchSender(
                touchStore,
                claims,
                new Dispatch(Map.of(Channel.SMS, sms), stops, 1, clock::advance, clock),
                halts,
                playbook,
                new UnsubscribeLinks("https://api.sample.example", () -> List.of("key")),
                InMemoryCouponStore.coupons(new Issued()),
                () -> "n" + nonces.incrementAndGet(),
                clock);
    }

    /** Somebody was given a coupon before. */
    void gave(CouponIssued coupon) {
        before.add(coupon);
    }

    /** Every coupon that was given before or written with a claim, as often as it was written. */
    List<CouponIssued> issued() {
        return Stream.concat(
                        before.stream(),
                        store.activity().stream()
                                .filter(CouponIssued.class::isInstance)
                                .map(CouponIssued.class::cast))
                .toList();
    }

    /** What claims have written: nothing else writes coupons of touches. */
    private final class Issued implements CouponStore {
        @Override
        public List<CouponIssued> of(String memberId) {
            return issued().stream().filter(one -> one.memberId().equals(memberId)).toList();
        }

        @Override
        public void put(CouponIssued coupon) {
            throw new IllegalStateException("written beside its claim");
        }
    }

    /** A member with an unpaid order and the reminder that it calls for. */
    ServiceTouch unpaid(String memberId) {
        String order = "memberday:shop:" + memberId;
        members.put(BatchScene.member(memberId));
        store.put(order(order, Map.of(Milestone.CREATED, ORDERED)));
        Instant dueAt = ORDERED.plus(Duration.ofHours(1));
        ServiceTouch touch =
                ServiceTouch.planned(
                        Kind.SERVICE,
                        REMINDER,
                        order,
                        memberId,
                        order,
                        Optional.empty(),
                        ORDERED,
                        new Timing.Due(dueAt, dueAt.plus(Duration.ofHours(12))));
        touches.put(touch);
        return touch;
    }

    /** The order is paid; its reminder goes in the same transaction if nobody claimed it yet. */
    void pay(ServiceTouch touch) {
        store.put(
                order(
                        touch.order(),
                        Map.of(Milestone.CREATED, ORDERED, Milestone.PAID, clock.instant())));
        touches.find(touch.id())
                .filter(now -> now.state() == ServiceTouch.State.PLANNED)
                .ifPresent(now -> touches.remove(now.id()));
    }

    /** The order changes in a way that does not matter to its reminder. */
    void edit(ServiceTouch touch) {
        store.put(store.order(touch.order()).orElseThrow().order());
    }

    ServiceTouch now(ServiceTouch touch) {
        return touches.find(touch.id()).orElseThrow();
    }

    /** How a touch ended, why, and after how many attempts. */
    String end(ServiceTouch touch) {
        ServiceTouch now = now(touch);
        Outcome outcome = now.outcome().orElseThrow();
        return outcome.status().key() + " " + outcome.reason() + " " + now.attempts();
    }

    void deliver(ServiceTouch touch) {
        Instant end = clock.instant().plus(Duration.ofMinutes(2));
        sender().send(
                        touch.touchpoint(),
                        touch.subject(),
                        () -> Duration.between(clock.instant(), end));
    }

    private static Order order(String key, Map<Milestone, Instant> times) {
        return new Order(
                OrderKey.of(key),
                1,
                Optional.of(new OrderFacts(new EnumMap<>(times), 12_800, List.of(), List.of())),
                Map.of(),
                Map.of());
    }
}
