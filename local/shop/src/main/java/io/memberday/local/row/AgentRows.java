package io.memberday.local.row;

import static io.memberday.local.row.Requests.map;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.row.Outside.Answer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows on what agents and storefronts see of a member: R11. */
final class AgentRows {
    private static final String FIND = "/members/find";
    private static final String SEGMENTS = "/segments";
    private static final String PHONE = "phone";
    private static final String GROUP = "group";
    private static final int UNKNOWN = 404;
    private static final int FORBIDDEN = 403;

    private AgentRows() {}

    static List<Row> all() {
        return List.of(new Row("R11", "Agent's view", AgentRows::view));
    }

    private static void view(Scene scene) {
        Way way = new Way(scene);
        Agents agents = new Agents(scene.outside());
        scene.at("2026-05-20T09:00");
        Role regular =
                Role.of("regular")
                        .with("name", "林小雨")
                        .with("city", "上海市")
                        .alsoByEmail()
                        .tagged("2026-05-01", "guest:tea-evening", true, "operator:anna")
                        .bought("2026-03-01", "90.00")
                        .bought("2026-04-01", "90.00");
        Role visitor = Role.of("visitor");
        Role core = Role.core("core");
        scene.arrive(regular, visitor, core);
        scene.posted(
                "regular puts CL-1001 into the cart",
                List.of(
                        regular.told(
                                map(
                                        "event",
                                        "member.carted",
                                        "at",
                                        "2026-05-19T20:00:00+08:00",
                                        "item",
                                        map("product", "CL-1001")))));
        Trade ships = Trade.of(regular, "a", "80.00");
        Trade waits = Trade.of(regular, "b", "129.50");
        way.posted(
                ships, "orders and pays, and the parcel is shipped", ships::paid, ships::shipped);
        way.scanned(ships, "in_transit", "南京市");
        scene.until("2026-05-20T09:20");
        way.posted(waits, "orders, unpaid", waits::placed);
        scene.until("2026-05-20T09:40");
        scene.seen("%d thanks and notices".formatted(scene.takeAll()));

        Fields view = byAnyName(scene, agents, regular);
        shown(scene, view, ships, waits);
        scene.same("new", group(agents, visitor), "who bought nothing goes to those for the new");
        scene.same("vip", group(agents, core), "the core goes to those for valuable members");
        way.posted(waits, "pays", waits::paid);
        way.scanned(ships, "exception", "南京市");
        scene.until("2026-05-20T10:00");
        scene.takeAll();
        Fields later = found(agents, regular);
        scene.same("complaint", later.text(GROUP), "whose parcel is in trouble, to complaints");
        scene.same("parcel", later.objects("cases").getFirst().text("kind"), "with the case");
        scene.same(
                "CL-1001",
                later.object("wanted").text("product"),
                "what is in the cart is wanted, what is paid no more");
        segments(scene, agents, regular);
        closed(scene, agents, regular);
    }

    /** The same answer, however the member is named. */
    private static Fields byAnyName(Scene scene, Agents agents, Role role) {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(PHONE, role.phone().replace("+86", ""));
        names.put("email", role.addresses().getLast());
        names.put("account", "memberday:main:account-" + role.number());
        names.put("order", "memberday:main:%d-o0".formatted(role.number()));
        names.put("member", scene.member(role).id());
        Fields view = found(agents, role);
        names.forEach(
                (by, name) ->
                        scene.same(
                                view.asMap(),
                                agents.find(by, name).body().asMap(),
                                "found by " + by));
        scene.seen("found by %s: the same answer".formatted(String.join(", ", names.keySet())));
        return view;
    }

    private static void shown(Scene scene, Fields view, Trade ships, Trade waits) {
        Fields newest = view.objects("orders").getFirst();
        Fields parcel = view.objects("orders").get(1).objects("parcels").getFirst();
        List<String> messages =
                view.objects("messages").stream()
                        .map(
                                message ->
                                        "%s %s"
                                                .formatted(
                                                        message.optionalText("touchpoint")
                                                                .orElse(""),
                                                        message.text("status")))
                        .toList();
        Fields tag = view.objects("tags").getFirst();
        scene.seen(
                "%s, group %s, tier %s, tagged %s by %s"
                        .formatted(
                                view.object("profile").text("name"),
                                view.text(GROUP),
                                view.object("tier").text("name"),
                                tag.text("name"),
                                tag.text("by")));
        scene.seen(
                "parcel %s, last seen in %s; wants %s %s"
                        .formatted(
                                parcel.text("parcel"),
                                parcel.object("lastScan").text("city"),
                                view.object("wanted").text("what"),
                                view.object("wanted").text("order")));
        scene.seen("messages: " + messages);
        scene.same("林小雨", view.object("profile").text("name"), "the profile");
        scene.same("regular", view.text(GROUP), "the routing group");
        scene.same("guest:tea-evening", tag.text("name"), "the tag");
        scene.same(waits.order(), newest.text("order"), "the newest order first");
        scene.same("created", newest.text("state"), "which is not paid");
        scene.check(parcel.text("parcel").endsWith(ships.tracking()), "the parcel", parcel.asMap());
        scene.same("南京市", parcel.object("lastScan").text("city"), "and where it is");
        scene.check(
                messages.containsAll(List.of("dispatch-notice sent", "payment-reminder planned")),
                "what was sent and what is to come",
                messages);
        scene.same(waits.order(), view.object("wanted").text("order"), "what is wanted");
        scene.same(List.of(), view.list("cases"), "no open case");
    }

    /** A storefront asks which segments a visitor is in, and hears nothing else. */
    private static void segments(Scene scene, Agents agents, Role role) {
        Fields known = agents.ask(SEGMENTS, map(PHONE, role.phone())).body();
        scene.seen("a storefront hears of the segments " + known.texts("segments"));
        scene.check(
                known.texts("segments").containsAll(List.of("buyers", "grateful")),
                "the segments",
                known.asMap());
        scene.same(Set.of("segments"), known.names(), "and nothing else");
        scene.same(
                map("segments", List.of()),
                agents.ask(SEGMENTS, map(PHONE, "13900009999")).body().asMap(),
                "who is no member is in none");
    }

    /** The nearest wrong: somebody unknown, and who may not ask. */
    private static void closed(Scene scene, Agents agents, Role role) {
        String known = Json.write(map(PHONE, role.phone()));
        String unknown = Json.write(map(PHONE, "13900009999"));
        refused(scene, "nobody has the phone", UNKNOWN, agents.find(PHONE, "13900009999"));
        for (String path : List.of(FIND, SEGMENTS)) {
            refused(
                    scene,
                    "nobody signed for " + path,
                    FORBIDDEN,
                    scene.outside().unsigned(path, known));
            refused(
                    scene,
                    "another body was signed for " + path,
                    FORBIDDEN,
                    scene.outside().altered(path, unknown, known));
        }
    }

    private static void refused(Scene scene, String why, int status, Answer answer) {
        scene.seen("%s: %d %s".formatted(why, answer.status(), Json.write(answer.body().asMap())));
        scene.same(status, answer.status(), why);
        scene.check(
                answer.body().names().size() == 1
                        && (answer.body().has("error") || answer.body().has("message")),
                "the answer tells nothing of a member",
                answer.body().names());
    }

    private static String group(Agents agents, Role role) {
        return found(agents, role).text(GROUP);
    }

    private static Fields found(Agents agents, Role role) {
        return agents.find(PHONE, role.phone()).body();
    }
}
