package io.memberday.local.row;

import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.local.outbox.Sent;
import io.memberday.local.storefront.Webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The way of purchases through a scene: what happens to an order, what a touchpoint said of it, or
 * why it said nothing, and the cases and coupons that came of it.
 */
final class Way {
    private final Scene scene;
    private final Outside outside;

    Way(Scene scene) {
        this.scene = scene;
        outside = scene.outside();
    }

    /** People arrive, each with an order that nobody knows of yet. */
    List<Trade> trades(String total, Role... roles) {
        scene.arrive(roles);
        return List.of(roles).stream().map(role -> Trade.of(role, "a", total)).toList();
    }

    /** Orders that are paid and shipped now, and what their buyers hear until a time. */
    List<Trade> shipped(String until, Role... roles) {
        List<Trade> trades = trades("80.00", roles);
        for (Trade one : trades) {
            posted(one, "orders and pays, and the parcel is shipped", one::paid, one::shipped);
        }
        scene.until(until);
        trades.forEach(one -> told("dispatch-notice", one, one.tracking()));
        return trades;
    }

    /** The storefront tells of an order, now. */
    @SafeVarargs
    final void posted(Trade trade, String what, Function<Instant, Webhook>... events) {
        List<Webhook> told = new ArrayList<>();
        for (Function<Instant, Webhook> event : events) {
            told.add(event.apply(outside.now()));
        }
        scene.posted("%s %s".formatted(trade.buyer().name(), what), told);
    }

    /** The carrier tells of a parcel, now. */
    void scanned(Trade trade, String status, String city) {
        scene.posted(
                "the carrier: %s's parcel is %s in %s"
                        .formatted(trade.buyer().name(), status, city),
                List.of(trade.scanned(status, outside.now(), city)));
    }

    /** A touchpoint told somebody of an order, once, with these words in it. */
    Sent told(String touchpoint, Trade trade, String... words) {
        return scene.mail()
                .sent(touchpoint, trade.buyer(), () -> explained(touchpoint, trade), words);
    }

    /** A touchpoint told nothing of an order, and explain says why. */
    void untold(String touchpoint, Trade trade, String status, String reason) {
        Explained why = explained(touchpoint, trade);
        scene.lines()
                .line(
                        "not sent",
                        "%s, by %s: %s — %s"
                                .formatted(
                                        trade.buyer().name(), touchpoint, why.brief(), why.text()));
        scene.same(status, why.status(), touchpoint + ": the status");
        scene.same(reason, why.reason(), touchpoint + ": the reason");
    }

    private Explained explained(String touchpoint, Trade trade) {
        return Explained.ofTouchpoint(
                outside, touchpoint, scene.member(trade.buyer()), Optional.of(trade.order()));
    }

    /** A person has work about somebody, once. */
    void opened(String kind, Role role) {
        List<String> cases = cases(kind, role);
        scene.seen("a care case: %s, of %s".formatted(String.join(", ", cases), role.name()));
        scene.same(1, cases.size(), "one care case of kind %s is opened".formatted(kind));
    }

    /** Nobody has. */
    void unopened(String kind, Role... roles) {
        for (Role role : roles) {
            scene.same(
                    List.of(),
                    cases(kind, role),
                    "no care case of kind %s for %s".formatted(kind, role.name()));
        }
    }

    private List<String> cases(String kind, Role role) {
        return outside.activity(scene.member(role), "case#" + kind + "-");
    }

    /** The coupons that somebody holds. */
    List<CouponIssued> coupons(Role role) {
        return outside.coupons(scene.member(role));
    }
}
