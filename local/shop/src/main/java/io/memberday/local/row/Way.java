package io.memberday.local.row;

import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.local.outbox.Sent;
import io.memberday.local.storefront.Webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The way of purchases through a scene: what happens to an order, what a touchpoint said of it, or
 * why it said nothing, and the cases and coupons that came of it.
 */
final class Way {
    private static final String SENT = "sent";

    private final Scene scene;

    Way(Scene scene) {
        this.scene = scene;
    }

    /** People arrive, each with an order that nobody knows of yet. */
    List<Trade> trades(String total, Role... roles) {
        scene.arrive(roles);
        return List.of(roles).stream().map(role -> Trade.of(role, "a", total)).toList();
    }

    /** The storefront tells of an order, now. */
    @SafeVarargs
    final void posted(Trade trade, String what, Function<Instant, Webhook>... events) {
        List<Webhook> told = new ArrayList<>();
        for (Function<Instant, Webhook> event : events) {
            told.add(event.apply(scene.now()));
        }
        scene.posted("%s %s".formatted(trade.buyer().name(), what), told);
    }

    /** The carrier tells of a parcel, now. */
    void scanned(Trade trade, String status, String city) {
        scene.posted(
                "the carrier: %s's parcel is %s in %s"
                        .formatted(trade.buyer().name(), status, city),
                List.of(trade.scanned(status, scene.now(), city)));
    }

    /** A touchpoint told somebody of an order, once, with these words in it. */
    Sent told(String touchpoint, Trade trade, String... words) {
        Sent sent = scene.sent("", trade.buyer(), words);
        Map<String, Object> about = about(touchpoint, trade);
        scene.same(
                SENT, about.get("status"), "explain says that %s was sent".formatted(touchpoint));
        return sent;
    }

    /** A touchpoint told nothing of an order, and explain says why. */
    void untold(String touchpoint, Trade trade, String status, String reason) {
        Map<String, Object> about = about(touchpoint, trade);
        scene.unsent(
                "%s, by %s: %s, %s — %s"
                        .formatted(
                                trade.buyer().name(),
                                touchpoint,
                                about.get("status"),
                                about.get("reason"),
                                about.get("text")));
        scene.same(status, about.get("status"), touchpoint + ": the status");
        scene.same(reason, about.get("reason"), touchpoint + ": the reason");
    }

    private Map<String, Object> about(String touchpoint, Trade trade) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("touchpoint", touchpoint);
        asked.put("member", scene.member(trade.buyer()).id());
        asked.put("order", trade.order());
        return scene.explain(asked).objects("touches").getFirst().asMap();
    }

    /** A person has work about somebody, once. */
    void opened(String kind, Role role) {
        List<String> cases = cases(kind, role);
        scene.seen("a care case: %s, of %s".formatted(String.join(", ", cases), role.name()));
        scene.same(1, cases.size(), "one care case of kind %s is opened".formatted(kind));
    }

    /** Nobody has. */
    void unopened(String kind, Role role) {
        scene.same(
                List.of(),
                cases(kind, role),
                "no care case of kind %s for %s".formatted(kind, role.name()));
    }

    private List<String> cases(String kind, Role role) {
        return scene.activity(role, "case#" + kind + "-");
    }

    /** The coupons that somebody holds. */
    List<CouponIssued> coupons(Role role) {
        return scene.coupons(role);
    }
}
