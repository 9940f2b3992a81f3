package io.memberday.local.row;

import static io.memberday.local.row.Requests.map;

import io.memberday.json.Fields;

import java.util.List;

/** Rows on looking before and after: R68, R69. */
final class OperatorRows {

    private static final String SUPPRESSED = "suppressed";
    private static final String REMINDER = "payment-reminder";
    private static final String LAST_CALL = "payment-last-call";
    private static final String GIFT = "second-purchase-gift";

    private OperatorRows() {}

    static List<Row> all() {
        return List.of(
                new Row("R68", "Dry run", OperatorRows::dryRun),
                new Row("R69", "Explain", OperatorRows::explain));
    }

    private static void dryRun(Scene scene) {
        scene.at("2026-05-20T09:00");
        Role one = Role.of("buyer").with("name", "林小雨").bought("2026-04-01", "90.00");
        Role two = Role.of("gold buyer");
        for (int month = 1; month <= 4; month++) {
            two.bought("2026-0%d-10".formatted(month), "600.00");
        }
        Role refuses = Role.of("who refused").refusing().bought("2026-04-01", "90.00");
        Role unbound = Role.of("known by account only").unbound().bought("2026-04-01", "90.00");
        Role visitor = Role.of("visitor");
        scene.arrive(refuses, unbound, visitor);
        scene.of("member-day").arrive(one, two);
        Fields dry =
                scene.ask(
                        "campaign: member-day, at: 2026-05-22, dryRun: true",
                        map("campaign", "member-day", "at", "2026-05-22", "dryRun", true));
        scene.seen(
                "%s: audience %s, held out %s, excluded %s, %s parts, %s"
                        .formatted(
                                dry.text("status"),
                                dry.raw("audience").orElse(""),
                                dry.raw("heldOut").orElse(""),
                                dry.raw("excluded").orElse(""),
                                dry.raw("parts").orElse(""),
                                dry.text("cost")));
        dry.objects("samples").forEach(sample -> scene.seen("sample: " + sample.text("text")));
        scene.same(2, dry.raw("messages").orElse(""), "two would be addressed");
        Fields excluded = dry.object("excluded");
        scene.same(1, excluded.raw("consent").orElse(""), "one has refused");
        scene.same(1, excluded.raw("unreachable").orElse(""), "one cannot be reached");
        scene.same(1, excluded.raw("segment").orElse(""), "one has bought nothing");
        scene.nothingSent("a dry run sends nothing");
        scene.at("2026-05-22T09:55");
        scene.until("2026-05-22T10:15");
        scene.sent("member-day@2026-05-22", one, "林小雨");
        scene.sent("member-day@2026-05-22", two, "金卡会员再享95折");
        scene.leftOut("member-day@2026-05-22", "consent", refuses);
    }

    /** One run in which everybody fares otherwise. */
    private static void explain(Scene scene) {
        String run = "notice@2026-06-10";
        scene.at("2026-06-10T10:00");
        Role reached = Role.of("reached").bought("2026-04-01", "90.00");
        Role visitor = Role.of("not in the segment");
        Role refused = Role.of("refused").refusing().bought("2026-04-01", "90.00");
        Role unbound = Role.of("has no address").unbound().bought("2026-04-01", "90.00");
        Role capped = Role.of("had one today").with("city", "苏州市").bought("2026-04-01", "90.00");
        Role barred = Role.of("refused by the provider").bought("2026-04-01", "90.00");
        Role stops = Role.of("opts out in between").bought("2026-04-01", "90.00");
        scene.of("notice", 50).arrive(reached, visitor, refused, unbound, capped, barred, stops);
        Role held = Role.of("held out").bought("2026-04-01", "90.00");
        scene.arriveHeldOut(held);
        scene.hold("suzhou", "city == \"苏州市\"", "{{name|亲}}，苏州店上新");
        scene.until("2026-06-10T10:10");
        scene.sent("suzhou@2026-06-10", capped);
        scene.barred(barred);
        scene.hold("notice", "buyers", "{{name|亲}}，今天上新", "holdout", "50%");
        scene.reply(stops, "退订");
        scene.until("2026-06-10T10:20");
        scene.sent(run, reached);
        scene.leftOut(run, "segment", visitor);
        scene.leftOut(run, "consent", refused);
        scene.leftOut(run, "unreachable", unbound);
        scene.leftOut(run, "cap", capped);
        scene.notSent(run, held, "held-out", "");
        scene.notSent(run, stops, SUPPRESSED, "consent");
        scene.notSent(run, barred, "failed", "InvalidParameter");
        scene.afresh();
        ofTouchpoints(scene);
    }

    /** Touchpoints in each way in which they can come out for an order. */
    private static void ofTouchpoints(Scene scene) {
        Way way = new Way(scene);
        scene.at("2026-06-09T20:00");
        Trade expires = Trade.of(Role.of("orders while the system stands still"), "a", "200.00");
        scene.arrive(expires.buyer());
        way.posted(expires, "orders, unpaid", expires::placed);
        scene.at("2026-06-10T10:20");
        Trade waits = Trade.of(Role.of("leaves an order unpaid"), "a", "200.00");
        Trade pays = Trade.of(Role.of("pays in time, has no email address"), "a", "200.00");
        Role orders = Role.of("orders the same again, and pays that");
        Trade left = Trade.of(orders, "a", "200.00");
        Trade instead = Trade.of(orders, "b", "200.00");
        Trade cores = Trade.of(Role.core("core"), "a", "200.00");
        Trade gift =
                Trade.of(
                        Role.of("buys gifts")
                                .tagged("2026-06-01", "gift-buyer", true, "operator:anna"),
                        "a",
                        "200.00");
        scene.arrive(waits.buyer(), pays.buyer(), orders, cores.buyer(), gift.buyer());
        for (Trade one : List.of(waits, pays, left, cores)) {
            way.posted(one, "orders, unpaid", one::placed);
        }
        // Later than it was ordered: a second is not told apart.
        scene.until("2026-06-10T10:22");
        for (Trade one : List.of(pays, instead, gift)) {
            way.posted(one, "pays an order", one::paid);
        }
        scene.until("2026-06-10T11:40");
        way.told(REMINDER, waits, "等您付款");
        way.untold(REMINDER, pays, "none", "paid");
        way.untold(REMINDER, left, SUPPRESSED, "reordered");
        way.untold(REMINDER, cores, SUPPRESSED, "call");
        way.opened("payment", cores.buyer());
        way.untold(REMINDER, expires, SUPPRESSED, "late");
        way.untold("payment-thanks", pays, SUPPRESSED, "unreachable");
        scene.at("2026-06-11T19:25");
        scene.until("2026-06-11T19:50");
        way.untold(GIFT, gift, SUPPRESSED, "condition");
        way.told(GIFT, pays, "初次见面礼");
        way.told(GIFT, instead, "初次见面礼");
        way.told(LAST_CALL, waits, "库存不多");
        way.told(LAST_CALL, cores, "库存不多");
        way.untold(LAST_CALL, expires, SUPPRESSED, "late");
    }
}
