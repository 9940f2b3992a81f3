package io.memberday.ingest;

import io.memberday.member.Act;
import io.memberday.member.Attribute;
import io.memberday.member.Attributes;
import io.memberday.member.Behaviour;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Consents;
import io.memberday.member.Identity;
import io.memberday.member.Kind;
import io.memberday.member.Profile;
import io.memberday.member.Profile.Field;
import io.memberday.member.Tag;
import io.memberday.member.Tags;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.order.Reply;
import io.memberday.order.Review;
import io.memberday.parcel.ParcelKey;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A shop's days, made from a seed: people with several accounts, phones and emails of their own,
 * who order on two platforms, pay, get refunds, change their minds on consent. Each person's
 * identities are shared by that person's events in every way, so that members meet and merge, and a
 * person has few enough of them that the guard against too many merges a day stays out of the way.
 */
public final class RandomDay {
    static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final List<String> SOURCES = List.of("memberday", "shopify");

    private final Random random;
    private final List<OrderEvent> events = new ArrayList<>();

    public RandomDay(long seed) {
        this.random = new Random(seed);
    }

    public List<OrderEvent> events() {
        int people = 2 + random.nextInt(4);
        for (int person = 0; person < people; person++) {
            List<Identity> names = new ArrayList<>();
            names.add(Identity.account("memberday", "main", "a" + person));
            names.add(Identity.account("shopify", "shop", "b" + person));
            names.add(Identity.phone("+86138001380" + (10 + person)));
            names.add(Identity.email("p" + person + "@example.com"));
            int orders = random.nextInt(5);
            for (int order = 0; order < orders; order++) {
                order(person, order, names);
            }
            if (random.nextBoolean()) {
                Instant at = time();
                events.add(new OrderEvent(at, Optional.empty(), buyer(names, at)));
            }
        }
        return events;
    }

    private void order(int person, int number, List<Identity> names) {
        OrderKey key = new OrderKey(SOURCES.get(random.nextInt(2)), "main", person + "-" + number);
        // Years apart, so that purchases fall out of the horizon and back in.
        Instant created = START.minusSeconds(86_400L * random.nextInt(900));
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        Map<Milestone, Instant> estimates = new EnumMap<>(Milestone.class);
        times.put(Milestone.CREATED, created);
        Map<String, Refund> refunds = new TreeMap<>();
        long total = random.nextInt(40_000);
        Instant at = created;
        int versions = 1 + random.nextInt(4);
        long version = 1;
        for (int step = 0; step < versions; step++) {
            events.add(event(key, version, times, estimates, total, refunds, at, buyer(names, at)));
            at = at.plusSeconds(1 + random.nextInt(7_200));
            // Sometimes two payloads carry one version.
            version += random.nextInt(4) == 0 ? 0 : 1;
            switch (random.nextInt(5)) {
                case 0, 1 -> paid(key, times, estimates, at);
                case 2 -> refund(key, refunds, total, at);
                case 3 ->
                        times.put(random.nextBoolean() ? Milestone.CLOSED : Milestone.SHIPPED, at);
                default -> total = random.nextInt(40_000);
            }
        }
        events.add(event(key, version, times, estimates, total, refunds, at, buyer(names, at)));
        review(key, at);
        told(key, at);
    }

    private static void paid(
            OrderKey key,
            Map<Milestone, Instant> times,
            Map<Milestone, Instant> estimates,
            Instant at) {
        times.putIfAbsent(Milestone.PAID, at);
        if (key.source().equals("shopify")) {
            estimates.put(Milestone.PAID, at);
            times.put(Milestone.PAID, at);
        }
    }

    /** Of its stars and its time the buyer may think again; it may come before the order does. */
    private void review(OrderKey key, Instant at) {
        while (random.nextInt(3) == 0) {
            Instant then = at.plusSeconds(random.nextInt(3) * 60L);
            Review said = new Review("v" + random.nextInt(2), 1 + random.nextInt(5), then);
            Order told = Order.ofReview(key, said, reply(then));
            events.add(new OrderEvent(then, Optional.of(told), Buyer.NOBODY));
        }
    }

    /** The shop answers some, and thinks again, too. */
    private Optional<Reply> reply(Instant at) {
        return random.nextInt(2) == 0
                ? Optional.empty()
                : Optional.of(
                        new Reply(
                                "words " + random.nextInt(2),
                                at.plusSeconds(random.nextInt(2) * 60L)));
    }

    /** A platform tells of a milestone by itself, perhaps before it tells of the order. */
    private void told(OrderKey key, Instant at) {
        while (random.nextInt(3) == 0) {
            Milestone one =
                    List.of(
                                    Milestone.SHIPPED,
                                    Milestone.SCANNED,
                                    Milestone.CONFIRMED,
                                    Milestone.CLOSED)
                            .get(random.nextInt(4));
            Instant then = at.plusSeconds(random.nextInt(3) * 60L);
            events.add(
                    new OrderEvent(
                            then, Optional.of(Order.ofMilestone(key, one, then)), Buyer.NOBODY));
        }
    }

    private void refund(OrderKey key, Map<String, Refund> refunds, long total, Instant at) {
        Map<String, Refund> one =
                Map.of(
                        "r" + refunds.size(),
                        new Refund(random.nextBoolean() ? total : total / 3, at));
        refunds.putAll(one);
        if (random.nextBoolean()) {
            // The platform tells of it by itself as well.
            events.add(new OrderEvent(at, Optional.of(Order.ofRefunds(key, one)), Buyer.NOBODY));
        }
    }

    private OrderEvent event(
            OrderKey key,
            long version,
            Map<Milestone, Instant> times,
            Map<Milestone, Instant> estimates,
            long total,
            Map<String, Refund> refunds,
            Instant at,
            Buyer buyer) {
        List<ParcelKey> parcels =
                times.containsKey(Milestone.SHIPPED)
                        ? List.of(new ParcelKey("sf", "SF" + key.number()))
                        : List.of();
        return new OrderEvent(
                at,
                Optional.of(
                        new Order(
                                key,
                                version,
                                Optional.of(
                                        new OrderFacts(
                                                Map.copyOf(times),
                                                total,
                                                total / 9,
                                                version % 2 * 1_000,
                                                List.of(
                                                        new Line(
                                                                "sku" + version,
                                                                "",
                                                                1,
                                                                total,
                                                                "床品")),
                                                parcels)),
                                Map.copyOf(estimates),
                                Map.copyOf(refunds))),
                buyer);
    }

    private Buyer buyer(List<Identity> names, Instant at) {
        List<Identity> named = new ArrayList<>();
        Profile profile = Profile.EMPTY;
        for (Identity identity : names) {
            if (random.nextInt(3) == 0) {
                named.add(identity);
                if (identity.key().startsWith("phone:")) {
                    profile = profile.with(Field.PHONE, identity.key().substring(6), at);
                } else if (identity.key().startsWith("email:")) {
                    profile = profile.with(Field.EMAIL, identity.key().substring(6), at);
                }
            }
        }
        if (random.nextInt(3) == 0) {
            profile = profile.with(Field.NAME, "name" + random.nextInt(3), at);
        }
        Consents consents = Consents.UNKNOWN;
        if (random.nextInt(3) == 0) {
            consents =
                    consents.with(
                            Channel.values()[random.nextInt(2)],
                            Kind.MARKETING,
                            new Consent(random.nextBoolean(), random.nextBoolean(), at));
        }
        Tags tags = Tags.NONE;
        while (random.nextInt(3) == 0) {
            // Often at one time: who or what says it then decides.
            Instant said = random.nextBoolean() ? START : at;
            Tag tag = new Tag("operator:" + random.nextInt(2), said);
            tags = tags.with("tag" + random.nextInt(2), tag, random.nextBoolean());
        }
        Attributes attributes = Attributes.NONE;
        while (random.nextInt(3) == 0) {
            Optional<Attribute.Value> value =
                    switch (random.nextInt(4)) {
                        case 0 -> Optional.of(new Attribute.Text("text" + random.nextInt(2)));
                        case 1 -> Optional.of(new Attribute.Whole(random.nextInt(2)));
                        case 2 -> Optional.of(new Attribute.Truth(random.nextBoolean()));
                        default -> Optional.empty();
                    };
            Instant said = random.nextBoolean() ? START : at;
            // Of so many names some members know one or two more than are kept.
            String name = "attribute" + random.nextInt(random.nextBoolean() ? 2 : 30);
            attributes = attributes.with(name, new Attribute(value, said));
        }
        Optional<Instant> login = random.nextInt(3) == 0 ? Optional.of(at) : Optional.empty();
        Behaviour behaviour = Behaviour.NONE;
        while (random.nextInt(3) == 0) {
            Instant done = random.nextBoolean() ? START : at;
            String product = "sku" + random.nextInt(2);
            behaviour =
                    behaviour.with(
                            Act.values()[random.nextInt(Act.values().length)],
                            new Behaviour.Last(done, product, random.nextBoolean() ? "" : "床品"));
        }
        return new Buyer(named, List.of(), profile, consents, tags, attributes, login, behaviour);
    }

    private Instant time() {
        return START.minusSeconds(random.nextInt(86_400 * 30));
    }
}
