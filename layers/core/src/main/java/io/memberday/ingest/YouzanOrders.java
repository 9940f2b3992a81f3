package io.memberday.ingest;

import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.member.Addresses;
import io.memberday.member.Birthday;
import io.memberday.member.Identity;
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
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads Youzan's messages 有赞. Those of a creation and a payment carry the whole order, whose
 * version is its {@code update_time}; those of a dispatch, a receipt, a closing and a refund carry
 * that alone, unless somebody has put the whole order in, and unite with the order in any sequence.
 * Times are Chinese, whatever the store's zone. Encrypted names and numbers name nobody.
 *
 * @see <a href="https://doc.youzanyun.com">message service</a>
 */
public final class YouzanOrders {
    /** The source's name in paths and keys. */
    public static final String SOURCE = "youzan";

    private static final Set<String> WHOLE =
            Set.of("trade_TradeCreate", "trade_TradePaid", "trade_TradeBuyerPay");
    private static final Map<String, Milestone> MILESTONES =
            Map.of(
                    "trade_TradePartlySellerShip", Milestone.SHIPPED,
                    "trade_TradeSellerShip", Milestone.SHIPPED,
                    "trade_TradeSuccess", Milestone.CONFIRMED,
                    "trade_TradeClose", Milestone.CLOSED);

    /** Those that say that the money has gone back, of the old kind and of the new. */
    private static final Set<String> REFUNDS =
            Set.of(
                    "trade_refund_RefundSuccess",
                    "trade_refund_RefundSellerAgree",
                    "trade_refund_SysRefund",
                    "youzan_trade_RefundSuccess");

    private static final String CUSTOMER = "SCRM_CUSTOMER_EVENT";
    private static final String UNPAID = "WAIT_BUYER_PAY";
    private static final String CLOSED = "TRADE_CLOSED";

    /** Without a time of payment such an order is paid when it arrives 货到付款. */
    private static final Set<String> PLEDGED =
            Set.of(
                    "WAIT_CONFIRM",
                    "WAIT_SELLER_SEND_GOODS",
                    "WAIT_BUYER_CONFIRM_GOODS",
                    "TRADE_SUCCESS");

    private static final String FULL = "full_order_info";

    /** Carriers have numbers at Youzan. */
    private static final String CARRIER = "youzan-";

    private static final String ENCRYPTED = "$";
    private static final Set<String> YES = Set.of("true", "1");
    private static final int MOST_QUANTITY = 1_000_000;
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private final Store store;
    private final Addresses addresses;

    public YouzanOrders(Store store) {
        this.store = store;
        this.addresses = new Addresses(store.country(), store.placeholders());
    }

    /**
     * Reads one message.
     *
     * @return empty for tests and for types that are not ours
     * @throws BadInput if the message is not what its type promises
     */
    public Optional<OrderEvent> read(String body, Instant now) {
        YouzanMessage message = YouzanMessage.read(body, now);
        String type = message.type();
        if (message.test()) {
            return Optional.empty();
        }
        if (WHOLE.contains(type)) {
            return Optional.of(order(message.content(), message, now));
        }
        if (MILESTONES.containsKey(type)) {
            return Optional.of(milestone(message, now));
        }
        if (REFUNDS.contains(type)) {
            return Optional.of(refund(message, now));
        }
        return type.equals(CUSTOMER) ? customer(message) : Optional.empty();
    }

    /**
     * Reads the message by which a person closes their account 注销.
     *
     * @return empty if it is another message
     * @throws BadInput if the message is not what its type promises
     */
    public Optional<PrivacyRequest> request(String body, Instant now) {
        YouzanMessage message = YouzanMessage.read(body, now);
        if (!message.type().equals(CUSTOMER) || !gone(message.content())) {
            return Optional.empty();
        }
        List<Identity> accounts =
                new BuyerDraft(addresses, message.at())
                        .account(SOURCE, message.shop(), account(message.content(), "yz_open_id"))
                        .account(SOURCE, message.shop(), account(message.content(), "account_id"))
                        .done()
                        .identities();
        return Optional.of(
                        new PrivacyRequest(
                                message.at(),
                                "account-closed:"
                                        + message.shop()
                                        + ":"
                                        + message.at().getEpochSecond(),
                                "an account was closed at Youzan: erase its person",
                                accounts))
                .filter(_ -> !accounts.isEmpty());
    }

    private static OrderEvent about(Order order, Instant at) {
        return new OrderEvent(at, Optional.of(order), Buyer.NOBODY);
    }

    private static OrderKey key(Fields fields, String shop) {
        return new OrderKey(SOURCE, shop, Payload.key(fields, "tid"));
    }

    private OrderEvent milestone(YouzanMessage message, Instant now) {
        Fields msg = message.content();
        Milestone milestone = MILESTONES.get(message.type());
        if (!msg.has(FULL)) {
            Instant at = time(msg, "update_time", now).orElseGet(message::at);
            return about(Order.ofMilestone(key(msg, message.shop()), milestone, at), at);
        }
        OrderEvent whole = order(msg, message, now);
        return new OrderEvent(
                whole.at(),
                whole.order()
                        .map(
                                order ->
                                        order.join(
                                                Order.ofMilestone(
                                                        order.key(), milestone, message.at()))),
                whole.buyer());
    }

    private OrderEvent order(Fields msg, YouzanMessage message, Instant now) {
        Fields whole = msg.object(FULL);
        Fields order = whole.object("order_info");
        Fields paid = whole.object("pay_info");
        String status = order.text("status");
        Instant updated =
                time(order, "update_time", now)
                        .orElseThrow(() -> order.bad("update_time", "is required"));
        Map<Milestone, Instant> times = new EnumMap<>(Milestone.class);
        Map<Milestone, Instant> estimates = new EnumMap<>(Milestone.class);
        times.put(
                Milestone.CREATED,
                time(order, "created", now).orElseThrow(() -> order.bad("created", "is required")));
        if (!status.equals(UNPAID)) {
            // A deposit has a time of payment, too, while the rest is still waited for.
            time(order, "pay_time", now).ifPresent(at -> times.put(Milestone.PAID, at));
        }
        if (PLEDGED.contains(status) && !times.containsKey(Milestone.PAID)) {
            times.put(Milestone.PLEDGED, updated);
            estimates.put(Milestone.PLEDGED, updated);
        }
        List<ParcelKey> parcels = parcels(msg);
        time(order, "consign_time", now).ifPresent(at -> times.put(Milestone.SHIPPED, at));
        if (!parcels.isEmpty() && !times.containsKey(Milestone.SHIPPED)) {
            // It has that time only once all of it is on its way.
            times.put(Milestone.SHIPPED, updated);
            estimates.put(Milestone.SHIPPED, updated);
        }
        time(order, "success_time", now).ifPresent(at -> times.put(Milestone.CONFIRMED, at));
        if (status.equals(CLOSED)) {
            times.put(Milestone.CLOSED, updated);
            estimates.put(Milestone.CLOSED, updated);
        }
        long total = minor(paid, "payment");
        long postage = paid.has("post_fee") ? minor(paid, "post_fee") : 0;
        long goods = paid.has("total_fee") ? minor(paid, "total_fee") : total - postage;
        Order state =
                new Order(
                        key(order, message.shop()),
                        updated.toEpochMilli(),
                        Optional.of(
                                new OrderFacts(
                                        times,
                                        total,
                                        Math.max(0, goods + postage - total),
                                        postage,
                                        lines(whole),
                                        parcels)),
                        estimates,
                        Map.of());
        return new OrderEvent(updated, Optional.of(state), buyer(whole, message.shop(), updated));
    }

    /** As {@code youzan.trade.get} tells them: a delivery order may hold several parcels. */
    private List<ParcelKey> parcels(Fields msg) {
        List<ParcelKey> parcels = new ArrayList<>();
        for (Fields delivery : Payload.each(msg, "delivery_order")) {
            for (Fields parcel : Payload.each(delivery, "dists")) {
                if (parcel.raw("express_info").orElse("") instanceof Map<?, ?> express) {
                    Fields info = Fields.of(parcel.pathOf("express_info"), express);
                    Payload.told(
                                    CARRIER + Payload.written(info, "express_id"),
                                    Payload.written(info, "express_no"),
                                    store.logistics())
                            .ifPresent(parcels::add);
                }
            }
        }
        return parcels;
    }

    private List<Line> lines(Fields whole) {
        List<Line> lines = new ArrayList<>();
        for (Fields line : whole.objects("orders")) {
            lines.add(
                    new Line(
                            product(line),
                            BuyerDraft.tidy(line.optionalText("title").orElse("")),
                            Math.toIntExact(
                                    line.optionalDecimal("num")
                                            .map(number -> number.longValue())
                                            .filter(number -> number > 0 && number <= MOST_QUANTITY)
                                            .orElseThrow(
                                                    () -> line.bad("num", "must be 1 or more"))),
                            minor(line, "payment"),
                            ""));
        }
        return lines;
    }

    /** The shop's own number of the article where it has given one. */
    private static String product(Fields line) {
        for (String name : List.of("outer_sku_id", "outer_item_id")) {
            Optional<String> own =
                    line.optionalText(name)
                            .filter(id -> !id.isBlank())
                            .filter(id -> !id.equals("null"));
            if (own.isPresent()) {
                return BuyerDraft.tidy(own.get());
            }
        }
        return line.id("item_id");
    }

    private long minor(Fields fields, String name) {
        return Payload.minor(fields, name, store.currency());
    }

    /** Who pays; the receiver's number may be somebody else's. */
    private Buyer buyer(Fields whole, String shop, Instant updated) {
        BuyerDraft draft = new BuyerDraft(addresses, updated);
        whole.optionalObject("buyer_info")
                .ifPresent(
                        buyer ->
                                draft.account(SOURCE, shop, account(buyer, "yz_open_id"))
                                        .account(SOURCE, shop, account(buyer, "buyer_id"))
                                        .phone(buyer.optionalText("buyer_phone")));
        whole.optionalObject("address_info")
                .ifPresent(
                        address ->
                                draft.field(Field.REGION, plain(address, "delivery_province"))
                                        .field(Field.CITY, plain(address, "delivery_city"))
                                        .field(
                                                Field.ADDRESS,
                                                Payload.joined(
                                                        plain(address, "delivery_district"),
                                                        plain(address, "delivery_address"))));
        return draft.done();
    }

    private OrderEvent refund(YouzanMessage message, Instant now) {
        Fields msg = message.content();
        Instant at = time(msg, "update_time", now).orElseGet(message::at);
        Map<String, Refund> refunds = new TreeMap<>();
        refunds.put(Payload.key(msg, "refund_id"), new Refund(minor(msg, "refunded_fee"), at));
        return about(Order.ofRefunds(key(msg, message.shop()), refunds), at);
    }

    /** Who has closed the account is told of no more; what is known stays until it is erased. */
    private Optional<OrderEvent> customer(YouzanMessage message) {
        Fields msg = message.content();
        if (gone(msg)) {
            return Optional.empty();
        }
        BuyerDraft draft =
                new BuyerDraft(addresses, message.at())
                        .account(SOURCE, message.shop(), account(msg, "yz_open_id"));
        if (msg.optionalText("account_type").filter("YouZanAccount"::equals).isPresent()) {
            draft.account(SOURCE, message.shop(), account(msg, "account_id"));
        }
        draft.phone(msg.optionalText("mobile"))
                .field(Field.NAME, plain(msg, "name"))
                .field(Field.BIRTHDAY, plain(msg, "birthday").filter(YouzanOrders::birthday))
                .field(Field.GENDER, gender(msg));
        return Optional.of(new OrderEvent(message.at(), Optional.empty(), draft.done()));
    }

    private static boolean gone(Fields msg) {
        return msg.raw("is_log_off").map(String::valueOf).filter(YES::contains).isPresent();
    }

    private static boolean birthday(String written) {
        return Birthday.of(written).isPresent();
    }

    private static Optional<String> gender(Fields msg) {
        return switch (msg.raw("gender").map(String::valueOf).orElse("")) {
            case "1" -> Optional.of("male");
            case "2" -> Optional.of("female");
            default -> Optional.empty();
        };
    }

    private static Optional<String> account(Fields fields, String name) {
        return fields.optionalId(name)
                .filter(id -> !id.equals("0"))
                .filter(id -> !id.startsWith(ENCRYPTED));
    }

    /** Encrypted text is nobody's name or address. */
    private static Optional<String> plain(Fields fields, String name) {
        return fields.optionalText(name).filter(text -> !text.startsWith(ENCRYPTED));
    }

    private static Optional<Instant> time(Fields fields, String name, Instant now) {
        return Payload.zoned(fields, name, TIME, CHINA, now);
    }
}
