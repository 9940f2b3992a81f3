package io.memberday.simulation;

import io.memberday.benefit.CouponStore;
import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.ingest.InMemoryIngestStore;
import io.memberday.simulation.Broken.Promise;
import io.memberday.simulation.Provider.Call;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
     * One for an order, under the code that all messages about it say (R26).
     *
     * @param issuing touchpoints that issue coupons
     */
    void check(List<Call> accepted, Set<String> issuing) {
        Map<String, String> codes = new HashMap<>();
        all().forEach(
                        coupon -> {
                            String other = codes.put(coupon.cause(), coupon.code());
                            Promises.require(
                                    other == null,
                                    Promise.ONE_COUPON,
                                    () -> "two coupons: " + coupon + " and " + other);
                        });
        Map<String, Set<String>> said = new HashMap<>();
        for (Call call : accepted) {
            String touchpoint = call.tag("touchpoint");
            if (issuing.contains(touchpoint)) {
                said.computeIfAbsent(call.tag("subject"), _ -> new HashSet<>()).add(touchpoint);
            }
            String code = "券" + codes.get(call.tag("subject"));
            Promises.require(
                    !issuing.contains(touchpoint) || call.envelope().body().text().contains(code),
                    Promise.ONE_COUPON,
                    () -> "a message says another code than " + codes + ": " + call);
        }
        said.values().forEach(by -> ends.add(by.size() > 1 ? "coupon said again" : "coupon said"));
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
