package io.memberday.local.row;

import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.json.Fields;
import io.memberday.local.outbox.Sent;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Rows on what follows the parcel: reviews, the new customer, coupons. R24 to R27. */
final class PlanRows {
    private static final String SUPPRESSED = "suppressed";
    private static final String CITY = "上海市";
    static final String GIFT = "second-purchase-gift";
    private static final String INCENTIVE = "repurchase-incentive";
    private static final String SIMILAR = "similar-goods";

    private PlanRows() {}

    static List<Row> all() {
        return List.of(
                new Row("R24", "Review care", PlanRows::review),
                new Row("R25", "New-customer plan", PlanRows::plan),
                new Row("R26", "Second-purchase gift", PlanRows::gift),
                new Row("R26", "Surprise pack and scan gift", GiftRows::presents),
                new Row("R26", "Newcomer-only goods", GiftRows::newcomers),
                new Row("R27", "Price-difference care", PlanRows::difference));
    }

    private static void review(Scene scene) {
        Way way = new Way(scene);
        List<Trade> all =
                signed(
                        scene,
                        way,
                        Role.of("who likes it").refusing(),
                        Role.of("who does not").refusing(),
                        Role.of("who says nothing").refusing());
        Trade likes = all.get(0);
        Trade angry = all.get(1);
        Trade silent = all.get(2);
        scene.at("2026-06-10T12:00");
        way.posted(likes, "reviews with five stars", at -> likes.reviewed(at, 5));
        way.posted(angry, "reviews with two stars", at -> angry.reviewed(at, 2));
        scene.until("2026-06-10T12:20");
        way.told("review-care", likes, "谢谢您的好评");
        way.untold("review-care", angry, SUPPRESSED, "call");
        way.opened("review", angry.buyer());
        way.unopened("review", likes.buyer());
        replied(scene, way, angry);
        scene.at("2026-06-15T10:20");
        scene.until("2026-06-15T10:45");
        way.told("review-gift", silent, "写下您的评价");
        way.untold("review-gift", likes, SUPPRESSED, "reviewed");
        way.untold("review-gift", angry, SUPPRESSED, "reviewed");
    }

    /** What the shop answers stays with the review, and is nobody's message. */
    private static void replied(Scene scene, Way way, Trade angry) {
        Instant reviewed = scene.now().minus(Duration.ofMinutes(20));
        way.posted(
                angry,
                "is answered by the shop, twice told",
                at -> angry.replied(reviewed, 2, at, "非常抱歉，已为您换货"),
                at -> angry.replied(reviewed, 2, at, "非常抱歉，已为您换货"));
        scene.until("2026-06-10T12:40");
        scene.nothingSent("the shop's reply is on the platform, and no message of ours");
        Fields order =
                new Agents(scene.outside())
                        .find("phone", angry.buyer().phone())
                        .body()
                        .objects("orders")
                        .getFirst();
        scene.seen("an agent reads: " + order.objects("replies").getFirst().asMap());
        scene.same(1, order.objects("replies").size(), "one reply, with its review");
        scene.same(
                order.object("review").text("id"),
                order.objects("replies").getFirst().text("review"),
                "it is kept with the review that it answers");
        way.opened("review", angry.buyer());
    }

    /** From the order: day 1, 15, 30, 45 and 75, each time the nearest who must not get it. */
    private static void plan(Scene scene) {
        Way way = new Way(scene);
        scene.at("2026-09-05T12:00");
        scene.of("christmas-gifts");
        List<Trade> all =
                bought(
                        scene,
                        way,
                        Role.of("buys once"),
                        Role.of("buys again on day 20"),
                        Role.of("buys gifts")
                                .tagged("2026-08-01", "gift-buyer", true, "operator:anna"));
        Trade keeps = all.get(0);
        Trade again = all.get(1);
        Trade gives = all.get(2);
        day(scene, "2026-09-06");
        way.told(GIFT, keeps, "初次见面礼");
        way.told(GIFT, again, "初次见面礼");
        way.untold(GIFT, gives, SUPPRESSED, "condition");
        day(scene, "2026-09-20");
        way.told("after-sale-care", keeps, "棉品");
        way.told("after-sale-care", again, "棉品");
        way.told("after-sale-care", gives, "棉品");
        scene.at("2026-09-23T12:00");
        Trade second = Trade.of(again.buyer(), "b", "120.00");
        way.posted(second, "orders and pays", second::paid);
        day(scene, "2026-10-05");
        way.told(SIMILAR, keeps, "搭配款");
        way.untold(SIMILAR, again, SUPPRESSED, "repurchased");
        way.untold(SIMILAR, gives, SUPPRESSED, "condition");
        day(scene, "2026-10-20");
        way.told(INCENTIVE, keeps, "快到期");
        way.untold(INCENTIVE, again, SUPPRESSED, "repurchased");
        day(scene, "2026-11-19");
        way.told("next-festival", keeps, "节日新品");
        way.untold("next-festival", again, SUPPRESSED, "repurchased");
        String run = "christmas-gifts@2026-12-17";
        scene.at("2026-12-17T12:25");
        scene.until("2026-12-17T12:40");
        scene.sent(run, gives.buyer(), "圣诞礼");
        scene.seen("the push to buy again has failed: who bought once is met as a giver of gifts");
        scene.sent(run, keeps.buyer(), "圣诞礼");
        scene.leftOut(run, "segment", again.buyer());
    }

    /** A code of one's own, the same in gift and reminder. */
    private static void gift(Scene scene) {
        Way way = new Way(scene);
        scene.at("2026-09-05T12:00");
        List<Trade> all =
                bought(
                        scene,
                        way,
                        Role.of("first buyer"),
                        Role.of("another first buyer"),
                        Role.of("who gives it back"),
                        Role.of("who refused marketing").refusing());
        Trade one = all.get(0);
        Trade other = all.get(1);
        Trade refunded = all.get(2);
        Trade refuses = all.get(3);
        way.posted(refunded, "gets the money back", at -> refunded.refunded(at, "120.00"));
        day(scene, "2026-09-06");
        Sent first = way.told(GIFT, one, "20元券");
        Sent second = way.told(GIFT, other, "20元券");
        way.untold(GIFT, refuses, SUPPRESSED, "consent");
        CouponIssued own = coupon(scene, way, one.buyer());
        scene.check(
                Messages.text(first).contains(own.code())
                        && Messages.text(second).contains(coupon(scene, way, other.buyer()).code())
                        && !Messages.text(second).contains(own.code()),
                "each reads the code that stands in their own row",
                own.code());
        scene.same(2_000L, own.minor(), "worth 20.00");
        scene.same(one.order(), own.cause(), "issued for the first order");
        scene.same(0, way.coupons(refunded.buyer()).size(), "no coupon for who gave it back");
        scene.same(0, way.coupons(refuses.buyer()).size(), "no coupon for who gets no message");
        day(scene, "2026-10-20");
        Sent reminder = way.told(INCENTIVE, one, "快到期");
        way.told(INCENTIVE, other, "快到期");
        scene.check(
                Messages.text(reminder).contains(own.code()),
                "the reminder says the same code",
                Messages.text(reminder));
        scene.same(1, way.coupons(one.buyer()).size(), "one coupon, however often it is told of");
    }

    private static void difference(Scene scene) {
        Way way = new Way(scene);
        String run = "price-difference@2026-11-08";
        scene.at("2026-11-08T12:20");
        Role full = Role.of("paid 449").refusing();
        full.bought("2026-11-01", "449.00", "product", "QJ-4001");
        Role cheap =
                Role.of("paid 399").refusing().bought("2026-11-01", "399.00", "product", "QJ-4001");
        Role early = Role.of("paid 449 in October").refusing();
        early.bought("2026-10-20", "449.00", "product", "QJ-4001");
        scene.arrive(full, cheap, early);
        scene.until("2026-11-08T12:40");
        Sent sent = scene.sent(run, full, "差价券50元");
        CouponIssued coupon = coupon(scene, way, full);
        scene.check(
                Messages.text(sent).contains(coupon.code()),
                "the code of the row",
                Messages.text(sent));
        scene.same(5_000L, coupon.minor(), "worth the difference");
        scene.leftOut(run, "segment", cheap, early);
        scene.same(0, way.coupons(cheap).size(), "no coupon without a message");
    }

    /** The one coupon of somebody. */
    static CouponIssued coupon(Scene scene, Way way, Role role) {
        List<CouponIssued> coupons = way.coupons(role);
        scene.same(1, coupons.size(), role.name() + " has one coupon");
        CouponIssued coupon = coupons.getFirst();
        scene.seen(
                "%s has coupon#%s: %s, for %s, until %s"
                        .formatted(
                                role.name(),
                                coupon.code(),
                                coupon.coupon(),
                                coupon.cause(),
                                coupon.until()));
        return coupon;
    }

    /** The evening of a step; what falls into the days before is passed over. */
    static void day(Scene scene, String date) {
        scene.at(date + "T19:25");
        scene.until(date + "T19:45");
    }

    private static List<Trade> bought(Scene scene, Way way, Role... roles) {
        List<Trade> trades = way.trades("120.00", roles);
        trades.forEach(one -> way.posted(one, "orders and pays, for the first time", one::paid));
        return trades;
    }

    /** Orders of 9 June whose parcels are signed for twenty minutes later. */
    static List<Trade> signed(Scene scene, Way way, Role... roles) {
        scene.at("2026-06-09T12:00");
        List<Trade> trades = way.shipped("2026-06-09T12:20", roles);
        trades.forEach(one -> way.scanned(one, "signed", CITY));
        scene.until("2026-06-09T13:10");
        trades.forEach(one -> way.told("signed-notice", one, "包裹已签收"));
        return trades;
    }
}
