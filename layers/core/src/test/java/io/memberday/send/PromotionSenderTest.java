package io.memberday.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.MovableClock;
import io.memberday.benefit.InMemoryCouponStore;
import io.memberday.campaign.Funds;
import io.memberday.campaign.InMemoryFunds;
import io.memberday.campaign.InMemoryRunStore;
import io.memberday.event.InMemoryEventBus;
import io.memberday.fault.Guards;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.member.Basket;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Kind;
import io.memberday.member.Member;
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
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Campaign.Send;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Timing;
import io.memberday.playbook.Timing.Due;
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

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** What follows a purchase: promotions, endings, branches, and persons in place of messages. */
class PromotionSenderTest {
    /** Noon in Shanghai. */
    private static final Instant NOON = Instant.parse("2026-05-08T04:00:00Z");

    private static final YearMonth MAY = YearMonth.of(2026, 5);
    private static final String ORDER = "memberday:shop:m001";
    private static final ParcelKey PARCEL = new ParcelKey("sf", "SF1");
    private static final Terms TERMS = Terms.NONE;

    private final MovableClock clock = new MovableClock(NOON);
    private final InMemoryServiceTouches touches = new InMemoryServiceTouches();
    private final InMemoryClaimStore members = new InMemoryClaimStore();
    private final InMemoryFunds money = new InMemoryFunds();
    private final InMemoryServiceTouchStore store =
            new InMemoryServiceTouchStore(
                    touches, members, new HashMap<>(), new HashMap<>(), money, Guards.intact());
    private final FakeProvider provider = new FakeProvider(new Random(1));
    private int nonces;

    @Test
    void shouldSendAPromotionOnceWithOptOutWordsUnderItsClaimCountersAndMoney() {
        Touchpoint gift = gift(Set.of());
        ServiceTouch touch = bought(gift);

        deliver(gift, touch);
        deliver(gift, touch);

        assertEquals("sent ", end(touch));
        assertEquals(
                List.of("会员礼拒收请回复R【样店】"),
                provider.envelopes().stream().map(sent -> sent.body().text()).toList());
        assertEquals(Kind.MARKETING, provider.envelopes().getFirst().kind());
        Member member = members.member("m001").orElseThrow();
        assertEquals(1, member.counters().get("sms.d20260508"));
        assertTrue(member.claims().containsKey(touch.id()));
        assertEquals(new Funds(Optional.empty(), 50_000, 50_000), money.month(MAY, none()));
    }

    @Test
    void shouldNeverRepeatAPromotionOfWhichNobodyKnowsAndCountItsMoneyAsSpent() {
        Touchpoint gift = gift(Set.of());
        ServiceTouch touch = bought(gift);
        provider.faults(1, 0, 0);

        deliver(gift, touch);
        clock.advance(Duration.ofMinutes(10));
        deliver(gift, touch);

        assertEquals("unknown timeout", end(touch));
        assertEquals(1, now(touch).attempts());
        assertEquals(new Funds(Optional.empty(), 50_000, 50_000), money.month(MAY, none()));
    }

    @Test
    void shouldTakeEverythingBackWhileTheProviderTakesNoMore() {
        Touchpoint gift = gift(Set.of());
        ServiceTouch touch = bought(gift);
        provider.halt(Optional.of("paused"));

        deliver(gift, touch);

        Member member = members.member("m001").orElseThrow();
        assertEquals(0, member.counters().get("sms.d20260508"));
        assertEquals(Map.of(), member.claims());
        assertEquals(new Funds(Optional.empty(), 0, 0), money.month(MAY, none()));
        assertEquals(ServiceTouch.State.PLANNED, now(touch).state());

        provider.halt(Optional.empty());
        deliver(gift, touch);
        assertEquals("sent ", end(touch));
    }

    @Test
    void shouldWaitForTheMorningOnItsMembersClock() {
        Touchpoint gift = gift(Set.of());
        ServiceTouch touch = bought(gift);
        clock.advance(Duration.ofHours(11));

        // When it is eleven at night
        deliver(gift, touch);

        // Then it is due at eight, spread as all are that wait for the same morning
        Instant eight = Instant.parse("2026-05-09T00:00:00Z");
        assertEquals(
                new Due(eight, touch.validUntil()).spread(touch.id()).at(), now(touch).dueAt());
        assertFalse(now(touch).dueAt().isBefore(eight));
        assertEquals(Optional.of(SamplePlaybook.store().zone()), now(touch).zone());
        clock.advance(Duration.ofHours(9));
        deliver(gift, touch);
        assertEquals("sent ", end(touch));
    }

    @Test
    void shouldEndAPromotionThatWouldBeTooLateAfterTheQuietHours() {
        Touchpoint gift = gift(Set.of());
        ServiceTouch touch = bought(gift, Duration.ofHours(16));
        clock.advance(Duration.ofHours(11));

        deliver(gift, touch);

        assertEquals("suppressed quiet-hours", end(touch));
    }

    @Test
    void shouldEndAPromotionWithoutConsentOrAboveTheCapsOrWithoutMoney() {
        Touchpoint gift = gift(Set.of());
        ServiceTouch refused = bought(gift);
        Consent no = new Consent(false, true, NOON);
        members.change(
                "m001",
                draft -> draft.consents(Consents.UNKNOWN.with(Channel.SMS, Kind.MARKETING, no)));
        deliver(gift, refused);
        assertEquals("suppressed consent", end(refused));

        ServiceTouch capped = bought(gift, Duration.ofHours(23));
        members.change("m001", draft -> draft.counters(Map.of("sms.d20260508", 1)));
        deliver(gift, capped);
        assertEquals("suppressed cap", end(capped));

        ServiceTouch poor = bought(gift);
        members.change("m001", draft -> draft.counters(Map.of()));
        money.pay(MAY, 10_000_000_000L - 49_999, 10_000_000_000L - 49_999);
        deliver(gift, poor);
        assertEquals("suppressed budget", end(poor));
        assertEquals(List.of(), provider.accepted());
    }

    @Test
    void shouldSendAPromotionThatTheDaysCapDidNotLetThroughAtTheSameHourOfTheNextDay() {
        Touchpoint gift = gift(Set.of(Ending.REPURCHASED));
        ServiceTouch touch = bought(gift);
        members.change("m001", draft -> draft.counters(Map.of("sms.d20260508", 1)));

        deliver(gift, touch);

        assertEquals("open", end(touch));
        assertEquals(NOON.plus(Duration.ofDays(1)), now(touch).dueAt());
        assertEquals(touch.validUntil(), now(touch).validUntil());
        clock.advance(Duration.ofDays(1));
        deliver(gift, touch);
        assertEquals("sent ", end(touch));
    }

    @Test
    void shouldEndAPromotionForWhichNoDayHadRoomWhileItWouldHaveHelped() {
        Touchpoint gift = gift(Set.of());
        ServiceTouch touch = bought(gift);
        members.change("m001", draft -> draft.counters(Map.of("sms.w2026-19", 3)));

        deliver(gift, touch);
        clock.advance(Duration.ofDays(1));
        deliver(gift, touch);
        assertEquals("open", end(touch));
        clock.advance(Duration.ofDays(1));
        deliver(gift, touch);

        assertEquals("suppressed cap", end(touch));
        assertEquals(List.of(), provider.accepted());
    }

    @Test
    void shouldLeaveAPromotionForLaterWhileOthersHoldTheMonthsMoney() {
        Touchpoint gift = gift(Set.of());
        ServiceTouch touch = bought(gift);
        money.pay(MAY, 10_000_000_000L, 0);

        deliver(gift, touch);

        assertEquals(NOON.plus(Duration.ofMinutes(5)), now(touch).dueAt());
        assertEquals(touch.validUntil(), now(touch).validUntil());
    }

    @Test
    void shouldEndAsUnknownWhatADeadSenderClaimed() {
        Touchpoint gift = gift(Set.of());
        ServiceTouch touch = bought(gift);
        ServiceTouch.Lease lease = new ServiceTouch.Lease(MAY, 50_000);
        money.pay(MAY, 50_000, 0);
        touches.put(
                touch.claimed(
                        new ServiceTouch.Owner("dead", NOON.minusSeconds(1), Optional.of(lease))));

        deliver(gift, touch);

        assertEquals("unknown claim", end(touch));
        assertEquals(new Funds(Optional.empty(), 50_000, 50_000), money.month(MAY, none()));
        assertEquals(List.of(), provider.accepted());
    }

    @Test
    void shouldEndTheRemainingIncentivesWithARepurchaseARefundOrAReview() {
        Touchpoint gift = gift(Set.of(Ending.REPURCHASED, Ending.REFUNDED, Ending.REVIEWED));

        ServiceTouch again = bought(gift);
        buys("memberday:shop:later", NOON.minusSeconds(60), "other");
        deliver(gift, again);
        assertEquals("suppressed repurchased", end(again));

        ServiceTouch refunded = bought(gift);
        store.put(order(true, Map.of("r", new Refund(100, NOON)), Optional.empty()));
        deliver(gift, refunded);
        assertEquals("suppressed refunded", end(refunded));

        ServiceTouch reviewed = bought(gift);
        store.put(order(true, Map.of(), Optional.of(new Review("r1", 5, NOON))));
        deliver(gift, reviewed);
        assertEquals("suppressed reviewed", end(reviewed));
    }

    @Test
    void shouldEndWhenAnEarlierPurchaseTurnsUp() {
        Touchpoint gift = gift(Set.of());
        ServiceTouch touch = bought(gift);
        buys("memberday:shop:earlier", NOON.minus(Duration.ofDays(9)), "sku");

        deliver(gift, touch);

        assertEquals("suppressed not-first", end(touch));
    }

    @Test
    void shouldNotRemindWhoHasPaidAnotherOrderWithTheSameProductInADay() {
        Touchpoint reminder = SamplePlaybook.paymentReminder();
        ServiceTouch touch = planned(reminder, Optional.empty(), Duration.ofHours(12));
        store.put(order(false, Map.of(), Optional.empty()));
        buys("memberday:shop:again", NOON.minus(Duration.ofMinutes(10)), "other");
        ServiceTouch same = touch;
        buys("memberday:shop:same", NOON.minus(Duration.ofMinutes(5)), "sku");

        deliver(reminder, same);

        assertEquals("suppressed reordered", end(same));
    }

    @Test
    void shouldRemindWhoHasPaidAnotherOrderWithOtherProducts() {
        Touchpoint reminder = SamplePlaybook.paymentReminder();
        ServiceTouch touch = planned(reminder, Optional.empty(), Duration.ofHours(12));
        store.put(order(false, Map.of(), Optional.empty()));
        buys("memberday:shop:again", NOON.minus(Duration.ofMinutes(10)), "other");

        deliver(reminder, touch);

        assertEquals("sent ", end(touch));
    }

    @Test
    void shouldNotTellOfAParcelThatWasSignedForAndConditionTheClaimOnIt() {
        Touchpoint onItsWay =
                touchpoint(
                        Kind.SERVICE, Trigger.PARCEL_SHIPPED, Set.of(Ending.SIGNED), send("gift"));
        ServiceTouch touch = bought(onItsWay, Optional.of(PARCEL.toString()));
        store.put(Parcel.scanned(PARCEL, ParcelStatus.SIGNED, NOON, ""));

        deliver(onItsWay, touch);

        assertEquals("suppressed signed", end(touch));
    }

    @Test
    void shouldCallAPersonAndNotSayThatNothingWasSentAfterACallInDoubt() {
        // Given a text of which nobody knows whether it went
        Touchpoint touchpoint = callingWhoSpeaksEnglish();
        ServiceTouch touch = bought(touchpoint);
        provider.faults(1, 0, 0);
        deliver(touchpoint, touch);
        provider.faults(0, 0, 0);
        assertEquals("open", end(touch));

        // When the member is one to be called by then
        speaksEnglish();
        clock.advance(Duration.ofMinutes(10));
        deliver(touchpoint, touch);

        // Then
        assertEquals("unknown claim", end(touch));
        assertEquals(1, store.activity().stream().filter(CareCase.class::isInstance).count());
    }

    @Test
    void shouldTakeTheFirstBranchThatFitsAndCallWhereItSays() {
        // Given a call for who speaks English, and a text for all others
        Touchpoint touchpoint = callingWhoSpeaksEnglish();
        ServiceTouch text = bought(touchpoint);
        deliver(touchpoint, text);
        assertEquals("sent ", end(text));

        // When the member speaks English
        ServiceTouch call = bought(touchpoint);
        speaksEnglish();
        deliver(touchpoint, call);

        // Then a person is asked, and nothing more is sent
        assertEquals("suppressed call", end(call));
        CareCase work = (CareCase) store.activity().getFirst();
        assertEquals("case#payment-" + ORDER, work.item());
        assertEquals(1, provider.accepted().size());
    }

    @Test
    void shouldSendNothingWhereAConditionDoesNotHoldOrNoBranchFits() {
        Terms onlyEnglish =
                new Terms(
                        Optional.of(SamplePlaybook.speaking("en")),
                        Optional.empty(),
                        Set.of(),
                        Terms.DAY);
        Terms unlessBought =
                new Terms(
                        Optional.empty(),
                        Optional.of(SamplePlaybook.bought()),
                        Set.of(),
                        Terms.DAY);
        for (Terms terms : List.of(onlyEnglish, unlessBought)) {
            Touchpoint touchpoint = with(terms, List.of(Branch.sending(send("gift"))));
            ServiceTouch touch = bought(touchpoint);
            deliver(touchpoint, touch);
            assertEquals("suppressed condition", end(touch));
        }
        Touchpoint branched =
                with(
                        TERMS,
                        List.of(
                                new Branch(
                                        Optional.of(SamplePlaybook.speaking("en")),
                                        send("gift"),
                                        Optional.empty())));
        ServiceTouch touch = bought(branched);
        deliver(branched, touch);
        assertEquals("suppressed branch", end(touch));
    }

    @Test
    void shouldWaitForTheHourAtWhichTheMemberMostlyPays() {
        Touchpoint usual =
                new Touchpoint(
                        "gift",
                        Kind.SERVICE,
                        Trigger.ORDER_PAID,
                        new Timing(
                                Duration.ZERO,
                                Optional.of(LocalTime.of(20, 0)),
                                true,
                                false,
                                Optional.empty(),
                                Duration.ZERO,
                                List.of(),
                                Timing.USUALLY_WITHIN),
                        Duration.ofHours(2),
                        0,
                        TERMS,
                        List.of(Branch.sending(send("gift"))));
        ServiceTouch touch = bought(usual);

        // Of a member who mostly pays at nine
        for (int days = 10; days < 12; days++) {
            Instant nine = NOON.minus(Duration.ofDays(days)).minus(Duration.ofHours(3));
            buys("memberday:shop:before" + days, nine, "other");
        }

        // When it comes up, as planned, at once
        deliver(usual, touch);

        // Then it is due at nine the next day, spread, and goes then
        Instant eleven = Instant.parse("2026-05-09T03:00:00Z");
        assertEquals(
                new Due(Instant.parse("2026-05-09T01:00:00Z"), eleven).spread(touch.id()).at(),
                now(touch).dueAt());
        assertEquals(eleven, now(touch).validUntil());
        clock.set(now(touch).dueAt());
        deliver(usual, touch);
        assertEquals("sent ", end(touch));
    }

    private static Touchpoint callingWhoSpeaksEnglish() {
        return new Touchpoint(
                "gift",
                Kind.SERVICE,
                Trigger.ORDER_PAID,
                Timing.after(Duration.ZERO),
                Duration.ofDays(2),
                0,
                TERMS,
                List.of(
                        new Branch(
                                Optional.of(SamplePlaybook.speaking("en")),
                                List.of(),
                                Optional.of("payment")),
                        Branch.sending(send("gift"))));
    }

    private void speaksEnglish() {
        members.change(
                "m001",
                draft ->
                        draft.profile(
                                members.member("m001")
                                        .orElseThrow()
                                        .profile()
                                        .with(Profile.Field.LANGUAGE, "en", NOON)));
    }

    private static Touchpoint gift(Set<Ending> endsWhen) {
        return touchpoint(Kind.MARKETING, Trigger.FIRST_PURCHASE, endsWhen, send("gift"));
    }

    private static Touchpoint with(Terms terms, List<Branch> branches) {
        return new Touchpoint(
                "gift",
                Kind.SERVICE,
                Trigger.ORDER_PAID,
                Timing.after(Duration.ZERO),
                Duration.ofDays(2),
                0,
                terms,
                branches);
    }

    private static Touchpoint touchpoint(
            Kind kind, Trigger on, Set<Ending> endsWhen, List<Send> send) {
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

    private static List<Send> send(String template) {
        return List.of(new Send(Channel.SMS, template));
    }

    /** The member's first order, paid an hour ago, and a touch that is due. */
    private ServiceTouch bought(Touchpoint touchpoint) {
        return bought(touchpoint, Duration.ofDays(2));
    }

    private ServiceTouch bought(Touchpoint touchpoint, Duration validFor) {
        return bought(touchpoint, Optional.empty(), validFor);
    }

    private ServiceTouch bought(Touchpoint touchpoint, Optional<String> parcel) {
        return bought(touchpoint, parcel, Duration.ofDays(2));
    }

    private ServiceTouch bought(Touchpoint touchpoint, Optional<String> parcel, Duration validFor) {
        ServiceTouch touch = planned(touchpoint, parcel, validFor);
        store.put(order(true, Map.of(), Optional.empty()));
        members.change(
                "m001",
                draft ->
                        draft.purchases(
                                Purchases.of(
                                        List.of(purchase(ORDER, NOON.minusSeconds(3_600), "sku")),
                                        Duration.ofDays(400))));
        return touch;
    }

    private ServiceTouch planned(
            Touchpoint touchpoint, Optional<String> parcel, Duration validFor) {
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

    private void buys(String order, Instant at, String product) {
        List<Purchase> all =
                new ArrayList<>(members.member("m001").orElseThrow().purchases().recent());
        all.add(purchase(order, at, product));
        members.change("m001", draft -> draft.purchases(Purchases.of(all, Duration.ofDays(400))));
    }

    private static Purchase purchase(String order, Instant at, String product) {
        return new Purchase(order, at, 12_800, new Basket(0, 0, List.of(), List.of(product)));
    }

    private static Order order(boolean paid, Map<String, Refund> refunds, Optional<Review> review) {
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
                                        List.of())),
                        Map.of(),
                        refunds);
        return review.map(said -> order.join(Order.ofReview(order.key(), said, Optional.empty())))
                .orElse(order);
    }

    private void deliver(Touchpoint touchpoint, ServiceTouch touch) {
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

    private ServiceTouch now(ServiceTouch touch) {
        return touches.find(touch.id()).orElseThrow();
    }

    private String end(ServiceTouch touch) {
        return now(touch)
                .outcome()
                .map(outcome -> outcome.status().key() + " " + outcome.reason())
                .orElse("open");
    }

    private static Optional<Long> none() {
        return Optional.empty();
    }
}
