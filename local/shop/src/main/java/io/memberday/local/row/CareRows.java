package io.memberday.local.row;

import static io.memberday.local.row.Requests.map;

import io.memberday.json.Fields;
import io.memberday.member.Channel;
import io.memberday.member.Kind;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Rows on work for a person, where a message would hurt: R51, R56. */
final class CareRows {
    private static final String PARCEL = "SF0000000051";
    private static final Instant LOST = Instant.parse("2026-05-19T02:00:00Z");
    private static final String VERSION = "version";

    private CareRows() {}

    static List<Row> all() {
        return List.of(
                new Row("R51", "Opt-out of a valuable member", CareRows::optOut),
                new Row("R56", "Care cases to other departments", CareRows::work));
    }

    private static void optOut(Scene scene) {
        scene.at("2026-05-20T09:00");
        Role valuable = Role.of("spent a lot");
        for (int month = 2; month <= 4; month++) {
            valuable.bought("2026-0%d-22".formatted(month), "1200.00");
        }
        Role plain = Role.of("spent little").bought("2026-04-22", "90.00");
        scene.arrive(valuable, plain);
        scene.reply(valuable, "退订");
        scene.reply(valuable, "退订");
        scene.reply(plain, "退订");
        for (Role role : List.of(valuable, plain)) {
            scene.check(
                    !scene.member(role).consents().allow(Channel.SMS, Kind.MARKETING),
                    "it holds at once: " + role.name(),
                    "marketing by SMS is allowed");
        }
        Agents agents = new Agents(scene.outside());
        List<Fields> cases = agents.open("opt-out");
        scene.same(
                1, cases.size(), "one case, though the reply came twice; none of who spent little");
        Fields work = cases.getFirst();
        scene.same(scene.member(valuable).id(), work.text("member"), "of who spent a lot");
        Fields file = agents.ask("/cases/find", named(work)).body();
        scene.seen("likely: " + file.texts("likely"));
        scene.check(
                file.texts("likely").toString().contains("bought-recently"),
                "its likely reason is told",
                file.texts("likely"));
        scene.same("vip", file.text("routing"), "it goes to the agents of valuable members");
        scene.nothingSent("a person asks, no message");
    }

    private static void work(Scene scene) {
        scene.at("2026-05-20T09:00");
        Role buyer =
                Role.of("whose parcel is lost")
                        .refusing()
                        .bought("2026-05-18", "90.00", "parcel", PARCEL);
        scene.arrive(buyer);
        scene.takeAll();
        Agents agents = new Agents(scene.outside());
        agents.trouble(PARCEL, LOST);
        agents.trouble(PARCEL, LOST);
        List<Fields> cases = agents.open("parcel");
        scene.same(1, cases.size(), "one case, though the carrier said so twice");
        Fields work = cases.getFirst();
        scene.seen("%s: %s".formatted(work.text("case"), work.text("reason")));
        Map<String, Object> seen = named(work);
        seen.put(VERSION, work.whole(VERSION, 0, Long.MAX_VALUE));
        Fields taken = agents.ask("/cases/assign", seen).body();
        scene.same("assigned", taken.text("state"), "somebody takes it");
        scene.same(
                409,
                agents.ask("/cases/assign", seen).status(),
                "who saw it before hears that it is taken");
        Map<String, Object> done = named(work);
        done.put(VERSION, taken.whole(VERSION, 0, Long.MAX_VALUE));
        done.put("result", "a new parcel is on its way");
        Fields closed = agents.ask("/cases/close", done).body();
        scene.same("closed", closed.text("state"), "it is closed with a result");
        agents.trouble(PARCEL, LOST);
        scene.same(0, agents.open("parcel").size(), "a repeated scan opens it not again");
        scene.takeAll();
    }

    private static Map<String, Object> named(Fields work) {
        return map("member", work.text("member"), "case", work.text("case"));
    }
}
