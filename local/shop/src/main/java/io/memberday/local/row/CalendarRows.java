package io.memberday.local.row;

import static io.memberday.local.row.Requests.campaign;
import static io.memberday.local.row.Requests.map;

import io.memberday.json.Fields;
import io.memberday.local.outbox.Sent;

import java.util.List;

/** Rows on when campaigns are held: R30, R32, R33, R36, R37. */
final class CalendarRows {
    private static final String SEGMENT = "segment";

    private CalendarRows() {}

    static List<Row> all() {
        return List.of(
                new Row("R30", "Member day", CalendarRows::memberDay),
                new Row("R32", "Year calendar", CalendarRows::year),
                new Row("R33", "Big-promotion waves", CalendarRows::waves),
                new Row("R36", "Send time by audience", CalendarRows::sendTimes),
                new Row("R37", "Birthday, festival and care", CalendarRows::care));
    }

    /** A Friday that is the 8th: two schedules and the calendar wake, and there is one run. */
    private static void memberDay(Scene scene) {
        scene.at("2026-05-07T18:00");
        Role buyer = Role.of("buyer").bought("2026-02-01", "200.00");
        Role visitor = Role.of("visitor");
        scene.of("member-day").arrive(buyer, visitor);
        scene.until("2026-05-08T10:30");
        scene.sent("member-day@2026-05-08", buyer, "全店88折，积分双倍");
        scene.leftOut("member-day@2026-05-08", SEGMENT, visitor);
        wake(scene, "a third time", "already planned", "one day has one run");
        scene.until("2026-05-08T11:00");
        scene.nothingSent("the buyer has had the message of both schedules once");
    }

    private static void wake(Scene scene, String when, String status, String claim) {
        scene.same(
                status,
                scene.ask("campaign: member-day, " + when, map("campaign", "member-day"))
                        .text("status"),
                claim);
    }

    private static void year(Scene scene) {
        scene.at("2026-05-08T07:00");
        Role buyer = Role.of("buyer").bought("2026-02-01", "200.00");
        scene.of("member-day").arrive(buyer);
        Fields year = scene.ask("calendar: 2026", map("calendar", 2026));
        List<String> lines = year.texts("text");
        for (String wanted :
                List.of(
                        "member-day@2026-05-08",
                        "double-eleven@2026-11-03#recall",
                        "festival-greeting@2026-08-19")) {
            lines.stream().filter(line -> line.contains(wanted)).findFirst().ifPresent(scene::seen);
        }
        scene.seen(
                "%d lines; the page is reports/calendar-2026/index.html".formatted(lines.size()));
        scene.check(
                scene.outside().file("reports/calendar-2026/index.html").contains("double-eleven"),
                "the page for people names the waves of 11-11",
                "not there");
        scene.nothingSent("a calendar is only looked at");
        scene.refused(
                "campaign: festival-greeting, at: 2026-08-20",
                map("campaign", "festival-greeting", "at", "2026-08-20"),
                "2026-08-20");
        scene.at("2026-05-08T20:05");
        wake(
                scene,
                "after its window",
                "window passed",
                "what was missed for too long is not sent late");
        scene.until("2026-05-08T20:20");
        scene.nothingSent("the window of member-day@2026-05-08 has passed");
    }

    private static void waves(Scene scene) {
        scene.at("2026-11-03T12:10");
        Role away = Role.of("long away").bought("2026-05-01", "120.00");
        Role undecided =
                Role.of("has not paid yet")
                        .bought("2026-06-01", "120.00")
                        .ordered("2026-10-30", "99.00");
        Role regular =
                Role.of("regular").bought("2026-08-20", "120.00").bought("2026-10-01", "99.00");
        scene.of("double-eleven").arrive(away, undecided, regular);
        scene.until("2026-11-03T12:30");
        scene.sent("double-eleven@2026-11-03#recall", away, "好久不见");
        scene.sent("double-eleven@2026-11-03#recall", undecided, "好久不见");
        scene.leftOut("double-eleven@2026-11-03#recall", SEGMENT, regular);
        scene.at("2026-11-07T14:55");
        scene.until("2026-11-07T15:15");
        scene.sent("double-eleven@2026-11-07#offer", undecided, "老友价满300减50");
        scene.sent("double-eleven@2026-11-07#offer", regular, "老友价满300减50");
        scene.leftOut("double-eleven@2026-11-07#offer", SEGMENT, away);
        scene.at("2026-11-10T18:55");
        scene.until("2026-11-10T19:15");
        scene.sent("double-eleven@2026-11-10#eve", regular, "今晚零点双十一开始");
        scene.leftOut("double-eleven@2026-11-10#eve", SEGMENT, away, undecided);
    }

    private static void sendTimes(Scene scene) {
        scene.at("2026-06-09T12:05");
        Role office =
                Role.of("office worker").with("address", "世纪大道8号写字楼").bought("2026-05-01", "90.00");
        Role student = Role.of("student").with("address", "邯郸路复旦大学").bought("2026-05-01", "90.00");
        Role other = Role.of("neither").bought("2026-05-01", "90.00");
        scene.arrive(office, student, other);
        scene.ask(
                "definition sale at 10:00 on 2026-06-10; office workers the day before at 12:15,"
                        + " students at 16:30",
                map(
                        "definition",
                        campaign(
                                "sale",
                                "buyers",
                                "{{name|亲}}，周三上新",
                                "window",
                                "8h",
                                "schedule",
                                map("date", "2026-06-10", "at", "10:00"),
                                "sendAt",
                                List.of(
                                        map(
                                                "segment",
                                                "addressContainsAny([\"写字楼\"])",
                                                "daysBefore",
                                                1,
                                                "at",
                                                "12:15",
                                                "window",
                                                "1h"),
                                        map("segment", "students", "at", "16:30", "window", "2h"))),
                        "at",
                        "2026-06-10"));
        String run = "sale@2026-06-10";
        scene.until("2026-06-09T12:30");
        Sent first = scene.sent(run, office, "周三上新");
        scene.notSent(run, other, "open", "RUNNING");
        scene.until("2026-06-10T16:45");
        Sent second = scene.sent(run, other, "周三上新");
        Sent third = scene.sent(run, student, "周三上新");
        scene.check(
                scene.time(first).startsWith("12:1")
                        && scene.time(second).startsWith("10:0")
                        && scene.time(third).startsWith("16:3"),
                "each at the hour of their own",
                List.of(scene.time(first), scene.time(second), scene.time(third)));
    }

    private static void care(Scene scene) {
        scene.at("2026-06-10T12:25");
        Role regular = regular("regular, born today", "1990-06-10");
        Role core = Role.core("core, born today").with("birthday", "1985-06-10");
        Role tomorrow = regular("regular, born tomorrow", "1990-06-11");
        Role fresh =
                Role.of("new, born today")
                        .with("birthday", "1990-06-10")
                        .bought("2026-05-01", "90.00");
        scene.of("birthday", "birthday-core").arrive(regular, core, tomorrow, fresh);
        scene.until("2026-06-10T12:45");
        scene.sent("birthday@2026-06-10", regular, "生日快乐", "一份小礼");
        scene.sent("birthday-core@2026-06-10", core, "生日礼盒");
        scene.leftOut("birthday@2026-06-10", SEGMENT, tomorrow, fresh);
        scene.afresh();

        scene.at("2027-02-28T12:25");
        Role leap =
                Role.of("born on 29 February")
                        .with("birthday", "1992-02-29")
                        .bought("2026-12-01", "90.00")
                        .bought("2026-12-20", "90.00");
        scene.of("birthday").arrive(leap);
        scene.until("2027-02-28T12:45");
        scene.sent("birthday@2027-02-28", leap, "生日快乐");
        scene.afresh();

        scene.at("2026-06-02T10:25");
        Role cared =
                Role.core("core with an email address")
                        .with("birthday", "1985-12-01")
                        .alsoByEmail();
        Role not = regular("regular with an email address", "1990-12-01").alsoByEmail();
        scene.of("monthly-care").arrive(cared, not);
        scene.until("2026-06-02T10:45");
        scene.sent("monthly-care@2026-06-02", cared);
        scene.leftOut("monthly-care@2026-06-02", SEGMENT, not);
        scene.afresh();

        scene.at("2026-09-24T09:55");
        Role buyer = Role.of("buyer").bought("2026-02-01", "200.00");
        Role visitor = Role.of("visitor");
        scene.of("mid-autumn-greeting").arrive(buyer, visitor);
        scene.until("2026-09-24T10:15");
        scene.sent("mid-autumn-greeting@2026-09-24", buyer, "明天中秋");
        scene.leftOut("mid-autumn-greeting@2026-09-24", SEGMENT, visitor);
    }

    private static Role regular(String name, String birthday) {
        return Role.of(name)
                .with("birthday", birthday)
                .bought("2026-04-01", "90.00")
                .bought("2026-05-01", "90.00");
    }
}
