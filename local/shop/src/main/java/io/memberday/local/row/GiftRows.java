package io.memberday.local.row;

import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.local.outbox.Sent;

import java.util.List;
import java.util.Map;

/** Rows on presents for who has just come: the other parts of R26. */
final class GiftRows {
    private static final String SUPPRESSED = "suppressed";
    private static final String SCAN = "scan-gift";
    private static final String PACK = "surprise-pack";
    private static final String REMINDER = "surprise-reminder";

    private GiftRows() {}

    /**
     * One present on top of the first purchase: for the code in the parcel, or else by surprise.
     */
    static void presents(Scene scene) {
        Way way = new Way(scene);
        List<Trade> all =
                PlanRows.signed(
                        scene,
                        way,
                        Role.of("scans the code"),
                        Role.of("scans nothing"),
                        Role.of("buys again"),
                        Role.of("bought before").bought("2026-05-01", "90.00"),
                        Role.of("gives").tagged("2026-05-01", "gift-buyer", true, "operator:anna"),
                        Role.of("refused marketing").refusing());
        Trade scans = all.get(0);
        Trade waits = all.get(1);
        Trade again = all.get(2);
        Trade before = all.get(3);
        Trade gives = all.get(4);
        Trade refuses = all.get(5);
        Trade unpaid = way.trades("80.00", Role.of("who has not bought")).getFirst();
        scene.at("2026-06-09T13:00");
        way.posted(unpaid, "orders, unpaid", unpaid::placed);
        for (Trade one : List.of(scans, before, gives, refuses, unpaid)) {
            way.posted(one, "scans a code, twice", one::codeScanned, one::codeScanned);
        }
        scene.until("2026-06-09T13:05");
        Sent gift = way.told(SCAN, scans, "谢谢您扫码", "8元券");
        way.told(SCAN, refuses, "谢谢您扫码");
        scene.seen("who refused marketing has asked for this one by scanning");
        way.untold(SCAN, before, SUPPRESSED, "condition");
        way.untold(SCAN, gives, SUPPRESSED, "condition");
        way.untold(SCAN, unpaid, "none", "no-event");
        way.untold(SCAN, waits, "none", "no-event");
        same(scene, way, SCAN, scans, gift);
        scene.same(0, way.coupons(unpaid.buyer()).size(), "no coupon without a purchase");
        PlanRows.day(scene, "2026-06-10");
        for (Trade one : List.of(scans, waits, again)) {
            way.told(PlanRows.GIFT, one, "初次见面礼");
        }
        PlanRows.day(scene, "2026-06-11");
        Sent pack = way.told(PACK, waits, "惊喜礼包", "10元券");
        way.told(PACK, again, "惊喜礼包");
        way.untold(PACK, scans, SUPPRESSED, "condition");
        way.untold(PACK, before, SUPPRESSED, "condition");
        way.untold(PACK, gives, SUPPRESSED, "condition");
        way.untold(PACK, refuses, SUPPRESSED, "condition");
        same(scene, way, PACK, waits, pack);
        scene.at("2026-06-20T12:00");
        Trade second = Trade.of(again.buyer(), "b", "80.00");
        way.posted(second, "orders and pays", second::paid);
        // The 26th is a member day, which comes first: one offer a day.
        PlanRows.day(scene, "2026-06-27");
        same(scene, way, PACK, waits, way.told(REMINDER, waits, "惊喜礼包"));
        way.untold(REMINDER, again, SUPPRESSED, "repurchased");
        way.untold(REMINDER, scans, SUPPRESSED, "no-coupon");
        PlanRows.day(scene, "2026-07-12");
        same(scene, way, SCAN, scans, way.told("scan-gift-reminder", scans, "快到期"));
        way.untold("scan-gift-reminder", refuses, SUPPRESSED, "consent");
    }

    /** The message says the code of the one coupon of the kind that its member has. */
    private static void same(Scene scene, Way way, String kind, Trade trade, Sent message) {
        List<CouponIssued> coupons =
                way.coupons(trade.buyer()).stream()
                        .filter(one -> one.coupon().equals(kind))
                        .toList();
        scene.same(1, coupons.size(), "one coupon " + kind);
        scene.check(
                Messages.text(message).contains(coupons.getFirst().code()),
                "it says the code of the one coupon",
                Messages.text(message));
    }

    /** Goods that only newcomers are shown: by message once, and by the storefront as it asks. */
    static void newcomers(Scene scene) {
        Way way = new Way(scene);
        String goods = "newcomer-goods@2026-07-21";
        String last = "newcomer-last-days@2026-07-27";
        scene.of("newcomer-goods", "newcomer-last-days");
        scene.at("2026-07-20T12:00");
        Role comes = Role.of("has just come").registered("2026-07-01");
        Role buys = Role.of("came, and buys in between").registered("2026-07-01");
        Role bought = Role.of("came and bought").bought("2026-07-10", "80.00");
        Role old = Role.of("came years ago");
        scene.arrive(comes, buys, bought, old);
        visits(scene, comes, true);
        visits(scene, bought, false);
        scene.at("2026-07-21T12:25");
        scene.until("2026-07-21T12:45");
        Sent first = scene.sent(goods, comes, "新客专享", "15元券");
        scene.sent(goods, buys, "新客专享");
        scene.notSent(goods, bought, "excluded", "segment");
        scene.notSent(goods, old, "excluded", "segment");
        scene.at("2026-07-22T12:00");
        Trade order = Trade.of(buys, "a", "80.00");
        way.posted(order, "orders and pays", order::paid);
        scene.at("2026-07-27T12:25");
        scene.until("2026-07-27T12:45");
        Sent reminder = scene.sent(last, comes, "只剩几天");
        scene.notSent(last, buys, "excluded", "segment");
        CouponIssued coupon = PlanRows.coupon(scene, way, comes);
        scene.check(
                Messages.text(first).contains(coupon.code())
                        && Messages.text(reminder).contains(coupon.code()),
                "both say the one code",
                coupon.code());
    }

    /** The storefront asks who is looking at its page. */
    private static void visits(Scene scene, Role role, boolean newcomer) {
        List<String> segments =
                new Agents(scene.outside())
                        .ask("/segments", Map.of("phone", role.phone()))
                        .body()
                        .texts("segments");
        scene.seen("%s is in %s".formatted(role.name(), segments));
        scene.same(
                newcomer,
                segments.contains("newcomers"),
                "whether the storefront shows the goods for newcomers to who " + role.name());
    }
}
