package io.memberday.local.row;

import static io.memberday.local.row.Requests.map;

import io.memberday.json.Fields;

import java.util.List;

/** Rows on whom a campaign addresses: R5, R6, R7, R34, R35. */
final class SegmentRows {
    private static final String SEGMENT = "segment";

    private SegmentRows() {}

    static List<Row> all() {
        return List.of(
                new Row("R5", "Recency stages", SegmentRows::stages),
                new Row("R6", "Tags", SegmentRows::tags),
                new Row("R7", "Attributes three ways", SegmentRows::attributes),
                new Row("R34", "Precise segments, never \"everyone\"", SegmentRows::precise),
                new Row("R35", "Reverse planning", SegmentRows::reverse));
    }

    /** The boundary between active and dormant is 90 days; a refund counts back. */
    private static void stages(Scene scene) {
        String run = "wake-dormant@2026-06-22";
        scene.at("2026-06-22T12:25");
        Role dormant = Role.of("silent for 91 days").bought("2026-03-23", "200.00");
        Role active = Role.of("silent for 90 days").bought("2026-03-24", "200.00");
        Role refunded =
                Role.of("whose last order was refunded")
                        .bought("2026-02-01", "200.00")
                        .bought("2026-06-01", "99.00", "refund", "99.00");
        Role preChurn = Role.of("silent for 200 days").bought("2025-12-04", "200.00");
        Role churned = Role.of("silent for 400 days").bought("2025-05-18", "200.00");
        scene.of("wake-dormant").arrive(dormant, active, refunded, preChurn, churned);
        Fields plan =
                scene.ask(
                        "plan: true, where: keptPurchases >= 1",
                        map("plan", true, "where", "keptPurchases >= 1"));
        scene.seen("stages: " + plan.object("traits").raw("stage").orElse(""));
        scene.until("2026-06-22T12:40");
        scene.sent(run, dormant, "有阵子没见");
        scene.sent(run, refunded, "有阵子没见");
        scene.leftOut(run, SEGMENT, active, preChurn, churned);
    }

    /** It is known who set a tag; the last word on it holds. */
    private static void tags(Scene scene) {
        String run = "guests@2026-06-10";
        scene.at("2026-06-10T11:00");
        Role anna =
                Role.of("tagged by an operator")
                        .bought("2026-04-01", "90.00")
                        .tagged("2026-06-01", "guest", true, "operator:anna");
        Role file =
                Role.of("tagged from a file")
                        .bought("2026-04-01", "90.00")
                        .tagged("2026-06-01", "guest", true, "file:fair-2026");
        Role untagged =
                Role.of("whose tag was taken away")
                        .bought("2026-04-01", "90.00")
                        .tagged("2026-06-02", "guest", false, "operator:anna")
                        .tagged("2026-06-01", "guest", true, "operator:anna");
        Role never = Role.of("never tagged").bought("2026-04-01", "90.00");
        scene.arrive(anna, file, untagged, never);
        scene.hold("guests", "taggedBy(\"guest\", \"operator\")", "{{name|亲}}，贵宾茶会");
        scene.until("2026-06-10T11:10");
        scene.sent(run, anna, "贵宾茶会");
        scene.leftOut(run, SEGMENT, file, untagged, never);
    }

    /** Each stranger differs from the one who is meant in one attribute. */
    private static void attributes(Scene scene) {
        scene.at("2026-06-10T11:00");
        Role meant =
                attributed("the one meant", "浙江省", "1990-03-02", "21:10", "床品", "20.00", "dry");
        Role elsewhere =
                attributed("lives elsewhere", "广东省", "1990-03-02", "21:10", "床品", "20.00", "dry");
        Role older = attributed("is older", "浙江省", "1966-03-02", "21:10", "床品", "20.00", "dry");
        Role early =
                attributed(
                        "buys in the morning", "浙江省", "1990-03-02", "09:10", "床品", "20.00", "dry");
        Role other =
                attributed("buys other goods", "浙江省", "1990-03-02", "21:10", "毛巾", "20.00", "dry");
        Role dear =
                attributed(
                        "buys without discount", "浙江省", "1990-03-02", "21:10", "床品", "0.00", "dry");
        Role oily =
                attributed("has another skin", "浙江省", "1990-03-02", "21:10", "床品", "20.00", "oily");
        scene.arrive(meant, elsewhere, older, early, other, dear, oily);
        scene.hold(
                "attributes",
                "gender == \"female\" && age >= 30 && age < 45 && region == \"浙江省\" &&"
                    + " boughtCategory(\"床品\") && favouriteHour >= 20 && averageDiscount >= 5 &&"
                    + " averageOrder >= amount(\"150.00\") && attributeText(\"skinType\") =="
                    + " \"dry\" && daysSinceLastPurchase <= 60",
                "{{name|亲}}，您常买的床品上新了");
        scene.until("2026-06-10T11:10");
        String run = "attributes@2026-06-10";
        scene.sent(run, meant, "床品上新");
        scene.leftOut(run, SEGMENT, elsewhere, older, early, other, dear, oily);
    }

    private static Role attributed(
            String name,
            String region,
            String birthday,
            String hour,
            String category,
            String discount,
            String skin) {
        return Role.of(name)
                .with("gender", "female")
                .with("region", region)
                .with("birthday", birthday)
                .having("skinType", skin)
                .bought("2026-05-20T" + hour, "180.00", "category", category, "discount", discount);
    }

    private static void precise(Scene scene) {
        lastHours(scene);
        scene.afresh();
        overFiveHundred(scene);
        scene.afresh();
        schools(scene);
        scene.afresh();
        freeShipping(scene);
        scene.afresh();
        tones(scene);
        scene.afresh();
        firstOnElevenEleven(scene);
        scene.afresh();
        massDelay(scene);
        scene.afresh();
        lastLogin(scene);
    }

    /** Who was at the shop this week and has not bought for a month. */
    private static void lastLogin(Scene scene) {
        String run = "looked@2026-06-10";
        scene.at("2026-06-10T11:00");
        Role looked = Role.of("looked").bought("2026-04-01", "90.00").seen("2026-06-08");
        Role longAgo = Role.of("looked in May").bought("2026-04-01", "90.00").seen("2026-05-08");
        Role never = Role.of("never logged in").bought("2026-04-01", "90.00");
        scene.arrive(looked, longAgo, never);
        scene.hold(
                "looked", "daysSinceLogin <= 7 && daysSinceLastPurchase > 30", "{{name|亲}}，您看过的还在");
        scene.until("2026-06-10T11:10");
        scene.sent(run, looked, "您看过的还在");
        scene.leftOut(run, SEGMENT, longAgo, never);
    }

    private static void lastHours(Scene scene) {
        scene.at("2026-11-11T20:25");
        Role twoTimer =
                Role.of("two-timer").bought("2026-03-01", "150.00").bought("2026-07-01", "90.00");
        Role yesterday =
                Role.of("yesterday's buyer")
                        .bought("2026-03-01", "150.00")
                        .bought("2026-11-10T23:59", "90.00");
        Role once = Role.of("one-timer").bought("2026-03-01", "150.00");
        scene.of("eleven-eleven-last-hours").arrive(twoTimer, yesterday, once);
        scene.until("2026-11-11T20:40");
        String run = "eleven-eleven-last-hours@2026-11-11";
        scene.sent(run, twoTimer, "双十一只剩最后几小时");
        scene.leftOut(run, SEGMENT, yesterday, once);
    }

    private static void overFiveHundred(Scene scene) {
        scene.at("2026-08-19T09:55");
        Role over = Role.of("spent 500.01").bought("2026-05-01", "500.01");
        Role even = Role.of("spent 500.00").bought("2026-05-01", "500.00");
        scene.of("festival-greeting").arrive(over, even);
        scene.until("2026-08-19T10:10");
        scene.sent("festival-greeting@2026-08-19", over, "七夕好");
        scene.leftOut("festival-greeting@2026-08-19", SEGMENT, even);
    }

    private static void schools(Scene scene) {
        scene.at("2026-08-31T12:25");
        Role student =
                Role.of("student").with("address", "珞珈山武汉大学6舍").bought("2026-03-01", "80.00");
        Role neighbour =
                Role.of("neighbour").with("address", "珞珈山小区6栋").bought("2026-03-01", "80.00");
        scene.of("back-to-school").arrive(student, neighbour);
        scene.until("2026-08-31T12:40");
        scene.sent("back-to-school@2026-08-31", student, "开学啦");
        scene.leftOut("back-to-school@2026-08-31", SEGMENT, neighbour);
    }

    private static void freeShipping(Scene scene) {
        scene.at("2026-07-06T12:25");
        Role fits = Role.of("orders of 90").bought("2026-05-01", "90.00");
        Role small = Role.of("orders of 79").bought("2026-05-01", "79.00");
        Role paidPostage =
                Role.of("just paid postage on 98").bought("2026-06-20", "98.00", "postage", "8.00");
        scene.of("summer-free-shipping").arrive(fits, small, paidPostage);
        scene.until("2026-07-06T12:40");
        String run = "summer-free-shipping@2026-07-06";
        scene.sent(run, fits, "满80元包邮");
        scene.leftOut(run, "free-shipping", small, paidPostage);
    }

    /** Up to 90 days just tell them, who came back is thanked, later as if they were new. */
    private static void tones(Scene scene) {
        scene.at("2026-03-12T12:05");
        Role recent = Role.of("bought lately").bought("2026-02-01", "200.00", "category", "床品");
        Role grateful =
                Role.of("came back")
                        .bought("2025-12-20", "200.00", "category", "床品")
                        .bought("2026-02-01", "90.00");
        Role asNew = Role.of("was long away").bought("2025-11-01", "200.00", "category", "床品");
        Role towels = Role.of("buys towels").bought("2026-02-01", "200.00");
        scene.of("spring-bedding").arrive(recent, grateful, asNew, towels);
        scene.until("2026-03-12T18:45");
        scene.sent("spring-bedding@2026-03-12#notify", recent, "春季新品床品到店");
        scene.sent("spring-bedding@2026-03-12#thank", grateful, "谢谢您一再选择");
        scene.sent("spring-bedding@2026-03-12#as-new", asNew, "欢迎来认识一下");
        for (String tone : List.of("notify", "thank", "as-new")) {
            scene.leftOut("spring-bedding@2026-03-12#" + tone, SEGMENT, towels);
        }
        scene.leftOut("spring-bedding@2026-03-12#notify", SEGMENT, grateful);
    }

    /** It is no offer, so who wants none hears of it, too. */
    private static void firstOnElevenEleven(Scene scene) {
        scene.at("2026-11-13T20:05");
        Role first =
                Role.of("first bought on 11-11").refusing().bought("2026-11-11T20:00", "120.00");
        Role second =
                Role.of("bought again on 11-11")
                        .bought("2026-05-11", "120.00")
                        .bought("2026-11-11T20:00", "120.00");
        scene.arrive(first, second);
        scene.hold(
                "late-first", "first-on-11-11", "亲，双十一包裹太多，您的订单预计晚到三至五天，抱歉让您久等", "kind", "service");
        scene.until("2026-11-13T20:10");
        scene.sent("late-first@2026-11-13", first, "晚到三至五天");
        scene.leftOut("late-first@2026-11-13", SEGMENT, second);
    }

    /** Over orders: who waits for one of 11-11 hears, and nobody else. */
    private static void massDelay(Scene scene) {
        String run = "mass-delay@2027-11-13";
        scene.at("2027-11-13T09:55");
        Role waits = Role.of("bought on 11-11").refusing().bought("2027-11-11T20:00", "120.00");
        Role refunded =
                Role.of("bought on 11-11 and got it all back")
                        .bought("2027-11-11T20:00", "120.00", "refund", "120.00");
        Role later = Role.of("bought on 11-12").refusing().bought("2027-11-12T09:00", "120.00");
        scene.arrive(waits, refunded, later);
        scene.until("2027-11-13T10:10");
        scene.sent(run, waits, "预计晚到3到5天");
        scene.leftOut(run, SEGMENT, refunded, later);
    }

    private static void reverse(Scene scene) {
        scene.at("2026-09-09T15:00");
        Role one = Role.of("lost one").bought("2025-04-01T20:30", "300.00");
        Role two = Role.of("lost two").bought("2025-05-01T20:10", "300.00");
        Role refuses = Role.of("lost and refused").refusing().bought("2025-05-02", "300.00");
        Role here = Role.of("still here").bought("2026-08-01", "300.00");
        scene.arrive(one, two, refuses, here);
        String where = "daysSinceLastPurchase > 365";
        Fields plan =
                scene.ask(
                        "plan: true, where: %s, conversion: 50%%".formatted(where),
                        map("plan", true, "where", where, "conversion", "50%"));
        plan.texts("text").forEach(scene::seen);
        scene.same(3, plan.raw("size").orElse(""), "the segment has three members");
        scene.nothingSent("a plan only looks");
        scene.hold("come-back", where, "{{name|亲}}，好久不见");
        scene.until("2026-09-09T15:10");
        scene.sent("come-back@2026-09-09", one, "好久不见");
        scene.sent("come-back@2026-09-09", two, "好久不见");
        scene.leftOut("come-back@2026-09-09", "consent", refuses);
        scene.leftOut("come-back@2026-09-09", SEGMENT, here);
    }
}
