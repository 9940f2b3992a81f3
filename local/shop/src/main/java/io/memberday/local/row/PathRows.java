package io.memberday.local.row;

import io.memberday.local.outbox.Sent;

import java.util.List;

/** Rows on an order until it is paid, and on thanks: R15 to R18. */
final class PathRows {
    private static final String NONE = "none";
    private static final String SUPPRESSED = "suppressed";
    private static final String REMINDER = "payment-reminder";

    private PathRows() {}

    static List<Row> all() {
        return List.of(
                new Row("R15", "Payment reminder", PathRows::payment),
                new Row("R16", "Promised-dispatch reminder", PathRows::cutOff),
                new Row("R17", "Offer-end reminder", PathRows::offerEnds),
                new Row("R18", "Order, payment and receipt thanks", PathRows::thanks));
    }

    private static void payment(Scene scene) {
        Way way = new Way(scene);
        scene.at("2026-06-10T10:00");
        Trade forgets = Trade.of(Role.of("who forgets"), "a", "200.00");
        Trade small = Trade.of(Role.of("whose order is small"), "a", "99.99");
        Trade cancels = Trade.of(Role.of("who cancels"), "a", "200.00");
        Trade pays = Trade.of(Role.of("who pays in the last minute"), "a", "200.00");
        Role again = Role.of("who orders anew");
        Trade left = Trade.of(again, "a", "200.00").about("QJ-4001", "床品");
        Trade instead = Trade.of(again, "b", "220.00").about("QJ-4001", "床品");
        Role regular =
                Role.of("regular").bought("2026-04-01", "90.00").bought("2026-05-01", "90.00");
        Trade regulars = Trade.of(regular, "a", "200.00");
        Role core = Role.core("core");
        Trade cores = Trade.of(core, "a", "200.00");
        scene.arrive(
                forgets.buyer(),
                small.buyer(),
                cancels.buyer(),
                pays.buyer(),
                again,
                regular,
                core);
        for (Trade one : List.of(forgets, small, cancels, pays, left, regulars, cores)) {
            way.posted(one, "orders, unpaid", one::placed);
        }
        scene.until("2026-06-10T10:30");
        way.posted(cancels, "cancels the order", cancels::closed);
        way.posted(instead, "orders one of the same goods again, and pays", instead::paid);
        scene.until("2026-06-10T10:59");
        way.posted(pays, "pays, a minute before the reminder is due", pays::paid);
        scene.until("2026-06-10T11:10");
        way.told(REMINDER, forgets, "等您付款", "【棉里】");
        way.told(REMINDER, regulars, "谢谢您又来棉里");
        way.untold(REMINDER, small, NONE, "amount");
        way.untold(REMINDER, cancels, NONE, "closed");
        way.untold(REMINDER, pays, NONE, "paid");
        way.untold(REMINDER, left, SUPPRESSED, "reordered");
        way.untold(REMINDER, cores, SUPPRESSED, "call");
        way.opened("payment", core);
        way.posted(regulars, "pays after the reminder", regulars::paid);
        scene.at("2026-06-11T19:25");
        scene.until("2026-06-11T19:40");
        way.told("payment-last-call", forgets, "库存不多");
        way.told("payment-last-call", cores, "库存不多");
        way.untold("payment-last-call", regulars, NONE, "paid");
        // The first purchase of each: the evening after brings a gift for the second.
        way.told("second-purchase-gift", pays, "初次见面礼");
        way.told("second-purchase-gift", instead, "初次见面礼");
    }

    private static void cutOff(Scene scene) {
        Way way = new Way(scene);
        scene.at("2026-11-11T14:00");
        Trade early = Trade.of(Role.of("orders at two"), "a", "80.00");
        Trade pays = Trade.of(Role.of("pays at once"), "a", "80.00");
        Trade late = Trade.of(Role.of("orders after four"), "a", "80.00");
        scene.arrive(early.buyer(), pays.buyer(), late.buyer());
        way.posted(early, "orders, unpaid", early::placed);
        way.posted(pays, "orders and pays", pays::paid);
        scene.until("2026-11-11T15:10");
        way.told("ships-today", early, "16:00前付款今天就发货");
        way.untold("ships-today", pays, NONE, "paid");
        scene.at("2026-11-11T16:05");
        way.posted(late, "orders, unpaid", late::placed);
        scene.until("2026-11-11T16:20");
        way.untold("ships-today", late, NONE, "no-time");
    }

    private static void offerEnds(Scene scene) {
        Way way = new Way(scene);
        scene.at("2026-06-17T12:00");
        Trade waits = Trade.of(Role.of("waits"), "a", "80.00");
        Trade pays = Trade.of(Role.of("pays in the afternoon"), "a", "80.00");
        scene.arrive(waits.buyer(), pays.buyer());
        way.posted(waits, "orders, unpaid", waits::placed);
        way.posted(pays, "orders, unpaid", pays::placed);
        scene.at("2026-06-18T17:00");
        way.posted(pays, "pays", pays::paid);
        scene.until("2026-06-18T20:10");
        way.told("offer-ends", waits, "活动今晚24点结束");
        way.untold("offer-ends", pays, NONE, "paid");
    }

    private static void thanks(Scene scene) {
        Way way = new Way(scene);
        scene.at("2026-06-10T10:00");
        Role reader = Role.of("reads emails").alsoByEmail();
        Trade buys = Trade.of(reader, "a", "80.00");
        Role refuses = Role.of("who refused marketing").refusing();
        Trade refused = Trade.of(refuses, "a", "80.00");
        scene.arrive(reader, refuses);
        way.posted(buys, "orders", buys::placed);
        scene.until("2026-06-10T10:05");
        way.told("order-thanks", buys, "我们已收到您的订单");
        way.posted(buys, "pays", buys::paid);
        way.posted(refused, "orders and pays, without an email address", refused::paid);
        scene.until("2026-06-10T10:10");
        way.told("payment-thanks", buys, "正在为您打包");
        way.untold("payment-thanks", refused, SUPPRESSED, "unreachable");
        scene.at("2026-06-16T12:00");
        way.posted(buys, "confirms the receipt", buys::confirmed);
        way.posted(refused, "confirms the receipt", refused::confirmed);
        scene.until("2026-06-16T12:05");
        way.told("receipt-thanks", buys, "专享活动");
        Sent plain = way.told("receipt-thanks", refused, "谢谢您确认收货");
        scene.check(
                !Messages.text(plain).contains("活动"),
                "who refused marketing is thanked without any",
                Messages.text(plain));
    }
}
