package io.memberday.local.row;

import static io.memberday.local.row.Requests.campaign;
import static io.memberday.local.row.Requests.map;

import io.memberday.json.Fields;

import java.util.List;
import java.util.Map;

/** Rows on looking before and after: R68, R69. */
final class OperatorRows {
    private static final String EXCLUDED = "excluded";

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
        scene.notSent("member-day@2026-05-22", refuses, EXCLUDED, "consent");
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
        Map<String, Object> notice = campaign("notice", "buyers", "{{name|亲}}，今天上新");
        notice.put("holdout", "50%");
        Role held = Role.of("held out").bought("2026-04-01", "90.00");
        scene.arriveHeldOut(held);
        scene.ask(
                "definition suzhou, to who lives there",
                map("definition", campaign("suzhou", "city == \"苏州市\"", "{{name|亲}}，苏州店上新")));
        scene.until("2026-06-10T10:10");
        scene.sent("suzhou@2026-06-10", capped);
        scene.barred(barred);
        scene.ask("definition notice, holdout: 50%", map("definition", notice));
        scene.reply(stops, "退订");
        scene.until("2026-06-10T10:20");
        scene.sent(run, reached);
        scene.notSent(run, visitor, EXCLUDED, "segment");
        scene.notSent(run, refused, EXCLUDED, "consent");
        scene.notSent(run, unbound, EXCLUDED, "unreachable");
        scene.notSent(run, capped, EXCLUDED, "cap");
        scene.notSent(run, held, "held-out", "");
        scene.notSent(run, stops, "suppressed", "consent");
        scene.notSent(run, barred, "failed", "InvalidParameter");
        ofATouchpoint(scene);
    }

    private static void ofATouchpoint(Scene scene) {
        Role waits = Role.of("leaves an order unpaid").ordered("2026-06-10T10:20", "200.00");
        Role pays = Role.of("pays in time").ordered("2026-06-10T10:20", "200.00");
        scene.arrive(waits, pays);
        scene.again(pays.pays(), "pays the order");
        scene.until("2026-06-10T11:40");
        scene.sent("", waits);
        scene.explained("payment-reminder", waits, "sent", "");
        scene.explained("payment-reminder", pays, "none", "paid");
    }
}
