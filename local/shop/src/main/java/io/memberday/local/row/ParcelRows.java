package io.memberday.local.row;

import io.memberday.json.Fields;
import io.memberday.local.outbox.Sent;

import java.util.List;
import java.util.stream.IntStream;

/** Rows on the parcel of an order, and on what is told to all who wait: R19 to R23, R28. */
final class ParcelRows {
    private static final String NONE = "none";
    private static final String SUPPRESSED = "suppressed";
    private static final String CITY = "上海市";
    private static final String ON_THE_WAY = "南京市";
    private static final String SILENT = "silent";

    /** The example store's {@code logistics.massDelay}. */
    private static final int MASS = 50;

    private ParcelRows() {}

    static List<Row> all() {
        return List.of(
                new Row("R19", "Dispatch notice", ParcelRows::dispatch),
                new Row("R20", "Same-city notice", ParcelRows::sameCity),
                new Row("R21", "Signed notice", ParcelRows::signed),
                new Row("R22", "Problem-parcel early warning", ParcelRows::problem),
                new Row("R23", "Mass-delay notice", ParcelRows::massDelay),
                new Row("R28", "Service alert to a region", ParcelRows::alert));
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
        way.told("dispatch-notice", ships, "SF", ships.tracking());
        way.untold("dispatch-notice", waits, NONE, "no-parcel");
        way.untold("dispatch-notice", stopped, SUPPRESSED, "consent");
    }

    private static void sameCity(Scene scene) {
        TwoParcels two = TwoParcels.of(scene, "lives in Shanghai", "whose parcel is elsewhere");
        two.scanned("2026-06-11T10:00", "arrived", CITY);
        two.tells("2026-06-11T10:20", "same-city-notice", "已到上海市");
    }

    /** Who agreed to marketing hears of the members' activity, too. */
    private static void signed(Scene scene) {
        TwoParcels two = TwoParcels.of(scene, "who signs", "whose parcel is on its way");
        Trade refuses =
                two.way()
                        .shipped(
                                "2026-06-10T10:40",
                                Role.of("who signs and refused marketing").refusing())
                        .getFirst();
        two.scanned("2026-06-11T09:00", "signed", CITY);
        two.way().scanned(refuses, "signed", CITY);
        scene.until("2026-06-11T09:25");
        scene.nothingSent("the notice comes half an hour after signing");
        two.tells("2026-06-11T09:50", "signed-notice", "包裹已签收", "好评", "专享活动");
        Sent plain = two.way().told("signed-notice", refuses, "包裹已签收", "好评");
        scene.check(
                !Messages.text(plain).contains("活动"),
                "who refused marketing hears of the parcel alone",
                Messages.text(plain));
    }

    /**
     * An exception, told twice, opens one case, and its customer hears that somebody sees to it.
     */
    private static void problem(Scene scene) {
        TwoParcels two = TwoParcels.of(scene, "whose parcel is damaged", "whose parcel is fine");
        two.scanned("2026-06-11T09:00", "exception", ON_THE_WAY);
        two.scanned("2026-06-11T09:00", "exception", ON_THE_WAY);
        two.tells("2026-06-11T09:20", "problem-parcel", "我们已在催快递");
        two.way().opened("parcel", two.one().buyer());
        two.way().unopened("parcel", two.other().buyer());
        scene.afresh();
        silent(scene);
        scene.afresh();
        manySilent(scene);
    }

    /**
     * Nobody scans a parcel for longer than its stage allows: 24 hours after its dispatch, 48 on
     * its way, 24 in the city.
     */
    private static void silent(Scene scene) {
        Way way = new Way(scene);
        scene.at("2026-06-10T10:00");
        List<Trade> all =
                way.shipped(
                        "2026-06-10T10:20",
                        Role.of("whose parcel nobody scans").with("city", CITY).refusing(),
                        Role.of("whose parcel is scanned in time").with("city", CITY).refusing(),
                        Role.of("whose parcel waits in the city").with("city", CITY).refusing(),
                        Role.of("whose parcel is signed for").with("city", CITY).refusing());
        Trade never = all.get(0);
        Trade moves = all.get(1);
        Trade waits = all.get(2);
        Trade signs = all.get(3);
        scene.at("2026-06-11T09:00");
        way.scanned(moves, "in_transit", ON_THE_WAY);
        way.scanned(waits, "arrived", CITY);
        way.scanned(signs, "signed", CITY);
        scene.until("2026-06-11T09:55");
        way.told("same-city-notice", waits, "已到上海市");
        way.told("signed-notice", signs, "包裹已签收");
        way.unopened(SILENT, never.buyer());
        scene.until("2026-06-11T10:20");
        way.opened(SILENT, never.buyer());
        way.unopened(SILENT, moves.buyer(), waits.buyer(), signs.buyer());
        scene.at("2026-06-12T08:55");
        scene.until("2026-06-12T09:20");
        way.opened(SILENT, waits.buyer());
        scene.at("2026-06-12T20:00");
        way.scanned(moves, "in_transit", "苏州市");
        scene.at("2026-06-13T09:10");
        scene.until("2026-06-13T09:30");
        way.unopened(SILENT, moves.buyer(), signs.buyer());
        scene.at("2026-06-14T19:55");
        scene.until("2026-06-14T20:20");
        way.opened(SILENT, moves.buyer());
        way.untold("silent-parcel", moves, SUPPRESSED, "call");
        way.unopened(SILENT, signs.buyer());
        scene.nothingSent("a person looks before the customer asks; the customer hears nothing");
    }

    /** One more than the store takes for single trouble: one case, for all further ones. */
    private static void manySilent(Scene scene) {
        scene.at("2026-06-10T10:00");
        List<Role> crowd =
                IntStream.rangeClosed(0, MASS)
                        .mapToObj(
                                i ->
                                        Role.of("buyer " + i)
                                                .bought(
                                                        "2026-06-10T10:00",
                                                        "80.00",
                                                        "parcel",
                                                        "SF0000006%03d".formatted(i)))
                        .toList();
        scene.crowd("%d orders, shipped".formatted(crowd.size()), crowd);
        scene.until("2026-06-10T10:20");
        scene.same(crowd.size(), scene.takeAll(), "each has a dispatch notice");
        scene.at("2026-06-11T09:55");
        scene.until("2026-06-11T10:30");
        Agents agents = new Agents(scene.outside());
        List<Fields> mass = agents.open("mass-delay");
        scene.same(1, mass.size(), "one case for the carrier");
        scene.seen("a care case: " + mass.getFirst().text("reason"));
        scene.same(
                MASS, agents.open(SILENT).size(), "and none for those beyond the store's number");
        scene.nothingSent("a person looks at it");
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
        scene.leftOut(run, "segment", has.buyer(), later.buyer());
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
        scene.hold(
                "typhoon",
                "region == \"海南省\"",
                "{{name|亲}}，台风影响，您的包裹可能晚到，请注意安全",
                "kind",
                "service");
        scene.until("2026-07-20T09:10");
        Sent sent = scene.sent(run, here, "台风影响");
        scene.check(
                !Messages.text(sent).contains("拒收"),
                "no opt-out words: it is no promotion",
                Messages.text(sent));
        scene.leftOut(run, "segment", elsewhere);
        scene.leftOut(run, "consent", stopped);
    }

    /** Two parcels on their way: what happens to one of them does not to the other. */
    private record TwoParcels(Scene scene, Way way, Trade one, Trade other) {
        /** Shipped on 10 June at ten, to Shanghai. */
        static TwoParcels of(Scene scene, String one, String other) {
            Way way = new Way(scene);
            scene.at("2026-06-10T10:00");
            List<Trade> both =
                    way.shipped(
                            "2026-06-10T10:20",
                            Role.of(one).with("city", CITY),
                            Role.of(other).with("city", CITY));
            return new TwoParcels(scene, way, both.getFirst(), both.getLast());
        }

        /** The carrier tells something of the one, and that the other is on its way. */
        void scanned(String at, String status, String city) {
            scene.at(at);
            way.scanned(one, status, city);
            way.scanned(other, "in_transit", ON_THE_WAY);
        }

        /** The buyer of the one hears of it, the other hears nothing. */
        void tells(String until, String touchpoint, String... words) {
            scene.until(until);
            way.told(touchpoint, one, words);
            way.untold(touchpoint, other, NONE, "no-event");
        }
    }
}
