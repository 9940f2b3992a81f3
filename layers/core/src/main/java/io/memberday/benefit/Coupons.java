package io.memberday.benefit;

import io.memberday.ingest.Activity.CouponIssued;
import io.memberday.member.Member;
import io.memberday.playbook.Coupon;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Issues coupons, of each kind one for each cause, or one for each member, under one code however
 * often it is tried: what was issued is looked up first, so that a key that was exchanged in
 * between changes nothing, and who issues at the same time makes the same code.
 */
public final class Coupons {
    /** What the code of a coupon follows from that each member gets once, whatever it is for. */
    private static final String ONCE = "once";

    /** Why who has had such a coupon, which is over, gets no message that would give it again. */
    public static final String HAD = "had";

    /** Why nobody is reminded of a coupon that they do not have, or have no more. */
    public static final String NONE = "no-coupon";

    private final CouponStore store;
    private final CouponCodes codes;
    private final ZoneId zone;

    /**
     * @param zone the store's: a coupon holds to the end of a day
     */
    public Coupons(CouponStore store, CouponCodes codes, ZoneId zone) {
        this.store = store;
        this.codes = codes;
        this.zone = zone;
    }

    /**
     * Whom a coupon is for.
     *
     * @param member as it is now
     * @param id under which its coupons stand for ever, whoever the member is merged into
     */
    public record Holder(Member member, String id) {}

    /**
     * The coupon that is issued for a cause already, or would be; nothing is written.
     *
     * @param cause a run or an order
     * @param minor what it is worth
     * @param at from when it holds
     * @return nothing if the member has had it, gets it only once, and it is over
     */
    public Optional<CouponIssued> draft(
            Holder holder, Coupon coupon, String cause, long minor, Instant at) {
        Optional<CouponIssued> issued = issued(holder, coupon, cause, at);
        return issued.isPresent()
                ? issued.filter(one -> !coupon.once() || one.until().isAfter(at))
                : Optional.of(
                        new CouponIssued(
                                holder.id(),
                                at,
                                codes.code(holder.id(), coupon.id(), coupon.once() ? ONCE : cause),
                                coupon.id(),
                                cause,
                                minor,
                                coupon.overMinor(),
                                until(coupon, at, zone)));
    }

    /** The coupon that was issued for a cause, if it still holds. */
    public Optional<CouponIssued> held(Holder holder, Coupon coupon, String cause, Instant at) {
        return issued(holder, coupon, cause, at).filter(one -> one.until().isAfter(at));
    }

    /** The first that still holds, else one that is over: no id is asked after one that has it. */
    private Optional<CouponIssued> issued(Holder holder, Coupon coupon, String cause, Instant at) {
        Set<String> ids = new LinkedHashSet<>(List.of(holder.id()));
        if (coupon.once()) {
            ids.add(holder.member().id());
            ids.addAll(new TreeSet<>(holder.member().was()));
        }
        Optional<CouponIssued> over = Optional.empty();
        for (String id : ids) {
            Optional<CouponIssued> last =
                    store.of(id).stream()
                            .filter(one -> one.coupon().equals(coupon.id()))
                            .filter(one -> coupon.once() || one.cause().equals(cause))
                            .max(Comparator.comparing(CouponIssued::until));
            if (last.filter(one -> one.until().isAfter(at)).isPresent()) {
                return last;
            }
            over = over.or(() -> last);
        }
        return over;
    }

    /** Issues a draft. */
    public void issue(CouponIssued draft) {
        store.put(draft);
    }

    /** The end of the last day of a coupon. */
    public static Instant until(Coupon coupon, Instant at, ZoneId zone) {
        LocalDate last = at.plus(coupon.validFor()).atZone(zone).toLocalDate();
        return last.plusDays(1).atStartOfDay(zone).toInstant();
    }
}
