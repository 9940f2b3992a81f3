package io.memberday.local.row;

import static io.memberday.local.row.Requests.campaign;
import static io.memberday.local.row.Requests.map;

import io.memberday.json.Fields;
import io.memberday.local.outbox.Sent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows on what a campaign brought: R60 to R64. */
final class ResultRows {
    private static final int CROWD = 40;
    private static final int HALF = 50;
    private static final String RUN = "measured@2026-06-10";

    private ResultRows() {}

    static List<Row> all() {
        return List.of(
                new Row("R60", "Result of a campaign", ResultRows::result),
                new Row("R61", "The shop's own table", ResultRows::table),
                new Row("R62", "Participants against non-participants", ResultRows::control),
                new Row("R63", "Daily data", ResultRows::daily),
                new Row("R64", "By segment, tier, channel and variant", ResultRows::groups));
    }

    private static void result(Scene scene) {
        String run = "member-day@2026-05-08";
        scene.at("2026-05-08T09:55");
        Role buys = Role.of("who buys").bought("2026-04-01", "90.00");
        Role refunds = Role.of("who buys and is refunded").bought("2026-04-01", "90.00");
        Role late = Role.of("who buys after four days").bought("2026-04-01", "90.00");
        Role reads = Role.of("who reads emails").byEmailOnly().bought("2026-04-01", "90.00");
        Role bounces = Role.of("whose address bounces").byEmailOnly().bought("2026-04-01", "90.00");
        Role barred = Role.of("refused by the provider").bought("2026-04-01", "90.00");
        Role stops = Role.of("opts out in between").bought("2026-04-01", "90.00");
        scene.of("member-day").arrive(buys, refunds, late, reads, bounces, barred, stops);
        scene.barred(barred);
        scene.onTheWay("2026-05-08T10:00", () -> scene.reply(stops, "退订"));
        scene.until("2026-05-08T10:15");
        scene.sent(run, buys);
        scene.sent(run, refunds);
        scene.sent(run, late);
        Sent email = scene.sent(run, reads);
        Sent lost = scene.sent(run, bounces);
        scene.notSent(run, barred, "failed", "InvalidParameter");
        scene.notSent(run, stops, "suppressed", "consent");
        scene.reported(reads, email, "Delivery", run);
        scene.reported(bounces, lost, "Bounce", run);
        scene.at("2026-05-12T12:00");
        scene.again(buys.bought("2026-05-09", "200.00"), "bought 200.00 on 2026-05-09");
        scene.again(
                refunds.bought("2026-05-09", "500.00", "refund", "500.00"),
                "bought 500.00 on 2026-05-09, all of it refunded");
        scene.again(late.bought("2026-05-12T11:00", "300.00"), "bought 300.00 on 2026-05-12");
        Fields report = scene.report(run);
        scene.seen(
                "parts %s, cost %s, delivered %s, bounced %s; failed %s; suppressed %s; buyers %s, orders %s, amount %s, conversion %s, ROI %s"
                        .formatted(
                                raw(report, "parts"),
                                raw(report, "cost"),
                                raw(report, "delivered"),
                                raw(report, "bounced"),
                                raw(report, "failed"),
                                raw(report, "suppressed"),
                                raw(report, "buyers"),
                                raw(report, "orders"),
                                raw(report, "amount"),
                                raw(report, "conversion"),
                                raw(report, "roi")));
        scene.same(5, raw(report, "sent"), "five were sent to");
        scene.same(1, raw(report, "delivered"), "one email is known to be delivered");
        scene.same(1, raw(report, "bounced"), "and one to have bounced");
        scene.same("{InvalidParameter=1}", raw(report, "failed"), "one was refused");
        scene.same("{consent=1}", raw(report, "suppressed"), "one was suppressed");
        scene.same(1, raw(report, "buyers"), "neither refunded nor late ones count");
        scene.same("200.00", raw(report, "amount"), "nor do their amounts");
        scene.same("20.00 %", raw(report, "conversion"), "one of five bought");
    }

    /**
     * The shop's table in small: the same amount for the same cost, and where the shop printed it
     * the same conversion. At full size, ShopsTableTest has it.
     */
    private static void table(Scene scene) {
        Fields lastHours = small(scene, "last-hours", "2026-11-14T12:00", 109, "146.61", "1:27");
        scene.same("0.92 %", raw(lastHours, "conversion"), "the shop's conversion");
        scene.afresh();
        small(scene, "festival-greeting", "2026-08-18T12:00", 40, "40.00", "1:20");
        scene.afresh();
        small(scene, "back-to-school", "2026-08-25T12:00", 31, "31.68", "1:20");
    }

    private static Fields small(
            Scene scene, String template, String at, int size, String amount, String roi) {
        scene.at(at);
        List<Role> crowd = crowd(size);
        scene.crowd("%d members with a purchase each".formatted(size), crowd);
        String id = "table-" + template;
        Map<String, Object> definition = campaign(id, "buyers", "");
        definition.remove("templates");
        definition.put("send", map("sms", template));
        definition.put("optOut", "none");
        definition.put("attribution", "4d");
        scene.ask(
                "definition %s: the playbook's text %s, one part".formatted(id, template),
                map("definition", definition));
        scene.until(at.replace("12:00", "12:10"));
        scene.same(size, scene.takeAll(), "everybody has the message");
        scene.until(at.replace("12:00", "12:20"));
        crowd.getFirst().bought(at.replace("12:00", "12:15"), amount);
        scene.orders("one of them buys for " + amount, List.of(crowd.getFirst()));
        String day = at.substring(0, 10);
        Fields report = scene.report(id + "@" + day);
        scene.seen(
                "%s parts for %s: conversion %s, ROI %s"
                        .formatted(
                                raw(report, "parts"),
                                raw(report, "cost"),
                                raw(report, "conversion"),
                                raw(report, "roi")));
        scene.same(size, raw(report, "parts"), "each text is one part");
        scene.same(roi, raw(report, "roi"), "the shop's ROI");
        return report;
    }

    private static void control(Scene scene) {
        List<Role> crowd = measured(scene);
        Fields report = scene.report(RUN);
        Fields uplift = report.object("uplift");
        scene.seen(
                "sent: %s buyers; held out: %s of %s"
                        .formatted(
                                raw(report, "buyers"),
                                raw(report, "heldOutBuyers"),
                                raw(report, "heldOut")));
        scene.seen(
                "uplift %s points (95 %% %s); per member %s (95 %% %s)"
                        .formatted(
                                raw(uplift, "conversionPoints"),
                                raw(uplift, "conversionInterval"),
                                raw(uplift, "revenuePerMember"),
                                raw(uplift, "revenueInterval")));
        long held = crowd.stream().filter(role -> !scene.got(role)).count();
        scene.same(held, raw(report, "heldOut"), "who got nothing is the control group");
        scene.same(1, raw(report, "heldOutBuyers"), "one of them bought all the same");
        scene.check(
                raw(uplift, "conversionPoints").startsWith("+"),
                "the message brought buyers",
                uplift.asMap());
    }

    private static void daily(Scene scene) {
        measured(scene);
        List<Fields> days = scene.report(RUN).objects("days");
        for (Fields day : days) {
            scene.seen(
                    "%s: sent %s, buyers %s, amount %s"
                            .formatted(
                                    raw(day, "date"),
                                    raw(day, "sent"),
                                    raw(day, "buyers"),
                                    raw(day, "amount")));
        }
        scene.same(
                List.of("3", "3", "0"),
                days.stream().map(day -> raw(day, "buyers")).limit(3).toList(),
                "three bought on each of two days, and none after");
    }

    private static void groups(Scene scene) {
        measured(scene);
        Fields report = scene.report(RUN);
        List<String> names = new ArrayList<>();
        int byVariant = 0;
        for (Fields group : report.objects("groups")) {
            names.add(raw(group, "by"));
            scene.seen(
                    "%s %s: sent %s, buyers %s, conversion %s"
                            .formatted(
                                    raw(group, "by"),
                                    raw(group, "name"),
                                    raw(group, "sent"),
                                    raw(group, "buyers"),
                                    raw(group, "conversion")));
            if (raw(group, "by").equals("variant")) {
                byVariant += Integer.parseInt(raw(group, "sent"));
            }
        }
        scene.check(
                names.containsAll(
                        List.of("variant", "segment", "tier", "layer", "stage", "channel")),
                "told by variant, segment, tier, layer, stage and channel",
                names);
        scene.same(byVariant, raw(report, "sent"), "variants sum up to the whole");
    }

    /**
     * Half is held out; of those who hear, three buy today and three tomorrow; of the others one.
     */
    private static List<Role> measured(Scene scene) {
        scene.at("2026-06-10T11:00");
        List<Role> crowd = crowd(CROWD);
        scene.crowd("%d members with a purchase each".formatted(CROWD), crowd);
        Map<String, Object> definition = campaign("measured", "buyers", "{{name|亲}}，今天上新");
        definition.put("holdout", HALF + "%");
        definition.put("compare", List.of("recent90"));
        definition.put(
                "variants",
                List.of(
                        map("id", "plain", "weight", HALF),
                        map("id", "warm", "weight", HALF, "send", map("sms", "measured-warm"))));
        definition.put(
                "templates",
                map(
                        "measured.sms.txt",
                        "{{name|亲}}，今天上新",
                        "measured-warm.sms.txt",
                        "{{name|亲}}，谢谢您，今天上新"));
        scene.ask(
                "definition measured, holdout: 50%, variants plain and warm",
                map("definition", definition));
        scene.until("2026-06-10T11:10");
        List<Role> heard = crowd.stream().filter(scene::got).toList();
        List<Role> held = crowd.stream().filter(role -> !scene.got(role)).toList();
        scene.seen("%d have the message, %d do not".formatted(heard.size(), held.size()));
        scene.check(
                held.stream().allMatch(role -> scene.isHeldOut(role, "measured", HALF)),
                "nobody but the control group goes without",
                held.size());
        scene.same(heard.size(), scene.takeAll(), "each has one message");
        scene.at("2026-06-13T12:00");
        List<Role> buyers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String day = i < 3 ? "2026-06-10T20:00" : "2026-06-11T20:00";
            buyers.add(heard.get(i).bought(day, "100.00"));
        }
        buyers.add(held.getFirst().bought("2026-06-10T20:00", "100.00"));
        scene.orders("6 who heard and 1 who was held out buy for 100.00 each", buyers);
        return crowd;
    }

    private static List<Role> crowd(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> Role.of("member " + i).bought("2026-04-01", "90.00"))
                .toList();
    }

    private static String raw(Fields fields, String name) {
        Object value = fields.raw(name).orElse("");
        return value instanceof Number && !(value instanceof java.math.BigDecimal)
                ? String.format(Locale.ROOT, "%s", value)
                : String.valueOf(value);
    }
}
