package io.memberday.local.row;

import static io.memberday.local.row.Requests.campaign;
import static io.memberday.local.row.Requests.map;

import io.memberday.local.outbox.Sent;

import java.util.List;

/** Rows on the way of a purchase up to the parcel: R15 to R23. */
final class PathRows {
    private static final String NONE = "none";
    private static final String SUPPRESSED = "suppressed";
    private static final String REMINDER = "payment-reminder";
    private static final String CITY = "上海市";

    private PathRows() {}

    static List<Row> all() {
        return List.of(
                new Row("R15", "Payment reminder", PathRows::payment),
                new Row("R16", "Promised-dispatch reminder", PathRows::cutOff),
                new Row("R17", "Offer-end reminder", PathRows::offerEnds),
                new Row("R18", "Order, payment and receipt thanks", PathRows::thanks),
                new Row("R19", "Dispatch notice", PathRows::dispatch),
                new Row("R20", "Same-city notice", PathRows::sameCity),
                new Row("R21", "Signed notice", PathRows::signed),
                new Row("R22", "Problem-parcel early warning", PathRows::problem),
                new Row("R23", "Mass-delay notice", PathRows::massDelay),
                new Row("R28", "Service alert to a region", PathRows::alert));
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
        Role core = Role.of("core");
        for (int month = 1; month <= 6; month++) {
            core.bought("2026-0%d-01T1%d:00".formatted(Math.min(month, 5), month), "900.00");
        }
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
        way.untold("ships-today", late, NONE, "late");
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

    private static void dispatch(Scene scene) {
        Way way = new Way(scene);
        scene.at("2026-06-10T10:00");
        Trade ships = Trade.of(Role.of("whose parcel leaves").refusing(), "a", "80.00");
        Trade waits = Trade.of(Role.of("whose parcel waits"), "a", "80.00");
        Trade stopped = Trade.of(Role.of("who wants no SMS at all"), "a", "80.00");
        scene.arrive(ships.buyer(), waits.buyer(), stopped.buyer());
        for (Trade one : List.of(ships, waits, stopped)) {
            way.posted(one, "orders and pays", one::paid);
        }
        scene.reply(stopped.buyer(), "STOP");
        way.posted(ships, "the parcel is shipped", ships::shipped);
        way.posted(stopped, "the parcel is shipped", stopped::shipped);
        scene.until("2026-06-10T10:10");
        way.told("dispatch-notice", ships, "SF-EXPRESS", ships.tracking());
        way.untold("dispatch-notice", waits, NONE, "no-parcel");
        way.untold("dispatch-notice", stopped, SUPPRESSED, "consent");
    }

    private static void sameCity(Scene scene) {
        Way way = new Way(scene);
        List<Trade> both =
                shipped(
                        scene,
                        way,
                        Role.of("lives in Shanghai").with("city", CITY),
                        Role.of("whose parcel is elsewhere").with("city", CITY));
        Trade near = both.getFirst();
        Trade far = both.getLast();
        scene.at("2026-06-11T10:00");
        way.scanned(near, "arrived", CITY);
        way.scanned(far, "in_transit", "南京市");
        scene.until("2026-06-11T10:10");
        way.told("same-city-notice", near, "已到上海市");
        way.untold("same-city-notice", far, NONE, "no-event");
    }

    private static void signed(Scene scene) {
        Way way = new Way(scene);
        List<Trade> all =
                shipped(
                        scene,
                        way,
                        Role.of("who signs").with("city", CITY),
                        Role.of("who signs and refused marketing").refusing().with("city", CITY),
                        Role.of("whose parcel is on its way").with("city", CITY));
        Trade signs = all.getFirst();
        Trade refuses = all.get(1);
        Trade back = all.getLast();
        scene.at("2026-06-11T09:00");
        way.scanned(back, "in_transit", "南京市");
        way.scanned(signs, "signed", CITY);
        way.scanned(refuses, "signed", CITY);
        scene.until("2026-06-11T09:20");
        scene.nothingSent("the notice comes half an hour after signing");
        scene.until("2026-06-11T09:40");
        way.told("signed-notice", signs, "包裹已签收", "好评", "专享活动");
        Sent plain = way.told("signed-notice", refuses, "包裹已签收", "好评");
        scene.check(
                !Messages.text(plain).contains("活动"),
                "who refused marketing hears of the parcel alone",
                Messages.text(plain));
        way.untold("signed-notice", back, NONE, "no-event");
    }

    private static void problem(Scene scene) {
        Way way = new Way(scene);
        List<Trade> both =
                shipped(
                        scene,
                        way,
                        Role.of("whose parcel is damaged").with("city", CITY),
                        Role.of("whose parcel is fine").with("city", CITY));
        Trade damaged = both.getFirst();
        Trade fine = both.getLast();
        scene.at("2026-06-11T09:00");
        way.scanned(damaged, "exception", "南京市");
        way.scanned(damaged, "exception", "南京市");
        way.scanned(fine, "in_transit", "南京市");
        scene.until("2026-06-11T09:10");
        way.told("problem-parcel", damaged, "我们已在催快递");
        way.opened("parcel", damaged.buyer());
        way.untold("problem-parcel", fine, NONE, "no-event");
        way.unopened("parcel", fine.buyer());
    }

    private static void massDelay(Scene scene) {
        Way way = new Way(scene);
        String run = "mass-delay@2026-11-13";
        scene.at("2026-11-11T10:00");
        Trade waits = Trade.of(Role.of("waits for an order of 11-11").refusing(), "a", "120.00");
        Trade has = Trade.of(Role.of("has it already").refusing(), "a", "120.00");
        Trade later = Trade.of(Role.of("bought on 11-12").refusing(), "a", "120.00");
        scene.arrive(waits.buyer(), has.buyer(), later.buyer());
        way.posted(waits, "orders and pays", waits::paid);
        way.posted(has, "orders and pays", has::paid);
        scene.at("2026-11-12T10:00");
        way.posted(later, "orders and pays", later::paid);
        way.posted(has, "has signed for it", has::signed);
        scene.at("2026-11-13T09:55");
        scene.until("2026-11-13T10:10");
        scene.sent(run, waits.buyer(), "预计晚到3到5天");
        scene.notSent(run, has.buyer(), "excluded", "segment");
        scene.notSent(run, later.buyer(), "excluded", "segment");
    }

    /** An operator's campaign of kind service: to a region, also to who refused marketing. */
    private static void alert(Scene scene) {
        Way way = new Way(scene);
        String run = "typhoon@2026-07-20";
        scene.at("2026-07-20T09:00");
        Role here = Role.of("lives in Hainan").refusing().with("region", "海南省");
        here.bought("2026-05-01", "90.00");
        Role elsewhere = Role.of("lives in Jilin").with("region", "吉林省");
        elsewhere.bought("2026-05-01", "90.00");
        Role stopped = Role.of("wants no SMS at all").with("region", "海南省");
        scene.arrive(here, elsewhere, stopped);
        scene.reply(stopped, "STOP");
        String where = "region == \"海南省\"";
        scene.ask(
                "definition typhoon, kind: service, to %s".formatted(where),
                map(
                        "definition",
                        campaign(
                                "typhoon",
                                where,
                                "{{name|亲}}，台风影响，您的包裹可能晚到，请注意安全",
                                "kind",
                                "service")));
        scene.until("2026-07-20T09:10");
        Sent sent = scene.sent(run, here, "台风影响");
        scene.check(
                !Messages.text(sent).contains("拒收"),
                "no opt-out words: it is no promotion",
                Messages.text(sent));
        scene.notSent(run, elsewhere, "excluded", "segment");
        scene.notSent(run, stopped, "excluded", "consent");
    }

    /** Orders that are paid and shipped on 10 June at ten. */
    private static List<Trade> shipped(Scene scene, Way way, Role... roles) {
        scene.at("2026-06-10T10:00");
        List<Trade> trades = way.trades("80.00", roles);
        for (Trade one : trades) {
            way.posted(one, "orders and pays, and the parcel is shipped", one::paid, one::shipped);
        }
        scene.until("2026-06-10T10:10");
        trades.forEach(one -> way.told("dispatch-notice", one, one.tracking()));
        return trades;
    }
}
