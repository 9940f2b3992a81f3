package io.memberday.simulation;

import io.memberday.ingest.Buyer;
import io.memberday.ingest.OrderEvent;
import io.memberday.member.Channel;
import io.memberday.member.Kind;
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

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
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
 * What people do on the day: old customers order, pay or do not, turn out to be one person, send
 * goods back, want no more messages; new ones come.
 */
final class Story {
    static final Instant BEGINS = Shop.TEN.minus(Duration.ofMinutes(25));
    static final Duration LASTS = Duration.ofMinutes(110);

    static final Instant PAST = Instant.parse("2026-03-01T00:00:00Z");

    private final Random random;

    private final boolean cares;

    /** The carrier takes parcels on, most of them in one second, and moves them no further. */
    private final boolean stalls;

    /** Where carriers say that parcels are; empty if they do not say it. */
    private final String city;

    private final List<OrderEvent> past = new ArrayList<>();
    private final List<OrderEvent> events = new ArrayList<>();
    private final List<Told> parcels = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    /** A carrier tells something. */
    record Told(Instant at, Parcel parcel) {}

    /** An address wants no more marketing, or nothing at all any more. */
    record Refusal(Instant at, Channel channel, String address, Set<Kind> kinds) {}

    /**
     * @param cares whether there are reviews, and parcels in trouble
     */
    Story(Random random, int people, boolean cares) {
        this.random = random;
        this.cares = cares;
        stalls = cares && random.nextInt(3) == 0;
        city = cares && random.nextBoolean() ? "杭州" : "";
        for (int number = 0; number < people; number++) {
            tell(new Person(number, random.nextInt(5) < 2, random.nextInt(8) > 0));
        }
    }

    /** What happened long ago. */
    List<OrderEvent> past() {
        return past;
    }

    /** The day's events, not in their sequence. */
    List<OrderEvent> events() {
        return events;
    }

    List<Told> parcels() {
        return parcels;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    private void tell(Person person) {
        boolean known = random.nextInt(5) > 0;
        if (known) {
            past.add(paid(person, "old-", PAST, person.first(PAST)));
            if (person.twice()) {
                past.add(paid(person, "older-", PAST, person.second(PAST)));
            }
            if (cares && random.nextInt(4) == 0) {
                reviews(person, "old-", early());
            }
        }
        if (!known || random.nextInt(3) > 0) {
            buys(person, known);
        }
        if (random.nextInt(4) == 0) {
            refuse(early(), Channel.SMS, person.phone(), EnumSet.of(Kind.MARKETING));
        }
        if (person.twice() && random.nextInt(4) == 0) {
            boolean phone = random.nextBoolean();
            refuse(
                    early(),
                    phone ? Channel.SMS : Channel.EMAIL,
                    phone ? person.otherPhone() : person.email(),
                    EnumSet.of(Kind.MARKETING));
        }
    }

    private void refuse(Instant at, Channel channel, String address, Set<Kind> kinds) {
        refusals.add(new Refusal(at, channel, address, kinds));
    }

    /** Most of it around the time at which the runs begin. */
    private Instant early() {
        return BEGINS.plusSeconds(60L * random.nextInt(random.nextInt(3) == 0 ? 100 : 45));
    }

    private static OrderEvent paid(Person person, String name, Instant at, Buyer buyer) {
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        times.put(Milestone.CREATED, at);
        times.put(Milestone.PAID, at.plusSeconds(60));
        if (at.equals(PAST)) {
            times.put(Milestone.CONFIRMED, at.plusSeconds(120));
        }
        return event(person, name, 1, times, List.of(), Map.of(), at, buyer);
    }

    private void buys(Person person, boolean known) {
        Instant at = early();
        String name = "new-";
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        Map<String, Refund> refunds = new TreeMap<>();
        List<ParcelKey> none = List.of();
        times.put(Milestone.CREATED, at);
        refuses(person, known, at);
        boolean shown = person.twice() && random.nextBoolean();
        long version = 1;
        if (known || random.nextBoolean()) {
            Buyer buyer = shown && random.nextBoolean() ? person.both(at) : person.first(at);
            events.add(event(person, name, version, times, none, refunds, at, buyer));
            if (!known) {
                // Who comes for the first time orders twice at once.
                Instant also = at.plusSeconds(random.nextInt(5));
                events.add(paid(person, "gift-", also, person.first(also)));
            }
        }
        // Many pay when they are reminded, or just before.
        at =
                at.plusSeconds(
                        random.nextBoolean()
                                ? 3_598 + random.nextInt(30)
                                : 30 + random.nextInt(4_800));
        Buyer buyer = shown ? person.both(at) : person.first(at);
        if (shown && random.nextBoolean()) {
            // In the moment in which the two become one.
            refuse(
                    at.plusSeconds(random.nextInt(10)),
                    Channel.SMS,
                    person.otherPhone(),
                    EnumSet.of(Kind.MARKETING));
        }
        int end = stalls && random.nextBoolean() ? 4 : random.nextInt(6);
        if (cares && random.nextInt(4) == 0) {
            // The money is on its way, and comes or does not.
            times.put(Milestone.PLEDGED, at);
            events.add(event(person, name, ++version, times, none, refunds, at, buyer));
            at = at.plusSeconds(60 + random.nextInt(900));
        }
        if (end < 2) {
            return;
        }
        if (end == 2) {
            times.put(Milestone.CLOSED, at);
            events.add(event(person, name, ++version, times, none, refunds, at, buyer));
            return;
        }
        times.put(Milestone.PAID, at);
        events.add(event(person, name, ++version, times, none, refunds, at, buyer));
        if (end == 3) {
            at = at.plusSeconds(600);
            refunds.put("r1", new Refund(random.nextBoolean() ? 12_800 : 1_000, at));
            events.add(event(person, name, ++version, times, none, refunds, at, buyer));
        } else if (end == 4) {
            at = at.plusSeconds(300);
            ships(person, name, version, times, at, buyer);
        }
        if (cares && random.nextInt(3) == 0) {
            reviews(person, name, at);
        }
    }

    /** In a parcel or two; some have the number of another parcel at first. */
    private void ships(
            Person person,
            String name,
            long paid,
            Map<Milestone, Instant> times,
            Instant at,
            Buyer buyer) {
        long version = paid;
        Instant shipped = at;
        String number = "SF" + person.number();
        List<ParcelKey> keys = new ArrayList<>(List.of(new ParcelKey("sf", number)));
        if (cares && random.nextInt(3) == 0) {
            keys.add(new ParcelKey("sf", number + "b"));
        }
        events.add(event(person, name, ++version, times, keys, Map.of(), at, buyer));
        if (cares && random.nextInt(5) == 0) {
            Instant wrong = at.plusSeconds(random.nextInt(120));
            parcels.add(
                    new Told(
                            wrong,
                            Parcel.scanned(keys.getFirst(), ParcelStatus.SHIPPED, wrong, city)));
            keys.set(0, new ParcelKey("sf", number + "a"));
            shipped = comesUp(wrong.plus(Purchase.ON_ITS_WAY_AFTER));
            events.add(event(person, name, ++version, times, keys, Map.of(), shipped, buyer));
        }
        Instant last = shipped;
        for (ParcelKey key : keys) {
            last = scans(key, shipped);
        }
        if (cares && random.nextInt(3) == 0) {
            times.put(Milestone.SCANNED, last);
            events.add(event(person, name, ++version, times, keys, Map.of(), last, buyer));
        }
    }

    /** Some think better of it, or worse, in the very moment in which they are thanked. */
    private void reviews(Person person, String name, Instant from) {
        Instant at = from.plusSeconds(60 + random.nextInt(1_200));
        do {
            Review review =
                    new Review("v" + random.nextInt(2), 1 + random.nextInt(Review.BEST), at);
            events.add(
                    new OrderEvent(
                            at,
                            Optional.of(
                                    Order.ofReview(key(person, name), review, Optional.empty())),
                            Buyer.NOBODY));
            at = comesUp(at.plus(Purchase.REVIEW_CARE_AFTER));
        } while (random.nextBoolean());
    }

    private static OrderKey key(Person person, String name) {
        return new OrderKey("memberday", "main", name + person.number());
    }

    /** Some refuse in the very moment in which they order, pay or are reminded. */
    private void refuses(Person person, boolean known, Instant ordered) {
        switch (random.nextInt(known ? 6 : 3)) {
            case 0 ->
                    refuse(
                            ordered.plusSeconds(random.nextInt(12)),
                            Channel.SMS,
                            person.phone(),
                            EnumSet.of(Kind.MARKETING));
            case 1 ->
                    refuse(
                            ordered.plusSeconds(3_595 + random.nextInt(40)),
                            Channel.SMS,
                            person.phone(),
                            // Of an address that nobody has yet only marketing is kept: Refusals.
                            known ? EnumSet.allOf(Kind.class) : EnumSet.of(Kind.MARKETING));
            default -> {}
        }
    }

    /**
     * @return when it would be scanned next
     */
    private Instant scans(ParcelKey key, Instant at) {
        // Where the carrier stands still, all that it has taken on falls silent nearly together:
        // the last is being counted when the next one is.
        Instant still = Shop.TEN.plusSeconds(3_300 + random.nextInt(90));
        Instant later = stalls && at.isBefore(still) ? still : at;
        if (stalls && random.nextInt(3) == 0) {
            later = later.plus(Duration.ofDays(1));
        }
        for (ParcelStatus status : route()) {
            parcels.add(new Told(later, Parcel.scanned(key, status, later, city)));
            later = next(status, later);
        }
        return later;
    }

    /**
     * Some are scanned in the very moment in which somebody is to be told that nobody does, or that
     * they are on their way.
     */
    private Instant next(ParcelStatus status, Instant scanned) {
        if (cares && random.nextBoolean()) {
            return switch (status) {
                case ARRIVED -> comesUp(scanned.plus(Shop.SILENT.arrived()));
                case SHIPPED ->
                        comesUp(
                                scanned.plus(
                                        random.nextBoolean()
                                                ? Purchase.ON_ITS_WAY_AFTER
                                                : Shop.SILENT.shipped()));
                default -> comesUp(scanned.plus(Shop.SILENT.shipped()));
            };
        }
        return scanned.plusSeconds(60 + random.nextInt(600));
    }

    /** While a touch that is due is released, looked at and sent. */
    private Instant comesUp(Instant due) {
        return due.truncatedTo(ChronoUnit.MINUTES)
                .plusSeconds(60 + random.nextInt(random.nextBoolean() ? 8 : 90));
    }

    private List<ParcelStatus> route() {
        if (stalls) {
            return List.of(ParcelStatus.SHIPPED);
        }
        return switch (cares ? random.nextInt(6) : 6) {
            case 0 -> List.of(ParcelStatus.SHIPPED);
            case 1 -> List.of(ParcelStatus.SHIPPED, ParcelStatus.IN_TRANSIT, ParcelStatus.ARRIVED);
            case 2 ->
                    List.of(
                            ParcelStatus.SHIPPED,
                            ParcelStatus.ARRIVED,
                            ParcelStatus.EXCEPTION,
                            ParcelStatus.SIGNED);
            case 3 -> List.of(ParcelStatus.SHIPPED, ParcelStatus.SIGNED, ParcelStatus.RETURNED);
            case 4 -> List.of(ParcelStatus.SHIPPED, ParcelStatus.SIGNED);
            default -> List.of(ParcelStatus.SHIPPED, ParcelStatus.ARRIVED, ParcelStatus.SIGNED);
        };
    }

    private static OrderEvent event(
            Person person,
            String name,
            long version,
            Map<Milestone, Instant> times,
            List<ParcelKey> parcels,
            Map<String, Refund> refunds,
            Instant at,
            Buyer buyer) {
        return new OrderEvent(
                at,
                Optional.of(
                        new Order(
                                key(person, name),
                                version,
                                Optional.of(
                                        new OrderFacts(
                                                new EnumMap<>(times),
                                                12_800,
                                                List.of(new Line("sku", "", 1, 12_800, "")),
                                                List.copyOf(parcels))),
                                Map.of(),
                                Map.copyOf(refunds))),
                buyer);
    }
}
