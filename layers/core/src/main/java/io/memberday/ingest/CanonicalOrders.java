package io.memberday.ingest;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Addresses;
import io.memberday.member.Attribute;
import io.memberday.member.Attributes;
import io.memberday.member.Channel;
import io.memberday.member.Consent;
import io.memberday.member.Kind;
import io.memberday.member.Profile.Field;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.parcel.ParcelKey;
import io.memberday.playbook.Store;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

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
    private static final String MEMBER_EVENT = "member.updated";
    private static final String ACTIVE = "member.active";
    private static final int MOST_TAGS = 20;
    private static final Pattern TAG = Pattern.compile("[\\p{L}\\p{N}:._-]{1,40}");
    private static final Pattern SETTER =
            Pattern.compile("(operator|file|rule|event)(:[A-Za-z0-9._-]{1,40})?");

    /** A text that is compared as a whole, and so refused where it is long, never cut. */
    private static final Pattern SHORT = Pattern.compile("\\P{Cc}{1,100}");

    /** Whole numbers that every sender's JSON keeps exact. */
    private static final long MOST_NUMBER = 9_007_199_254_740_991L;

    private static final int MOST_LINES = 500;
    private static final int MOST_QUANTITY = 1_000_000;
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final Pattern GENDER = Pattern.compile("female|male|other");
    private static final Pattern BIRTHDAY =
            Pattern.compile("(\\d{4}|-)-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    private final Store store;
    private final Addresses addresses;

    public CanonicalOrders(Store store) {
        this.store = store;
        this.addresses = new Addresses(store.country(), store.placeholders());
    }

    /**
     * Reads one event.
     *
     * @throws BadInput if it is not as the schema says
     */
    public OrderEvent read(String body, Instant now) {
        Fields event = Json.read(body);
        Payload.only(event, Set.of("event", "at", "shop", "order", "buyer"));
        String name = event.text("event");
        Instant at = Payload.requiredTime(event, "at", now);
        String shop = Payload.shop(event, "shop");
        if (name.equals(MEMBER_EVENT) || name.equals(ACTIVE)) {
            if (event.has("order")) {
                throw event.bad("order", "has no place in " + name);
            }
            return new OrderEvent(
                    at,
                    Optional.empty(),
                    name.equals(ACTIVE)
                            ? draft(event.object("buyer"), shop, at, now).active().done()
                            : buyer(event.object("buyer"), shop, at, now));
        }
        if (!ORDER_EVENTS.containsKey(name)) {
            throw event.bad(
                    "event",
                    "must be %s, %s or one of %s"
                            .formatted(
                                    MEMBER_EVENT,
                                    ACTIVE,
                                    ORDER_EVENTS.keySet().stream().sorted().toList()));
        }
        return new OrderEvent(
                at,
                Optional.of(order(event.object("order"), name, shop, now)),
                event.optionalObject("buyer")
                        .map(buyer -> buyer(buyer, shop, at, now))
                        .orElse(Buyer.NOBODY));
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
                        "paidAt",
                        "shippedAt",
                        "signedAt",
                        "confirmedAt",
                        "closedAt",
                        "lines",
                        "parcels",
                        "refunds"));
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        for (Milestone milestone : Milestone.values()) {
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
        for (Fields line : most(order, "lines", MOST_LINES)) {
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
        for (Fields parcel : most(order, "parcels", OrderFacts.MOST_PARCELS)) {
            Payload.only(parcel, Set.of("carrier", "number"));
            parcels.add(Payload.parcel(parcel));
        }
        return parcels;
    }

    private Map<String, Refund> refunds(Fields order, Instant now) {
        Map<String, Refund> refunds = new TreeMap<>();
        for (Fields refund : most(order, "refunds", MOST_LINES)) {
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

    private Buyer buyer(Fields buyer, String shop, Instant at, Instant now) {
        return draft(buyer, shop, at, now).done();
    }

    private BuyerDraft draft(Fields buyer, String shop, Instant at, Instant now) {
        Payload.only(
                buyer,
                Set.of(
                        "account",
                        "phone",
                        "email",
                        "name",
                        "language",
                        "gender",
                        "birthday",
                        "country",
                        "region",
                        "city",
                        "address",
                        "timezone",
                        "consents",
                        "tags",
                        "attributes"));
        BuyerDraft draft =
                new BuyerDraft(addresses, at)
                        .account(SOURCE, shop, account(buyer))
                        .phone(buyer.optionalText("phone"))
                        .email(buyer.optionalText("email"), true)
                        .field(Field.NAME, buyer.optionalText("name"))
                        .field(Field.REGION, buyer.optionalText("region"))
                        .field(Field.CITY, buyer.optionalText("city"))
                        .field(Field.ADDRESS, buyer.optionalText("address"))
                        .field(
                                Field.LANGUAGE,
                                Payload.form(
                                        buyer, "language", LANGUAGE, "must be BCP 47, such as zh"))
                        .field(
                                Field.GENDER,
                                Payload.form(
                                        buyer, "gender", GENDER, "must be female, male or other"))
                        .field(
                                Field.BIRTHDAY,
                                Payload.form(
                                        buyer,
                                        "birthday",
                                        BIRTHDAY,
                                        "must be YYYY-MM-DD, or --MM-DD without the year"))
                        .field(
                                Field.COUNTRY,
                                Payload.form(
                                        buyer,
                                        "country",
                                        COUNTRY,
                                        "must be ISO 3166-1 alpha-2, such as CN"));
        draft.field(Field.TIMEZONE, timezone(buyer));
        for (Fields consent : buyer.objects("consents")) {
            Payload.only(consent, Set.of("channel", "kind", "granted", "explicit", "at"));
            draft.consent(
                    Payload.word(consent, "channel", Channel.class),
                    Payload.word(consent, "kind", Kind.class),
                    new Consent(
                            consent.optionalTruth("granted")
                                    .orElseThrow(
                                            () ->
                                                    consent.bad(
                                                            "granted",
                                                            "is required, true or false")),
                            consent.optionalTruth("explicit").orElse(true),
                            Payload.requiredTime(consent, "at", now)));
        }
        for (Fields tag : most(buyer, "tags", MOST_TAGS)) {
            Payload.only(tag, Set.of("name", "set", "by"));
            draft.tag(
                    required(tag, "name", TAG, "must be letters, digits, : . _ -, 40 at most"),
                    required(tag, "by", SETTER, "must be operator:…, file:…, rule:… or event:…"),
                    tag.optionalTruth("set").orElse(true));
        }
        buyer.optionalObject("attributes").ifPresent(stated -> attributes(stated, buyer, draft));
        return draft;
    }

    private static void attributes(Fields stated, Fields buyer, BuyerDraft draft) {
        if (stated.names().size() > Attributes.MOST) {
            throw buyer.bad(
                    "attributes", "must have %d entries at most".formatted(Attributes.MOST));
        }
        for (String name : stated.names()) {
            if (!Attribute.mayBeCalled(name)) {
                // The name is the value here: it may be anything, and so has no place in a log.
                throw new BadInput(
                        buyer.pathOf("attributes"),
                        name,
                        "must be called by a letter, then letters, digits or _, 40 at most, such"
                                + " as skinType");
            }
            draft.attribute(name, stated.raw(name).map(_ -> attribute(stated, name)));
        }
    }

    private static Attribute.Value attribute(Fields stated, String name) {
        return switch (stated.raw(name).orElseThrow()) {
            case String text when SHORT.matcher(text).matches() -> new Attribute.Text(text);
            case Integer number -> new Attribute.Whole(number);
            case Long number when number >= -MOST_NUMBER && number <= MOST_NUMBER ->
                    new Attribute.Whole(number);
            case Boolean truth -> new Attribute.Truth(truth);
            default ->
                    throw stated.bad(
                            name,
                            "must be a text of 1 to 100 characters on one line, a whole number up"
                                    + " to 9007199254740991, true or false; null takes it away");
        };
    }

    private static String required(Fields fields, String name, Pattern form, String mend) {
        return Payload.form(fields, name, form, mend)
                .orElseThrow(() -> fields.bad(name, "is required"));
    }

    private static Optional<String> timezone(Fields buyer) {
        Optional<String> zone = buyer.optionalText("timezone");
        if (zone.filter(id -> !ZoneId.getAvailableZoneIds().contains(id)).isPresent()) {
            throw buyer.bad("timezone", "must be an IANA time zone, such as Europe/Vienna");
        }
        return zone;
    }

    private static Optional<String> account(Fields buyer) {
        return buyer.has("account") ? Optional.of(Payload.key(buyer, "account")) : Optional.empty();
    }

    private static List<Fields> most(Fields fields, String name, int most) {
        List<Fields> objects = fields.objects(name);
        if (objects.size() > most) {
            throw fields.bad(name, "must have %d entries at most".formatted(most));
        }
        return objects;
    }

    private static String field(Milestone milestone) {
        return milestone.key() + "At";
    }
}
