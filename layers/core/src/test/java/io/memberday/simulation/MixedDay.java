package io.memberday.simulation;

import io.memberday.ingest.Buyer;
import io.memberday.ingest.OrderEvent;
import io.memberday.member.Act;
import io.memberday.member.Attributes;
import io.memberday.member.Behaviour;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.member.Tags;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.order.Reply;
import io.memberday.order.Review;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.simulation.Story.Refusal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A day of everything that the world tells: orders, parcels, reviews, what people do without
 * buying, opt-outs. Made from a seed.
 */
final class MixedDay {
    static final Instant BEGINS = Instant.parse("2026-05-08T00:00:00Z");
    private static final Instant PAST = Instant.parse("2026-03-01T00:00:00Z");
    private static final int DAY = 86_400;

    private final Random random;
    private final List<Told> told = new ArrayList<>();
    private final List<OrderEvent> past = new ArrayList<>();

    /** What one message says, at its own time; exactly one of the three. */
    record Told(
            Instant at,
            int person,
            Optional<OrderEvent> order,
            Optional<Parcel> parcel,
            Optional<Refusal> refusal) {}

    MixedDay(long seed) {
        random = new Random(seed);
        int people = 1 + random.nextInt(4);
        for (int number = 0; number < people; number++) {
            tell(new Person(number, random.nextInt(3) == 0, random.nextBoolean()));
        }
    }

    /** What was long ago: then the person is known by both accounts, so far as two. */
    List<OrderEvent> past() {
        return past;
    }

    /** The day, in no sequence. */
    List<Told> told() {
        return told;
    }

    private void tell(Person person) {
        boolean known = random.nextInt(3) > 0;
        if (known) {
            past.add(bought(person, "old-", person.first(PAST)));
            if (person.twice()) {
                past.add(bought(person, "older-", person.second(PAST)));
            }
        }
        int orders = 1 + random.nextInt(3);
        for (int order = 0; order < orders; order++) {
            order(person, "o" + order + "-");
        }
        while (random.nextInt(2) == 0) {
            browses(person, moment());
        }
        if (random.nextInt(3) == 0) {
            Instant at = moment();
            // Of an address that nobody has yet only marketing is kept: Refusals.
            Set<Kind> kinds =
                    known && random.nextBoolean()
                            ? EnumSet.allOf(Kind.class)
                            : EnumSet.of(Kind.MARKETING);
            told.add(
                    new Told(
                            at,
                            person.number(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(new Refusal(at, Channel.SMS, person.phone(), kinds))));
        }
    }

    private Instant moment() {
        return BEGINS.plusSeconds(random.nextInt(DAY));
    }

    private Instant soonAfter(Instant at) {
        return at.plusSeconds(1 + random.nextInt(random.nextBoolean() ? 600 : 5 * 3_600));
    }

    private static OrderEvent bought(Person person, String name, Buyer buyer) {
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        times.put(Milestone.CREATED, PAST);
        times.put(Milestone.PAID, PAST.plusSeconds(60));
        return new OrderEvent(
                PAST,
                Optional.of(order(person, name, 1, times, List.of(), new TreeMap<>(), Map.of())),
                buyer);
    }

    private void order(Person person, String name) {
        Instant at = moment();
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        Map<String, Refund> refunds = new TreeMap<>();
        List<ParcelKey> parcels = new ArrayList<>();
        times.put(Milestone.CREATED, at);
        int version = 0;
        says(person, name, ++version, times, parcels, refunds, at);
        at = soonAfter(at);
        int fate = random.nextInt(6);
        if (fate == 0) {
            return;
        }
        times.put(fate == 1 ? Milestone.CLOSED : Milestone.PAID, at);
        says(person, name, ++version, times, parcels, refunds, at);
        if (fate == 1) {
            return;
        }
        if (fate == 2) {
            at = soonAfter(at);
            refunds.put("r", new Refund(random.nextBoolean() ? 12_800 : 1_000, at));
            says(person, name, ++version, times, parcels, refunds, at);
        }
        at = soonAfter(at);
        times.put(Milestone.SHIPPED, at);
        parcels.add(new ParcelKey("sf", "SF" + name + person.number()));
        says(person, name, ++version, times, parcels, refunds, at);
        Instant arrived = scans(person, parcels.getFirst(), at);
        if (random.nextBoolean()) {
            at = soonAfter(arrived);
            times.put(Milestone.SIGNED, at);
            times.put(Milestone.CONFIRMED, at.plusSeconds(60));
            says(person, name, ++version, times, parcels, refunds, at.plusSeconds(60));
        }
        if (random.nextBoolean()) {
            at = soonAfter(at);
            Order scanned = Order.ofMilestone(key(person, name), Milestone.SCANNED, at);
            add(at, person, new OrderEvent(at, Optional.of(scanned), Buyer.NOBODY));
        }
        while (random.nextInt(3) == 0) {
            at = soonAfter(at);
            Review review = new Review("v" + random.nextInt(2), 1 + random.nextInt(5), at);
            add(
                    at,
                    person,
                    new OrderEvent(
                            at,
                            Optional.of(Order.ofReview(key(person, name), review, reply(at))),
                            Buyer.NOBODY));
        }
    }

    /** Some are answered, perhaps not for the first time. */
    private Optional<Reply> reply(Instant reviewed) {
        return random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Reply("words " + random.nextInt(2), soonAfter(reviewed)));
    }

    private Instant scans(Person person, ParcelKey key, Instant from) {
        Instant at = from;
        for (ParcelStatus status : route()) {
            at = soonAfter(at);
            told.add(
                    new Told(
                            at,
                            person.number(),
                            Optional.empty(),
                            Optional.of(Parcel.scanned(key, status, at, "杭州")),
                            Optional.empty()));
        }
        return at;
    }

    private List<ParcelStatus> route() {
        return switch (random.nextInt(4)) {
            case 0 -> List.of(ParcelStatus.SHIPPED, ParcelStatus.EXCEPTION);
            case 1 ->
                    List.of(
                            ParcelStatus.SHIPPED,
                            ParcelStatus.ARRIVED,
                            ParcelStatus.EXCEPTION,
                            ParcelStatus.SIGNED);
            case 2 -> List.of(ParcelStatus.SHIPPED, ParcelStatus.SIGNED, ParcelStatus.RETURNED);
            default -> List.of(ParcelStatus.SHIPPED, ParcelStatus.ARRIVED, ParcelStatus.SIGNED);
        };
    }

    private void browses(Person person, Instant at) {
        Buyer buyer = person.first(at);
        Act act = Act.values()[random.nextInt(Act.values().length)];
        add(
                at,
                person,
                new OrderEvent(
                        at,
                        Optional.empty(),
                        new Buyer(
                                buyer.identities(),
                                List.of(),
                                buyer.profile(),
                                buyer.consents(),
                                Tags.NONE,
                                Attributes.NONE,
                                Optional.of(at),
                                Behaviour.NONE.with(act, new Behaviour.Last(at, "sku", "")))));
    }

    private void says(
            Person person,
            String name,
            int version,
            Map<Milestone, Instant> times,
            List<ParcelKey> parcels,
            Map<String, Refund> refunds,
            Instant at) {
        Buyer buyer = person.twice() && random.nextInt(3) == 0 ? person.both(at) : person.first(at);
        Order order = order(person, name, version, times, parcels, refunds, Map.of());
        add(at, person, new OrderEvent(at, Optional.of(order), buyer));
    }

    private void add(Instant at, Person person, OrderEvent event) {
        told.add(
                new Told(
                        at,
                        person.number(),
                        Optional.of(event),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static OrderKey key(Person person, String name) {
        return new OrderKey("memberday", "main", name + person.number());
    }

    private static Order order(
            Person person,
            String name,
            int version,
            Map<Milestone, Instant> times,
            List<ParcelKey> parcels,
            Map<String, Refund> refunds,
            Map<Milestone, Instant> estimates) {
        return new Order(
                key(person, name),
                version,
                Optional.of(
                        new OrderFacts(
                                new EnumMap<>(times),
                                12_800,
                                List.of(new Line("sku", "", 1, 12_800, "")),
                                List.copyOf(parcels))),
                estimates,
                Map.copyOf(refunds));
    }
}
