package io.memberday.ingest;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Act;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.order.Reply;
import io.memberday.order.Review;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads our own canonical JSON, the source {@code memberday}: every event carries the whole order
 * and its version. The form is laid down in {@code docs/canonical-webhook.schema.json}; what a
 * schema cannot say (the store's currency and its decimals, times in the future) is refused here.
 */
public final class CanonicalOrders {
    /** The source's name in paths and keys. */
    public static final String SOURCE = "memberday";

    /** Event → the milestone that its order must have passed. */
    private static final Map<String, Milestone> ORDER_EVENTS =
            Map.of(
                    "order.created", Milestone.CREATED,
                    "order.paid", Milestone.PAID,
                    "order.shipped", Milestone.SHIPPED,
                    "order.signed", Milestone.SIGNED,
                    "order.confirmed", Milestone.CONFIRMED,
                    "order.closed", Milestone.CLOSED,
                    "order.refunded", Milestone.CREATED);

    private static final String REFUNDED = "order.refunded";
    private static final String REVIEWED = "order.reviewed";
    private static final String SCANNED = "order.scanned";
    private static final String MEMBER_EVENT = "member.updated";
    private static final String ACTIVE = "member.active";
    private static final Map<String, Act> ACTS =
            Map.of(
                    "member.browsed", Act.BROWSE,
                    "member.favourited", Act.FAVOURITE,
                    "member.carted", Act.CART,
                    "member.asked", Act.ASK,
                    "member.checked-in", Act.CHECK_IN);
    private static final List<String> KNOWN =
            Stream.of(
                            ORDER_EVENTS.keySet(),
                            ACTS.keySet(),
                            Set.of(REVIEWED, SCANNED, MEMBER_EVENT, ACTIVE))
                    .flatMap(Set::stream)
                    .sorted()
                    .toList();

    private static final int MOST_LINES = 500;
    private static final int MOST_QUANTITY = 1_000_000;

    private final Store store;
    private final CanonicalBuyers buyers;

    public CanonicalOrders(Store store) {
        this.store = store;
        this.buyers = new CanonicalBuyers(store);
    }

    /**
     * Reads one event.
     *
     * @throws BadInput if it is not as the schema says
     */
    public OrderEvent read(String body, Instant now) {
        Fields event = Json.read(body);
        Payload.only(
                event, Set.of("event", "at", "shop", "order", "review", "scan", "item", "buyer"));
        String name = event.text("event");
        if (!KNOWN.contains(name)) {
            throw event.bad("event", "must be one of " + KNOWN);
        }
        Instant at = Payload.requiredTime(event, "at", now);
        String shop = Payload.shop(event, "shop");
        misplaced(event, name, "order", ORDER_EVENTS.containsKey(name));
        misplaced(event, name, "review", name.equals(REVIEWED));
        misplaced(event, name, "scan", name.equals(SCANNED));
        // Whoever holds the parcel may scan its code: that makes nobody the buyer.
        misplaced(event, name, "buyer", !name.equals(SCANNED));
        misplaced(event, name, "item", ACTS.containsKey(name));
        Optional<Order> order = Optional.empty();
        if (ORDER_EVENTS.containsKey(name)) {
            order = Optional.of(order(event.object("order"), name, shop, now));
        } else if (name.equals(REVIEWED)) {
            order = Optional.of(reviewed(event.object("review"), shop, at, now));
        }
        if (name.equals(SCANNED)) {
            order = Optional.of(scanned(event.object("scan"), shop, at));
        }
        Optional<Fields> person =
                order.isPresent()
                        ? event.optionalObject("buyer")
                        : Optional.of(event.object("buyer"));
        return new OrderEvent(
                at,
                order,
                person.map(of -> does(event, name, buyers.read(of, shop, at, now)).done())
                        .orElse(Buyer.NOBODY));
    }

    private static void misplaced(Fields event, String name, String part, boolean expected) {
        if (!expected && event.has(part)) {
            throw event.bad(part, "has no place in " + name);
        }
    }

    private static BuyerDraft does(Fields event, String name, BuyerDraft buyer) {
        if (name.equals(ACTIVE)) {
            return buyer.active();
        }
        if (!ACTS.containsKey(name)) {
            return buyer;
        }
        Optional<Fields> item = event.optionalObject("item");
        item.ifPresent(of -> Payload.only(of, Set.of("product", "category")));
        return buyer.does(
                ACTS.get(name),
                item.filter(of -> of.has("product"))
                        .map(of -> Payload.key(of, "product"))
                        .orElse(""),
                BuyerDraft.tidy(item.flatMap(of -> of.optionalText("category")).orElse("")));
    }

    /** The words of a review are not taken: they may say anything about anybody. */
    private static Order reviewed(Fields review, String shop, Instant at, Instant now) {
        Payload.only(review, Set.of("id", "order", "stars", "reply"));
        return Order.ofReview(
                new OrderKey(SOURCE, shop, Payload.key(review, "order")),
                new Review(
                        Payload.key(review, "id"),
                        (int) review.whole("stars", Review.WORST, Review.BEST),
                        at),
                review.optionalObject("reply").map(reply -> reply(reply, now)));
    }

    private static Order scanned(Fields scan, String shop, Instant at) {
        Payload.only(scan, Set.of("order"));
        OrderKey order = new OrderKey(SOURCE, shop, Payload.key(scan, "order"));
        return Order.ofMilestone(order, Milestone.SCANNED, at);
    }

    private static Reply reply(Fields reply, Instant now) {
        Payload.only(reply, Set.of("text", "at"));
        return new Reply(
                BuyerDraft.tidy(reply.text("text"), Reply.LONGEST),
                Payload.requiredTime(reply, "at", now));
    }

    private Order order(Fields order, String event, String shop, Instant now) {
        Payload.only(
                order,
                Set.of(
                        "number",
                        "version",
                        "currency",
                        "total",
                        "discount",
                        "postage",
                        "createdAt",
                        "pledgedAt",
                        "paidAt",
                        "shippedAt",
                        "signedAt",
                        "confirmedAt",
                        "closedAt",
                        "lines",
                        "parcels",
                        "refunds"));
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        for (Milestone milestone : EnumSet.complementOf(EnumSet.of(Milestone.SCANNED))) {
            Payload.time(order, field(milestone), now).ifPresent(at -> times.put(milestone, at));
        }
        for (Milestone required : List.of(Milestone.CREATED, ORDER_EVENTS.get(event))) {
            if (!times.containsKey(required)) {
                throw order.bad(field(required), "is required in " + event);
            }
        }
        Payload.currency(order, "currency", store.currency());
        Map<String, Refund> refunds = refunds(order, now);
        if (event.equals(REFUNDED) && refunds.isEmpty()) {
            throw order.bad("refunds", "must not be empty in " + REFUNDED);
        }
        return new Order(
                new OrderKey(SOURCE, shop, Payload.key(order, "number")),
                order.whole("version", 1, Long.MAX_VALUE),
                Optional.of(
                        new OrderFacts(
                                times,
                                Payload.minor(order, "total", store.currency()),
                                optionalMinor(order, "discount"),
                                optionalMinor(order, "postage"),
                                lines(order),
                                parcels(order))),
                Map.of(),
                refunds);
    }

    private long optionalMinor(Fields order, String name) {
        return order.has(name) ? Payload.minor(order, name, store.currency()) : 0;
    }

    private List<Line> lines(Fields order) {
        List<Line> lines = new ArrayList<>();
        for (Fields line : Payload.most(order, "lines", MOST_LINES)) {
            Payload.only(line, Set.of("product", "title", "category", "quantity", "amount"));
            lines.add(
                    new Line(
                            Payload.key(line, "product"),
                            BuyerDraft.tidy(line.optionalText("title").orElse("")),
                            (int) line.whole("quantity", 1, MOST_QUANTITY),
                            Payload.minor(line, "amount", store.currency()),
                            BuyerDraft.tidy(line.optionalText("category").orElse(""))));
        }
        return lines;
    }

    private static List<ParcelKey> parcels(Fields order) {
        List<ParcelKey> parcels = new ArrayList<>();
        for (Fields parcel : Payload.most(order, "parcels", OrderFacts.MOST_PARCELS)) {
            Payload.only(parcel, Set.of("carrier", "number"));
            parcels.add(Payload.parcel(parcel));
        }
        return parcels;
    }

    private Map<String, Refund> refunds(Fields order, Instant now) {
        Map<String, Refund> refunds = new TreeMap<>();
        for (Fields refund : Payload.most(order, "refunds", MOST_LINES)) {
            Payload.only(refund, Set.of("id", "amount", "at"));
            refunds.merge(
                    Payload.key(refund, "id"),
                    new Refund(
                            Payload.minor(refund, "amount", store.currency()),
                            Payload.requiredTime(refund, "at", now)),
                    Refund::join);
        }
        return refunds;
    }

    private static String field(Milestone milestone) {
        return milestone.key() + "At";
    }
}
