package io.memberday.local.row;

import static io.memberday.local.row.Requests.campaign;
import static io.memberday.local.row.Requests.map;

import io.memberday.local.outbox.Sent;

import java.util.List;

/** Rows on what a member is offered: R31, R38, R39, R40. */
final class OfferRows {
    private static final String SEGMENT = "segment";

    private OfferRows() {}

    static List<Row> all() {
        return List.of(
                new Row("R31", "Member-exclusive offers", OfferRows::exclusive),
                new Row("R38", "Reactivation by value", OfferRows::byValue),
                new Row("R39", "New arrivals", OfferRows::arrivals),
                new Row("R40", "Offline events and live notices", OfferRows::live));
    }

    /** Member day shows each tier's own benefit; the core alone sees the prices of 11-11 first. */
    private static void exclusive(Scene scene) {
        scene.at("2027-10-29T09:55");
        Role member = Role.of("member").bought("2027-06-01", "200.00");
        Role gold = buyer("gold", 4, "520.00");
        Role platinum = buyer("platinum", 6, "900.00");
        scene.of("member-day", "core-preview").arrive(member, gold, platinum);
        scene.until("2027-10-29T10:15");
        scene.sent("member-day@2027-10-29", gold, "金卡会员再享95折");
        scene.sent("member-day@2027-10-29", platinum, "白金会员再享9折");
        Sent plain = scene.sent("member-day@2027-10-29", member, "满200减20");
        scene.check(
                !(plain instanceof Sent.Sms sms) || !sms.text().contains("再享"),
                "who has no such tier reads nothing of its benefit",
                plain);
        scene.at("2027-10-30T12:25");
        scene.until("2027-10-30T12:45");
        scene.sent("core-preview@2027-10-30", platinum, "白金会员专享", "再享9折");
        scene.leftOut("core-preview@2027-10-30", SEGMENT, gold, member);
    }

    private static Role buyer(String name, int orders, String amount) {
        Role buyer = Role.of(name);
        for (int i = 1; i <= orders; i++) {
            buyer.bought("2027-0%d-15".formatted(i + 1), amount);
        }
        return buyer;
    }

    /** Coupons by the member's own average order and discount, within what the campaign allows. */
    private static void byValue(Scene scene) {
        String run = "wake-dormant@2026-06-22";
        scene.at("2026-06-20T12:00");
        Role own =
                Role.of("average 238.00, saved 9.09 %")
                        .bought("2026-02-01", "238.00", "discount", "23.80");
        Role least = Role.of("average 60.00, saved nothing").bought("2026-02-01", "60.00");
        Role written =
                Role.of("written to two days ago")
                        .with("city", "苏州市")
                        .bought("2026-02-01", "238.00");
        scene.of("wake-dormant").arrive(own, least, written);
        scene.hold("suzhou", "city == \"苏州市\"", "{{name|亲}}，苏州店上新");
        scene.until("2026-06-20T12:10");
        scene.sent("suzhou@2026-06-20", written, "苏州店上新");
        scene.at("2026-06-22T12:25");
        scene.until("2026-06-22T12:45");
        scene.sent(run, own, "满260减24");
        scene.sent(run, least, "满90减8");
        scene.leftOut(run, SEGMENT, written);
        scene.afresh();

        scene.at("2026-08-26T12:25");
        Role lost = Role.of("lost, average 200.00").byEmailOnly().bought("2025-02-01", "200.00");
        Role small = Role.of("lost, average 59.99").bought("2025-02-01", "59.99");
        scene.of("win-back-churned").arrive(lost, small);
        scene.until("2026-08-26T12:45");
        scene.sent("win-back-churned@2026-08-26", lost, "满160减24");
        scene.leftOut("win-back-churned@2026-08-26", SEGMENT, small);
        scene.afresh();

        scene.at("2026-07-28T14:55");
        Role rich = Role.of("500 points").bought("2026-07-01", "500.00");
        Role poor = Role.of("499 points").bought("2026-07-01", "499.00");
        scene.of("points-balance").arrive(rich, poor);
        scene.until("2026-07-28T15:15");
        scene.sent("points-balance@2026-07-28", rich, "500积分");
        scene.leftOut("points-balance@2026-07-28", SEGMENT, poor);
    }

    private static void arrivals(Scene scene) {
        String run = "autumn-loungewear@2026-09-16";
        scene.at("2026-09-16T12:25");
        Role fits = Role.of("bought loungewear").bought("2026-01-10", "200.00", "category", "家居服");
        Role product =
                Role.of("bought the CL-1201").bought("2026-01-10", "200.00", "product", "CL-1201");
        Role bedding = Role.of("bought bedding").bought("2026-01-10", "200.00", "category", "床品");
        Role early =
                Role.of("bought loungewear too long ago")
                        .bought("2025-09-01", "200.00", "category", "家居服");
        scene.of("autumn-loungewear").arrive(fits, product, bedding, early);
        scene.until("2026-09-16T12:45");
        scene.sent(run, fits, "秋冬家居服到店");
        scene.sent(run, product, "秋冬家居服到店");
        scene.leftOut(run, SEGMENT, bedding, early);
    }

    private static void live(Scene scene) {
        scene.at("2026-10-13T12:25");
        Role nearby = nearby("regular nearby", "上海市");
        Role faraway = nearby("regular far away", "成都市");
        Role attended =
                nearby("regular nearby who has been to one", "上海市")
                        .tagged("2026-10-01", "attended:shop-evening", true, "operator:anna");
        scene.of("shop-evening").arrive(nearby, faraway, attended);
        scene.until("2026-10-13T12:45");
        scene.sent("shop-evening@2026-10-13", nearby, "试睡会");
        scene.leftOut("shop-evening@2026-10-13", SEGMENT, faraway, attended);
        scene.afresh();
        sprint(scene);
    }

    /** Without a deployment; who buys between planning and sending gets none. */
    private static void sprint(Scene scene) {
        scene.at("2026-05-21T17:00");
        Role waiting = Role.of("regular").bought("2026-04-01", "90.00");
        Role before = Role.of("bought today").bought("2026-05-21T15:00", "90.00");
        Role meanwhile = Role.of("buys in between").bought("2026-04-01", "90.00");
        scene.arrive(waiting, before, meanwhile);
        scene.refused(
                "definition sprint with a mistake: keptPurchase >= 1",
                map("definition", campaign("sprint", "keptPurchase >= 1", "最后3小时")),
                "keptPurchases");
        scene.hold(
                "sprint",
                "keptPurchases >= 1 && !bought(\"today\", \"today\")",
                "{{name|亲}}，最后3小时",
                "budget",
                "300.00 CNY");
        scene.again(
                meanwhile.bought("2026-05-21T16:59", "120.00"),
                "bought 120.00 while the run is being planned");
        scene.until("2026-05-21T17:02");
        String run = "sprint@2026-05-21";
        Sent message = scene.sent(run, waiting, "最后3小时");
        scene.leftOut(run, SEGMENT, before);
        scene.notSent(run, meanwhile, "suppressed", SEGMENT);
        scene.check(
                scene.time(message).compareTo("17:02") <= 0,
                "the message goes within minutes",
                scene.time(message));
    }

    private static Role nearby(String name, String city) {
        return Role.of(name)
                .with("city", city)
                .bought("2026-08-01", "90.00")
                .bought("2026-09-01", "90.00");
    }
}
