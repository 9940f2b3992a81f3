package io.memberday.local.row;

import static io.memberday.local.row.Requests.campaign;
import static io.memberday.local.row.Requests.map;

import io.memberday.json.Fields;
import io.memberday.local.outbox.Sent;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Rows on what holds a message back: R50, R52, R53, R54. */
final class PolicyRows {
    private static final String SUPPRESSED = "suppressed";
    private static final String CONSENT = "consent";

    private PolicyRows() {}

    static List<Row> all() {
        return List.of(
                new Row("R50", "Consent and opt-out", PolicyRows::consent),
                new Row("R52", "Contact budget", PolicyRows::caps),
                new Row("R53", "Quiet hours and windows", PolicyRows::quiet),
                new Row("R54", "Money budget", PolicyRows::money));
    }

    private static void consent(Scene scene) {
        String run = "member-day@2026-05-08";
        scene.at("2026-05-08T09:55");
        Role agreed = Role.of("who agreed").bought("2026-04-01", "90.00");
        Role replies = Role.of("who replies in between").bought("2026-04-01", "90.00");
        Role refused = Role.of("who refused at the shop").refusing().bought("2026-04-01", "90.00");
        Role silent = Role.of("who was never asked").silent().bought("2026-04-01", "90.00");
        Role clicks = Role.of("reader of emails").byEmailOnly().bought("2026-04-01", "90.00");
        scene.of("member-day").arrive(agreed, replies, refused, silent, clicks);
        scene.onTheWay("2026-05-08T10:00", () -> scene.reply(replies, "拒收 R"));
        scene.until("2026-05-08T10:15");
        scene.sent(run, agreed, "拒收请回复R");
        Sent email = scene.sent(run, clicks);
        scene.notSent(run, replies, SUPPRESSED, CONSENT);
        scene.leftOut(run, CONSENT, refused, silent);
        if (email instanceof Sent.Email read) {
            scene.click(clicks, read);
        }
        scene.again(
                replies.bought("2026-05-08T10:10", "90.00", "parcel", "SF0000000001"),
                "bought again, and the parcel is shipped");
        scene.until("2026-05-08T10:25");
        scene.told("dispatch-notice", replies, "SF0000000001");
        scene.at("2026-05-15T09:55");
        scene.until("2026-05-15T10:15");
        scene.sent("member-day@2026-05-15", agreed);
        scene.leftOut("member-day@2026-05-15", CONSENT, clicks, replies);
    }

    /** One a day and three a week; the most valuable wins; a service message is not counted. */
    private static void caps(Scene scene) {
        scene.at("2026-06-15T11:00");
        Role buyer = Role.of("buyer").bought("2026-04-01", "90.00");
        Role fresh = Role.of("who joins on Thursday").bought("2026-04-01", "90.00");
        scene.arrive(buyer);
        hold(scene, "monday");
        scene.until("2026-06-15T11:10");
        scene.sent("monday@2026-06-15", buyer);
        hold(scene, "monday-noon");
        scene.until("2026-06-15T11:20");
        scene.leftOut("monday-noon@2026-06-15", "cap", buyer);
        scene.again(
                buyer.bought("2026-06-15T11:19", "90.00", "parcel", "SF0000000002"),
                "bought again, and the parcel is shipped");
        scene.until("2026-06-15T11:30");
        scene.told("dispatch-notice", buyer, "SF0000000002");
        for (String day : List.of("2026-06-16", "2026-06-17")) {
            scene.at(day + "T11:00");
            hold(scene, "day-" + day.substring(8));
            scene.until(day + "T11:10");
            scene.sent("day-%s@%s".formatted(day.substring(8), day), buyer);
        }
        scene.at("2026-06-18T11:00");
        scene.arrive(fresh);
        hold(scene, "thursday");
        scene.until("2026-06-18T11:10");
        scene.sent("thursday@2026-06-18", fresh);
        scene.leftOut("thursday@2026-06-18", "cap", buyer);
        scene.afresh();

        scene.at("2026-06-19T09:55");
        Role regular =
                Role.of("regular").bought("2026-05-01", "90.00").bought("2026-06-01", "90.00");
        scene.of("member-day", "dragon-boat-greeting").arrive(regular);
        scene.until("2026-06-19T10:15");
        scene.seen("member day is worth 50 and the Dragon Boat greeting 40: both are due at 10:00");
        scene.sent("member-day@2026-06-19", regular);
        scene.leftOut("dragon-boat-greeting@2026-06-19", "higher-value", regular);
    }

    private static void hold(Scene scene, String id) {
        scene.hold(id, "buyers", "{{name|亲}}，今天上新");
    }

    /** Who sleeps is written to when they wake, if the window is still open then. */
    private static void quiet(Scene scene) {
        String run = "member-day@2026-05-15";
        scene.at("2026-05-15T09:55");
        Role here = Role.of("in Shanghai").bought("2026-04-01", "90.00");
        Role london =
                Role.of("in London")
                        .with("timezone", "Europe/London")
                        .bought("2026-04-01", "90.00");
        Role newYork =
                Role.of("in New York")
                        .with("timezone", "America/New_York")
                        .bought("2026-04-01", "90.00");
        scene.of("member-day").arrive(here, london, newYork);
        scene.until("2026-05-15T20:30");
        Sent first = scene.sent(run, here);
        Sent second = scene.sent(run, london);
        scene.check(
                scene.time(first).startsWith("10:0") && scene.time(second).startsWith("15:0"),
                "London hears at 08:00 of its own, 15:00 in Shanghai",
                scene.time(second));
        scene.until("2026-05-16T08:30");
        scene.notSent(run, newYork, SUPPRESSED, "window");
        scene.afresh();

        Role awake = Role.of("in Shanghai").bought("2026-04-01", "90.00");
        Role asleep = asleep();
        evening(scene, awake, asleep);
        scene.refused(
                "definition late at 21:30",
                map(
                        "definition",
                        campaign("late", "buyers", "{{name|亲}}，今晚", "window", "12h"),
                        "at",
                        "2026-06-10T21:30"),
                "quiet");
        scene.hold("evening", "buyers", "{{name|亲}}，今晚", "window", "12h");
        scene.until("2026-06-10T20:40");
        scene.sent("evening@2026-06-10", awake, "今晚");
        scene.notSent("evening@2026-06-10", asleep, "open", "RUNNING");
        scene.until("2026-06-11T07:10");
        Sent woken = scene.sent("evening@2026-06-10", asleep, "今晚");
        scene.check(
                scene.time(woken).startsWith("07:0"),
                "Tokyo hears when its own quiet hours are over, at 07:00 in Shanghai",
                scene.time(woken));
        scene.afresh();
        dropped(scene);
    }

    /** What is over tomorrow is not sent tomorrow. */
    private static void dropped(Scene scene) {
        Role awake = Role.of("in Shanghai").bought("2026-04-01", "90.00");
        Role asleep = asleep();
        evening(scene, awake, asleep);
        scene.hold("tonight", "buyers", "{{name|亲}}，今晚", "window", "12h", "outsideHours", "drop");
        scene.until("2026-06-10T20:40");
        scene.sent("tonight@2026-06-10", awake, "今晚");
        scene.until("2026-06-11T08:10");
        scene.leftOut("tonight@2026-06-10", "quiet-hours", asleep);
    }

    private static Role asleep() {
        return Role.of("in Tokyo").with("timezone", "Asia/Tokyo").bought("2026-04-01", "90.00");
    }

    /** Half past eight in Shanghai, when it is quiet in Tokyo. */
    private static void evening(Scene scene, Role... roles) {
        scene.at("2026-06-10T20:30");
        scene.arrive(roles);
    }

    /**
     * Money for 100 of 120. It is set aside batch by batch: a run stops at its budget, or less than
     * a batch before it, and never over.
     */
    private static void money(Scene scene) {
        String run = "frugal@2026-06-10";
        scene.at("2026-06-10T11:00");
        List<Role> buyers =
                IntStream.range(0, 120)
                        .mapToObj(i -> Role.of("buyer " + i).bought("2026-04-01", "90.00"))
                        .toList();
        scene.crowd("120 members with a purchase each", buyers);
        Map<String, Object> definition =
                campaign("frugal", "buyers", "{{name|亲}}，今天上新", "budget", "5.00 CNY");
        Fields preview =
                scene.ask(
                        "definition frugal, budget: 5.00 CNY, dryRun: true",
                        map("definition", definition, "dryRun", true));
        scene.seen(
                "preview: %s messages, cost %s, within budget: %s"
                        .formatted(
                                preview.raw("messages").orElse(""),
                                preview.text("cost"),
                                preview.raw("withinBudget").orElse("")));
        scene.same(false, preview.raw("withinBudget").orElse(""), "the preview warns");
        scene.nothingSent("a dry run sends nothing");
        scene.ask("definition frugal, budget: 5.00 CNY", map("definition", definition));
        scene.until("2026-06-10T11:20");
        Role without = buyers.stream().filter(buyer -> !scene.got(buyer)).findFirst().orElseThrow();
        int sent = scene.takeAll();
        scene.notSent(run, without, SUPPRESSED, "budget");
        Fields report = scene.report(run);
        scene.seen("cost %s of 5.00 CNY".formatted(report.raw("cost").orElse("")));
        scene.check(sent > 0 && sent <= 100, "some are sent, at 0.05 CNY each, and no more", sent);
        scene.same(
                120 - sent,
                report.object("suppressed").raw("budget").orElse(""),
                "all others are suppressed for the budget");
    }
}
