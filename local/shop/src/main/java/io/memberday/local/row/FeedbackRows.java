package io.memberday.local.row;

import static io.memberday.local.row.Requests.map;

import io.memberday.json.Fields;
import io.memberday.local.outbox.Sent;

import java.util.List;

/** Rows on what providers say afterwards: the account's own limit of money, R54. */
final class FeedbackRows {
    private static final String RUN = "member-day@2026-05-22";

    private FeedbackRows() {}

    static List<Row> all() {
        return List.of(new Row("R54", "Money budget: SNS's own limit", FeedbackRows::spendLimit));
    }

    private static void spendLimit(Scene scene) {
        scene.at("2026-05-22T09:55");
        Role dropped = Role.of("whose message SNS drops").bought("2026-04-01", "90.00");
        Role buyer = Role.of("whose parcel is shipped").refusing().bought("2026-04-01", "90.00");
        scene.of("member-day").arrive(dropped, buyer);
        scene.spent(true);
        scene.until("2026-05-22T10:15");
        scene.notSent(RUN, dropped, "sent", "");
        Fields report = scene.report(RUN);
        scene.same("{spend-limit=1}", report.raw("bouncedBy").orElse(""), "the result says why");
        scene.same(1, report.raw("bounced").orElse(""), "and that it was not delivered");
        scene.again(
                buyer.bought("2026-05-22T10:10", "90.00", "parcel", "SF0000000077"),
                "bought again, and the parcel is shipped");
        scene.until("2026-05-22T10:25");
        scene.nothingSent("the channel stands, and so the shipping notice waits");
        scene.spent(false);
        scene.ask("channel: sms, do: resume", map("channel", "sms", "do", "resume"));
        scene.until("2026-05-22T10:35");
        Sent notice = scene.told("dispatch-notice", buyer, "SF0000000077");
        scene.check(scene.time(notice).compareTo("10:25") >= 0, "it waited", scene.time(notice));
        scene.notSent(RUN, dropped, "sent", "");
    }
}
