package io.memberday.simulation;

import io.memberday.benefit.CouponStore;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.ingest.InMemoryIngestStore;
import io.memberday.playbook.Coupon;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Touchpoint;
import io.memberday.simulation.Broken.Promise;
import io.memberday.simulation.Provider.Call;
import io.memberday.touch.ServiceTouch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Coupons among the rows of members' activity, where the transactions of touches write them. */
final class IssuedCoupons implements CouponStore {
    private final InMemoryIngestStore rows;
    private final List<String> ends = new ArrayList<>();

    IssuedCoupons(InMemoryIngestStore rows) {
        this.rows = rows;
    }

    @Override
    public List<CouponIssued> of(String memberId) {
        return all().filter(coupon -> coupon.memberId().equals(memberId)).toList();
    }

    @Override
    public void put(CouponIssued coupon) {
        if (of(coupon.memberId()).stream().noneMatch(one -> one.item().equals(coupon.item()))) {
            rows.write(coupon);
        }
    }

    /**
     * One of a kind for an order, or for a person, under the code that all messages about it say
     * (R26).
     */
    void check(List<Call> accepted, Playbook playbook, Tables tables) {
        Map<String, String> codes = new HashMap<>();
        all().forEach(
                        coupon -> {
                            boolean once = coupon.coupon().equals(Purchase.WELCOME.id());
                            String of = once ? owner(tables, coupon.memberId()) : coupon.cause();
                            String other = codes.put(coupon.coupon() + of, coupon.code());
                            Promises.require(
                                    other == null,
                                    Promise.ONE_COUPON,
                                    () -> "two coupons: " + coupon + " and " + other);
                        });
        Map<String, Set<String>> said = new HashMap<>();
        for (Call call : accepted) {
            Optional<Coupon> kind =
                    playbook.touchpoint(call.tag("touchpoint")).flatMap(Touchpoint::coupon);
            if (kind.isEmpty()) {
                continue;
            }
            String touch = ServiceTouch.id(call.tag("touchpoint"), call.tag("subject"));
            String of =
                    kind.get().once()
                            ? owner(tables, tables.touches.find(touch).orElseThrow().memberId())
                            : call.tag("subject");
            String code = codes.get(kind.get().id() + of);
            Promises.require(
                    call.envelope().body().text().contains("券" + code),
                    Promise.ONE_COUPON,
                    () -> "a message says another code than " + code + ": " + call);
            said.computeIfAbsent(code, _ -> new HashSet<>()).add(touch);
        }
        said.values().forEach(by -> ends.add(by.size() > 1 ? "coupon said again" : "coupon said"));
    }

    private static String owner(Tables tables, String memberId) {
        return tables.live(memberId).id();
    }

    /** What was seen. */
    List<String> ends() {
        return ends;
    }

    Stream<CouponIssued> all() {
        return rows.activity.values().stream()
                .filter(CouponIssued.class::isInstance)
                .map(CouponIssued.class::cast);
    }
}
