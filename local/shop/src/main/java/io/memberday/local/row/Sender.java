package io.memberday.local.row;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A source as the row of bad input plays it.
 *
 * @param event a good one of its own
 * @param swallows whether a sound signature is answered as taken whatever it signs
 * @param other the same about something that is not ours
 * @param later the same in the future
 * @param wrong what the store cannot take, such as another currency
 * @param before an event of an earlier state, sent after the good one
 * @param contradictory a good one that contradicts itself
 */
record Sender(
        String event,
        boolean swallows,
        UnaryOperator<Letter> other,
        UnaryOperator<Letter> later,
        UnaryOperator<Letter> wrong,
        Optional<String> before,
        UnaryOperator<Letter> contradictory) {
    private static final String PARCEL = "SF1234567890";
    private static final String BRIDGED = "SF1234567899";

    /** All of them, as their committed events are. */
    static List<Sender> all() {
        return List.of(
                shopify(),
                woocommerce(),
                youzan(),
                memberday(),
                kuaidi100(),
                aftership(),
                easypost(),
                bridge());
    }

    Letter letter() {
        return told(event);
    }

    /** The letter of its earlier state. */
    Optional<Letter> earlier() {
        return before.map(Sender::told);
    }

    /** Our bridge speaks of another parcel than Kuaidi100 does. */
    private static Letter told(String event) {
        Letter letter = Letter.of(event);
        return event.startsWith("logistics-status/memberday")
                ? letter.with(PARCEL, BRIDGED)
                : letter;
    }

    private static Sender shopify() {
        return new Sender(
                "order-webhook/shopify-orders-paid",
                true,
                letter -> letter.about("x-shopify-topic", "products/update"),
                letter -> letter.with("2026-05-02T", "2126-05-02T"),
                letter -> letter.with("\"currency\":\"CNY\"", "\"currency\":\"EUR\""),
                Optional.of("order-webhook/shopify-orders-create"),
                letter -> letter.with("\"paid\"", "\"voided\""));
    }

    private static Sender woocommerce() {
        return new Sender(
                "order-webhook/woocommerce-order-paid",
                true,
                letter -> letter.about("x-wc-webhook-topic", "coupon.updated"),
                letter -> letter.with("2026-05-02T", "2126-05-02T"),
                letter -> letter.with("\"CNY\"", "\"USD\""),
                Optional.of("order-webhook/woocommerce-order-created"),
                letter -> letter.with("\"processing\"", "\"cancelled\""));
    }

    private static Sender youzan() {
        return new Sender(
                "order-webhook/youzan-trade-buyer-pay",
                true,
                letter -> letter.with("trade_TradeBuyerPay", "trade_TradeMemoModified"),
                letter -> letter.with("\"version\":1777687502", "\"version\":4102444800"),
                letter -> letter.with("%22118.00%22", "%22-118.00%22"),
                Optional.of("order-webhook/youzan-trade-create"),
                letter -> letter.with("WAIT_SELLER_SEND_GOODS%22", "WAIT_BUYER_PAY%22"));
    }

    private static Sender memberday() {
        return new Sender(
                "order-webhook/memberday-order-paid",
                false,
                letter -> letter.with("order.paid", "order.payed"),
                letter -> letter.with("2026-05-01T", "2126-05-01T"),
                letter -> letter.with("\"CNY\"", "\"EUR\""),
                Optional.of("order-webhook/memberday-order-created"),
                letter ->
                        letter.with(
                                "\"paidAt\"",
                                "\"closedAt\":\"2026-05-01T20:04:00+08:00\",\"paidAt\""));
    }

    private static Sender kuaidi100() {
        return new Sender(
                "logistics-status/kuaidi100-signed",
                false,
                letter -> letter.with("\"lastResult\"", "\"otherResult\""),
                letter -> letter.with("2026-05-0", "2126-05-0"),
                letter -> letter.with(PARCEL, " "),
                Optional.of("logistics-status/kuaidi100-delivering"),
                letter -> letter.with("\"state\":\"304\"", "\"state\":\"0\""));
    }

    private static Sender aftership() {
        return new Sender(
                "logistics-status/aftership-delivered",
                true,
                letter -> letter.with("tracking_update", "edd_revise"),
                letter -> letter.with("2026-05-0", "2126-05-0").with("1777773720", "4933447320"),
                letter -> letter.with(PARCEL, " "),
                Optional.empty(),
                letter ->
                        letter.with(
                                "\"tag\":\"Delivered\",\"subtag\":\"Delivered_003\",\"subtag_message\"",
                                "\"tag\":\"Pending\",\"subtag_message\""));
    }

    private static Sender easypost() {
        return new Sender(
                "logistics-status/easypost-delivered",
                true,
                letter -> letter.with("tracker.updated", "batch.updated"),
                letter -> letter.with("2026-05-0", "2126-05-0"),
                letter -> letter.with(PARCEL, " "),
                Optional.empty(),
                letter ->
                        letter.with(
                                "SF1234567890\",\"status\":\"delivered\"",
                                "SF1234567890\",\"status\":\"pre_transit\""));
    }

    private static Sender bridge() {
        return new Sender(
                "logistics-status/memberday-parcel-signed",
                false,
                letter -> letter.with("\"signed\"", "\"delivered\""),
                letter -> letter.with("2026-05-0", "2126-05-0"),
                letter -> letter.with(BRIDGED, " "),
                Optional.of("logistics-status/memberday-parcel-arrived"),
                letter -> letter.with("\"signed\"", "\"exception\""));
    }
}
