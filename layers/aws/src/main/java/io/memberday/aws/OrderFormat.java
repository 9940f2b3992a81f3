package io.memberday.aws;

import io.memberday.ingest.OrderRow;
import io.memberday.member.Purchase;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.order.OrderKey;
import io.memberday.order.Refund;
import io.memberday.order.Reply;
import io.memberday.order.Review;
import io.memberday.parcel.ParcelKey;

import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** An order as an item of the Orders table. */
public final class OrderFormat {
    public static final String ID = "id";
    public static final String VERSION = "ver";

    /**
     * Whose it is, perhaps by the id of a member that was merged since; key of {@code byMember}.
     */
    public static final String MEMBER_ID = "memberId";

    /** {@code source:shop:number}. */
    public static final String KEY = "order";

    public static final String CREATED_AT = "createdAt";
    public static final String PAID_AT = "paidAt";

    /** Partition of {@code byPaidDay}: there while the order is paid, refunded or not. */
    public static final String PAID_DAY = "paidDay";

    /** Of a paid order what was paid less what was refunded, minor units. */
    public static final String KEPT = "kept";

    /** There only while the order waits for its payment: since when. */
    public static final String UNPAID = "unpaid";

    private static final String PREFIX = "order#";
    private static final String FACTS_VERSION = "v";
    private static final String TOTAL = "total";
    private static final String DISCOUNT = "disc";
    private static final String POSTAGE = "post";
    private static final String TIMES = "times";
    private static final String ESTIMATES = "est";
    private static final String LINES = "lines";
    private static final String PARCELS = "parcels";
    private static final String REFUNDS = "refunds";
    private static final String REVIEW = "review";
    private static final String REPLIES = "replies";
    private static final String TOLD = "told";
    private static final String EARNED = "earned";
    private static final String REVERSED = "reversed";

    private OrderFormat() {}

    /** The key of an order's item; {@code order} is {@code source:shop:number}. */
    public static Map<String, AttributeValue> key(String order) {
        return Map.of(ID, RowDraft.of(PREFIX + order));
    }

    /** A partition of the index {@code byPaidDay}. */
    public static String paidDay(LocalDate day, int shard) {
        return day + "#" + shard;
    }

    /**
     * The whole item with the version that the row carries.
     *
     * @param zone the store's, of the day on which the order was paid
     */
    public static Map<String, AttributeValue> item(OrderRow row, ZoneId zone) {
        Order order = row.order();
        String key = order.key().toString();
        RowDraft item =
                new RowDraft()
                        .put(ID, PREFIX + key)
                        .put(VERSION, row.version())
                        .put(KEY, key)
                        .putText(MEMBER_ID, row.memberId())
                        .putTime(CREATED_AT, order.at(Milestone.CREATED))
                        .putTime(PAID_AT, order.at(Milestone.PAID))
                        .putTime(UNPAID, order.openSince())
                        .put(FACTS_VERSION, order.version())
                        .putUnlessZero(EARNED, row.earned())
                        .putUnlessZero(REVERSED, row.reversed())
                        .putMapUnlessEmpty(
                                ESTIMATES, order.estimates(), Milestone::key, RowDraft::of)
                        .putMapUnlessEmpty(
                                REFUNDS,
                                order.refunds(),
                                Function.identity(),
                                refund ->
                                        AttributeValue.fromM(
                                                new RowDraft()
                                                        .put("minor", refund.minor())
                                                        .put("at", refund.at())
                                                        .done()));
        order.at(Milestone.PAID)
                .ifPresent(
                        paid ->
                                item.put(
                                                PAID_DAY,
                                                paidDay(
                                                        paid.atZone(zone).toLocalDate(),
                                                        Shards.of(key, Shards.PAID_DAY)))
                                        .put(KEPT, order.kept().map(Purchase::minor).orElse(0L)));
        item.putMapUnlessEmpty(TOLD, order.told(), Milestone::key, RowDraft::of);
        order.review().ifPresent(review -> item.put(REVIEW, review(review)));
        item.putMapUnlessEmpty(REPLIES, order.replies(), Function.identity(), OrderFormat::reply);
        order.facts()
                .ifPresent(
                        facts ->
                                item.put(TOTAL, facts.totalMinor())
                                        .putUnlessZero(DISCOUNT, facts.discountMinor())
                                        .putUnlessZero(POSTAGE, facts.postageMinor())
                                        .putMap(TIMES, facts.times(), Milestone::key, RowDraft::of)
                                        .putListUnlessEmpty(LINES, facts.lines(), OrderFormat::line)
                                        .putListUnlessEmpty(
                                                PARCELS,
                                                facts.parcels(),
                                                parcel -> RowDraft.of(parcel.toString())));
        return item.done();
    }

    /** Reads {@link #item}. */
    public static OrderRow order(Map<String, AttributeValue> item) {
        Row row = new Row(item);
        Map<String, Refund> refunds = new TreeMap<>();
        row.map(REFUNDS)
                .values()
                .forEach(
                        (id, value) -> {
                            Row refund = new Row(value.m());
                            refunds.put(id, new Refund(refund.number("minor"), refund.time("at")));
                        });
        return new OrderRow(
                new Order(
                        OrderKey.of(row.text(KEY)),
                        row.number(FACTS_VERSION),
                        facts(row),
                        times(row.map(ESTIMATES)),
                        refunds,
                        row.values().containsKey(REVIEW)
                                ? Optional.of(review(row.map(REVIEW)))
                                : Optional.empty(),
                        replies(row.map(REPLIES)),
                        times(row.map(TOLD))),
                row.number(VERSION),
                row.optionalText(MEMBER_ID),
                row.numberOrZero(EARNED),
                row.numberOrZero(REVERSED));
    }

    private static Optional<OrderFacts> facts(Row row) {
        return row.optionalNumber(TOTAL)
                .map(
                        total ->
                                new OrderFacts(
                                        times(row.map(TIMES)),
                                        total,
                                        row.numberOrZero(DISCOUNT),
                                        row.numberOrZero(POSTAGE),
                                        row.list(LINES).stream().map(OrderFormat::line).toList(),
                                        row.texts(PARCELS).stream().map(ParcelKey::of).toList()));
    }

    private static Map<Milestone, Instant> times(Row row) {
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        row.values().keySet().forEach(name -> times.put(Milestone.of(name), row.time(name)));
        return times;
    }

    private static AttributeValue review(Review review) {
        return AttributeValue.fromM(
                new RowDraft()
                        .put("id", review.id())
                        .put("stars", review.stars())
                        .put("at", review.at())
                        .done());
    }

    private static Review review(Row row) {
        return new Review(row.text("id"), Math.toIntExact(row.number("stars")), row.time("at"));
    }

    private static AttributeValue reply(Reply reply) {
        return AttributeValue.fromM(
                new RowDraft().put("text", reply.text()).put("at", reply.at()).done());
    }

    private static Map<String, Reply> replies(Row row) {
        Map<String, Reply> replies = new TreeMap<>();
        row.values()
                .forEach(
                        (review, value) -> {
                            Row reply = new Row(value.m());
                            replies.put(review, new Reply(reply.text("text"), reply.time("at")));
                        });
        return replies;
    }

    private static AttributeValue line(Line line) {
        return AttributeValue.fromM(
                new RowDraft()
                        .put("product", line.product())
                        .putUnlessBlank("title", line.title())
                        .put("n", line.quantity())
                        .put("minor", line.minor())
                        .putUnlessBlank("cat", line.category())
                        .done());
    }

    private static Line line(AttributeValue value) {
        Row row = new Row(value.m());
        return new Line(
                row.text("product"),
                row.optionalText("title").orElse(""),
                Math.toIntExact(row.number("n")),
                row.number("minor"),
                row.optionalText("cat").orElse(""));
    }
}
