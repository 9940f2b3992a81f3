package io.memberday.send;

import io.memberday.MovableClock;
import io.memberday.benefit.InMemoryCouponStore;
import io.memberday.campaign.InMemoryFunds;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.event.InMemoryEventBus;
import io.memberday.fault.Guards;
import io.memberday.member.Basket;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Profile;
import io.memberday.member.Purchase;
import io.memberday.member.Purchases;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.Pieces;
import io.memberday.message.SmsTemplate;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.order.Review;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Ending;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.touch.InMemoryClaimStore;
import io.memberday.touch.InMemoryPaceStore;
import io.memberday.touch.InMemoryServiceTouchStore;
import io.memberday.touch.InMemoryServiceTouches;
import io.memberday.touch.ServiceTouch;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A member of the sample shop, its first order, and what one touchpoint sends about it at noon. */
final class PromotionScene {
    /** Noon in Shanghai. */
    static final Instant NOON = Instant.parse("2026-05-08T04:00:00Z");

    static final YearMonth MAY = YearMonth.of(2026, 5);
    static final String ORDER = "memberday:shop:m001";

    final MovableClock clock = new MovableClock(NOON);
    final InMemoryServiceTouches touches = new InMemoryServiceTouches();
    final InMemoryClaimStore members = new InMemoryClaimStore();
    final InMemoryFunds money = new InMemoryFunds();
    final InMemoryServiceTouchStore store =
            new InMemoryServiceTouchStore(
                    touches,
                    members,
                    new HashMap<>(),
                    new HashMap<>(),
                    money,
                    _ -> {},
                    Guards.intact());
    final FakeProvider provider = new FakeProvider(new Random(1));
    private final Touchpoint touchpoint;
    private int nonces;

    /** With one touchpoint, and templates {@code gift} and {@code payment-reminder}. */
    PromotionScene(Touchpoint touchpoint) {
        this.touchpoint = touchpoint;
    }

    /** A promotion at a first purchase, unless something ends it before. */
    static Touchpoint gift(Set<Ending> endsWhen) {
        return touchpoint(Kind.MARKETING, Trigger.FIRST_PURCHASE, endsWhen, send("gift"));
    }

    /** A touchpoint whose text goes two days after at the latest. */
    static Touchpoint touchpoint(Kind kind, Trigger on, Set<Ending> endsWhen, List<Send> send) {
        return new Touchpoint(
                "gift",
                kind,
                on,
                Timing.after(Duration.ZERO),
                Duration.ofDays(2),
                0,
                new Terms(Optional.empty(), Optional.empty(), endsWhen, Terms.DAY),
                List.of(Branch.sending(send)));
    }

    static List<Send> send(String template) {
        return List.of(new Send(Channel.SMS, template));
    }

    /**
     * The member's first order, paid an hour ago, and a touch that is due and good for two days.
     */
    ServiceTouch bought() {
        return bought(Duration.ofDays(2));
    }

    /** The same with a touch that is good for another time. */
    ServiceTouch bought(Duration validFor) {
        return bought(Optional.empty(), validFor);
    }

    /** The same with a touch about a parcel. */
    ServiceTouch bought(ParcelKey parcel) {
        return bought(Optional.of(parcel.toString()), Duration.ofDays(2));
    }

    private ServiceTouch bought(Optional<String> parcel, Duration validFor) {
        ServiceTouch touch = planned(parcel, validFor);
        store.put(
                order(
                        true,
                        parcel.map(ParcelKey::of).stream().toList(),
                        Map.of(),
                        Optional.empty()));
        members.change(
                "m001",
                draft ->
                        draft.purchases(
                                Purchases.of(
                                        List.of(purchase(ORDER, NOON.minusSeconds(3_600), "sku")),
                                        Duration.ofDays(400))));
        return touch;
    }

    /** A touch of somebody who has bought nothing. */
    ServiceTouch planned(Duration validFor) {
        return planned(Optional.empty(), validFor);
    }

    private ServiceTouch planned(Optional<String> parcel, Duration validFor) {
        members.put(BatchScene.member("m001").change().purchases(Purchases.NONE).done());
        ServiceTouch touch =
                ServiceTouch.planned(
                        touchpoint.kind(),
                        touchpoint.id(),
                        parcel.orElse(ORDER),
                        "m001",
                        ORDER,
                        parcel,
                        NOON.minusSeconds(3_600),
                        new Timing.Due(NOON, NOON.plus(validFor)));
        touches.put(touch);
        return touch;
    }

    /** The member pays another order. */
    void buys(String order, Instant at, String product) {
        List<Purchase> all =
                new ArrayList<>(members.member("m001").orElseThrow().purchases().recent());
        all.add(purchase(order, at, product));
        members.change("m001", draft -> draft.purchases(Purchases.of(all, Duration.ofDays(400))));
    }

    private static Purchase purchase(String order, Instant at, String product) {
        return new Purchase(order, at, 12_800, new Basket(0, 0, List.of(), List.of(product)));
    }

    /** So many messages count against one of the member's caps already. */
    void counted(String counter, int messages) {
        members.change("m001", draft -> draft.counters(Map.of(counter, messages)));
    }

    void speaksEnglish() {
        members.change(
                "m001",
                draft ->
                        draft.profile(
                                members.member("m001")
                                        .orElseThrow()
                                        .profile()
                                        .with(Profile.Field.LANGUAGE, "en", NOON)));
    }

    /** The member's first order, as it is now. */
    static Order order(boolean paid, Map<String, Refund> refunds, Optional<Review> review) {
        return order(paid, List.of(), refunds, review);
    }

    /** The same, sent in parcels. */
    static Order order(
            boolean paid,
            List<ParcelKey> parcels,
            Map<String, Refund> refunds,
            Optional<Review> review) {
        Map<Milestone, Instant> times = new HashMap<>();
        times.put(Milestone.CREATED, NOON.minusSeconds(3_700));
        if (paid) {
            times.put(Milestone.PAID, NOON.minusSeconds(3_600));
        }
        Order order =
                new Order(
                        OrderKey.of(ORDER),
                        1,
                        Optional.of(
                                new OrderFacts(
                                        times,
                                        12_800,
                                        List.of(new Line("sku", "", 1, 12_800, "")),
                                        parcels)),
                        Map.of(),
                        refunds);
        return review.map(said -> order.join(Order.ofReview(order.key(), said, Optional.empty())))
                .orElse(order);
    }

    void deliver(ServiceTouch touch) {
        Playbook sample = SamplePlaybook.playbook();
        CompiledTemplates templates =
                new CompiledTemplates(
                        "zh",
                        List.of(
                                new SmsTemplate("gift", "zh", Pieces.parse("会员礼")),
                                new SmsTemplate("payment-reminder", "zh", Pieces.parse("未付"))));
        Playbook playbook =
                new Playbook(
                        sample.store(),
                        sample.ladder(),
                        sample.segments(),
                        List.of(),
                        List.of(touchpoint),
                        templates);
        Instant end = clock.instant().plus(Duration.ofMinutes(2));
        new TouchSender(
                        store,
                        members,
                        new Dispatch(
                                Map.of(Channel.SMS, provider),
                                new InMemoryPaceStore(),
                                1,
                                clock::advance,
                                clock),
                        new Halts(new InMemoryRunStore(), new InMemoryEventBus(), clock),
                        playbook,
                        new UnsubscribeLinks("https://api.sample.example", () -> List.of("key")),
                        InMemoryCouponStore.coupons(new InMemoryCouponStore()),
                        () -> "n" + nonces++,
                        clock)
                .send(
                        touch.touchpoint(),
                        touch.subject(),
                        () -> Duration.between(clock.instant(), end));
    }

    ServiceTouch now(ServiceTouch touch) {
        return touches.find(touch.id()).orElseThrow();
    }

    /** How a touch ended, and why. */
    String end(ServiceTouch touch) {
        return now(touch)
                .outcome()
                .map(outcome -> outcome.status().key() + " " + outcome.reason())
                .orElse("open");
    }
}
