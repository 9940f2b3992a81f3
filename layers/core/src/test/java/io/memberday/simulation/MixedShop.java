package io.memberday.simulation;

import io.memberday.MovableClock;
import io.memberday.benefit.InMemoryCouponStore;
import io.memberday.event.BusEvent;
import io.memberday.event.InMemoryEventBus;
import io.memberday.fault.Guards;
import io.memberday.feedback.Refusals;
import io.memberday.ingest.OrderIngest;
import io.memberday.ingest.ParcelIngest;
import io.memberday.member.Channel;
import io.memberday.message.CompiledTemplates;
import io.memberday.message.Messenger;
import io.memberday.message.Messenger.Answer;
import io.memberday.message.Messenger.Envelope;
import io.memberday.message.Pieces;
import io.memberday.message.SmsTemplate;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.SamplePlaybook;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.release.TouchClock;
import io.memberday.send.Dispatch;
import io.memberday.send.Halts;
import io.memberday.send.TouchSender;
import io.memberday.send.UnsubscribeLinks;
import io.memberday.simulation.MixedDay.Told;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.State;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A shop that is told things at some times, and sends what is due each minute. */
final class MixedShop {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LIFE = Duration.ofMinutes(2);
    private static final List<Touchpoint> TOUCHPOINTS =
            List.of(
                    SamplePlaybook.paymentReminder(),
                    touchpoint("thanks", Trigger.ORDER_PAID, Duration.ofMinutes(20)),
                    touchpoint("dispatch", Trigger.PARCEL_SHIPPED, Duration.ofMinutes(1)),
                    touchpoint("same-city", Trigger.PARCEL_ARRIVED, Duration.ZERO),
                    touchpoint("problem", Trigger.PARCEL_EXCEPTION, Duration.ofMinutes(30)),
                    touchpoint("signed", Trigger.PARCEL_SIGNED, Duration.ofHours(2)),
                    touchpoint("silent", Trigger.PARCEL_SILENT, Duration.ZERO),
                    touchpoint("confirmed", Trigger.ORDER_CONFIRMED, Duration.ofMinutes(5)),
                    touchpoint("order-signed", Trigger.ORDER_SIGNED, Duration.ofHours(3)),
                    touchpoint("scanned", Trigger.ORDER_SCANNED, Duration.ofMinutes(5)),
                    touchpoint("reviewed", Trigger.ORDER_REVIEWED, Duration.ofMinutes(10)),
                    touchpoint("welcome", Trigger.FIRST_PURCHASE, Duration.ofHours(20)));
    private static final Playbook PLAYBOOK = playbook();

    private final MovableClock clock = new MovableClock(MixedDay.BEGINS);
    private final Tables tables = new Tables(Guards.intact(), PLAYBOOK.store().zone());
    private final InMemoryEventBus bus = new InMemoryEventBus();
    private final Map<String, Instant> sent = new TreeMap<>();
    private final OrderIngest orders;
    private final ParcelIngest parcels;
    private final Refusals refusals = new Refusals(tables.refusals, PLAYBOOK.ladder());
    private final TouchClock touchClock;
    private final TouchSender sender;
    private int names;

    /** Something told, when it comes. */
    record Delivery(Instant at, Told told) {}

    MixedShop(MixedDay day) {
        Random random = new Random(1);
        orders =
                new OrderIngest(
                        tables.ingest, PLAYBOOK, clock, () -> "m" + names++, time -> {}, random);
        parcels = new ParcelIngest(tables.ingest, PLAYBOOK, clock, time -> {}, random);
        touchClock =
                new TouchClock(
                        tables.due,
                        tables.paces,
                        tables.runs,
                        tables.audience,
                        bus,
                        PLAYBOOK,
                        Tables.SHARDS,
                        clock);
        Messenger provider = this::send;
        sender =
                new TouchSender(
                        tables.touchStore,
                        tables.claims,
                        new Dispatch(
                                Map.of(Channel.SMS, provider), tables.paces, 1, time -> {}, clock),
                        new Halts(tables.runs, bus, clock),
                        PLAYBOOK,
                        new UnsubscribeLinks("https://api.sample.example", () -> List.of("key")),
                        InMemoryCouponStore.coupons(new InMemoryCouponStore()),
                        () -> "n" + names++,
                        clock);
        day.past().forEach(orders::take);
    }

    private static Touchpoint touchpoint(String id, Trigger on, Duration after) {
        return SamplePlaybook.touchpoint(id, on, after, Duration.ofHours(72), 0);
    }

    private static Playbook playbook() {
        Playbook sample = SamplePlaybook.playbook();
        return new Playbook(
                sample.store(),
                sample.ladder(),
                sample.segments(),
                sample.campaigns(),
                TOUCHPOINTS,
                sample.benefits(),
                new CompiledTemplates(
                        "zh",
                        TOUCHPOINTS.stream()
                                .map(Touchpoint::id)
                                .map(id -> new SmsTemplate(id, "zh", Pieces.parse(id)))
                                .toList()));
    }

    private Answer send(Envelope envelope) {
        String touch =
                ServiceTouch.id(envelope.tags().get("touchpoint"), envelope.tags().get("subject"));
        Instant before = sent.put(touch, clock.instant());
        Promises.require(
                before == null, Broken.Promise.SERVICE_ONCE, () -> touch + " was sent twice");
        return new Answer.Sent("id" + sent.size());
    }

    /** Plays until nothing comes any more and nothing is due. */
    void play(List<Delivery> deliveries) {
        Deque<Delivery> left =
                new ArrayDeque<>(
                        deliveries.stream().sorted(Comparator.comparing(Delivery::at)).toList());
        while (true) {
            Instant due =
                    tables.touches.all().stream()
                            .filter(touch -> touch.state() != State.ENDED)
                            .map(ServiceTouch::dueAt)
                            .min(Comparator.naturalOrder())
                            .orElse(Instant.MAX);
            if (!left.isEmpty() && !left.peek().at().isAfter(due)) {
                Delivery next = left.poll();
                goOnTo(next.at());
                hear(next.told());
            } else if (due.equals(Instant.MAX)) {
                return;
            } else {
                goOnTo(due);
                release();
            }
        }
    }

    private void goOnTo(Instant time) {
        if (time.isAfter(clock.instant())) {
            clock.set(time);
        }
    }

    private void hear(Told told) {
        told.order().ifPresent(orders::take);
        told.parcel().ifPresent(parcels::take);
        told.refusal()
                .ifPresent(
                        refusal ->
                                refusals.refuse(
                                        refusal.channel(),
                                        refusal.address(),
                                        refusal.kinds(),
                                        refusal.at()));
    }

    private void release() {
        TouchClock.Released released = touchClock.tick(() -> true);
        for (BusEvent event : bus.take()) {
            if (event.detail().get("touches") instanceof List<?> touches) {
                for (Object touch : touches) {
                    Map<?, ?> named = (Map<?, ?>) touch;
                    sender.send(
                            String.valueOf(named.get("touchpoint")),
                            String.valueOf(named.get("subject")),
                            () -> LIFE);
                }
            }
        }
        if (released.touches() == 0) {
            clock.advance(MINUTE);
        }
    }

    /** When each message went, by the touch's id. */
    Map<String, Instant> sent() {
        return sent;
    }

    /** Members, identities, orders, parcels and ledger. */
    String rows() {
        return Ending.dump(tables.ingest);
    }

    /** How each touch ended. */
    Map<String, String> outcomes() {
        Map<String, String> outcomes = new TreeMap<>();
        tables.touches
                .all()
                .forEach(
                        touch ->
                                outcomes.put(
                                        touch.id(),
                                        touch.outcome()
                                                .map(how -> how.status() + " " + how.reason())
                                                .orElse("")));
        return outcomes;
    }
}
