package io.memberday.touch;

import io.memberday.member.Member;
import io.memberday.member.Purchase;
import io.memberday.order.Line;
import io.memberday.order.Milestone;
import io.memberday.order.Order;
import io.memberday.order.OrderFacts;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.parcel.ParcelStatus;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Timing.Due;
import io.memberday.playbook.Touchpoint;
import io.memberday.playbook.Touchpoint.Branch;
import io.memberday.playbook.Touchpoint.Ending;
import io.memberday.playbook.Touchpoint.Terms;
import io.memberday.playbook.Touchpoint.Trigger;
import io.memberday.segment.Segment;
import io.memberday.segment.Vantage;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a touch that has come up still is to be done, and what: a function of member, order and
 * parcel as they are, which its claim then rests on (P4).
 */
public final class TouchTerms {
    private final Playbook playbook;

    public TouchTerms(Playbook playbook) {
        this.playbook = playbook;
    }

    /** What is to be done about a touch. */
    public sealed interface Verdict {
        /** Nothing any more, for a reason that its row keeps. */
        record Over(String reason) implements Verdict {}

        /** It is due later on its member's clock. */
        record Later(Due due, ZoneId zone) implements Verdict {}

        /** This. */
        record Do(Branch branch) implements Verdict {}
    }

    /**
     * Decides about a touch.
     *
     * @param member whom it is for, not merged
     * @param parcel which it is about, if {@link #asksParcel}
     */
    public Verdict of(
            Touchpoint touchpoint,
            ServiceTouch touch,
            Member member,
            Order order,
            Optional<Parcel> parcel,
            Instant now) {
        Optional<String> off = off(touchpoint.on(), touch, member, order, parcel);
        if (off.isPresent()) {
            return new Verdict.Over(off.get());
        }
        ZoneId store = playbook.store().zone();
        if (touchpoint.on() == Trigger.PARCEL_SILENT) {
            Instant from =
                    Silence.from(playbook.store().logistics().silent(), order, parcel)
                            .orElse(touch.since());
            if (now.isBefore(from)) {
                return new Verdict.Later(new Due(from, from.plus(touchpoint.validFor())), store);
            }
        }
        if (touchpoint.timing().isOfMember()) {
            Optional<Due> due =
                    touchpoint
                            .timing()
                            .of(touch.since(), member, store, touchpoint.validFor(), touch.id());
            if (due.filter(one -> now.isBefore(one.at())).isPresent()) {
                return new Verdict.Later(due.get(), member.profile().zone().orElse(store));
            }
            if (due.filter(one -> now.isAfter(one.until())).isPresent()) {
                return new Verdict.Over("late");
            }
        }
        Vantage vantage = playbook.vantage(now);
        return ended(touchpoint, touch, member, order, parcel)
                .or(() -> refused(touchpoint.terms(), member, order, vantage))
                .<Verdict>map(Verdict.Over::new)
                .orElseGet(() -> branch(touchpoint, member, order, vantage));
    }

    /** Whether the parcel must be known to decide. */
    public static boolean asksParcel(Touchpoint touchpoint) {
        return touchpoint.on() == Trigger.PARCEL_SILENT
                || touchpoint.on().isOfParcel()
                        && touchpoint.terms().endsWhen().contains(Ending.SIGNED);
    }

    /** Why the event itself is void; nothing if it stands. */
    private static Optional<String> off(
            Trigger on, ServiceTouch touch, Member member, Order order, Optional<Parcel> parcel) {
        if (on == Trigger.ORDER_UNPAID) {
            return order.openSince().isPresent()
                    ? Optional.empty()
                    : Optional.of(
                            Stream.of(Milestone.PAID, Milestone.PLEDGED)
                                    .filter(milestone -> order.at(milestone).isPresent())
                                    .map(Milestone::key)
                                    .findFirst()
                                    .orElseGet(() -> closedOrRefunded(order)));
        }
        if (on.isOfParcel()) {
            if (!names(order, touch)) {
                // A correction takes away what is planned; a call in doubt still comes here.
                return Optional.of("corrected");
            }
            return on == Trigger.PARCEL_SILENT ? Silence.over(order, parcel) : Optional.empty();
        }
        if (TouchPlanner.isOff(order)) {
            return Optional.of(closedOrRefunded(order));
        }
        boolean another =
                on == Trigger.FIRST_PURCHASE
                        && TouchPlanner.first(member)
                                .filter(first -> first.order().equals(touch.order()))
                                .isEmpty();
        return another ? Optional.of("not-first") : Optional.empty();
    }

    private static boolean names(Order order, ServiceTouch touch) {
        List<ParcelKey> parcels = order.facts().map(OrderFacts::parcels).orElse(List.of());
        return touch.parcel().map(ParcelKey::of).filter(parcels::contains).isPresent();
    }

    private static String closedOrRefunded(Order order) {
        return order.at(Milestone.CLOSED).isPresent() ? "closed" : "refunded";
    }

    private static Optional<String> ended(
            Touchpoint touchpoint,
            ServiceTouch touch,
            Member member,
            Order order,
            Optional<Parcel> parcel) {
        // A first purchase is planned from the member's books, which know what was kept of it only.
        if (order.totalMinor() < touchpoint.leastMinor()) {
            return Optional.of("amount");
        }
        if (touchpoint.on() == Trigger.ORDER_UNPAID && reordered(touchpoint, member, order)) {
            return Optional.of("reordered");
        }
        return touchpoint.terms().endsWhen().stream()
                .sorted()
                .filter(ending -> holds(ending, touch, member, order, parcel))
                .findFirst()
                .map(Ending::key);
    }

    private static boolean holds(
            Ending ending,
            ServiceTouch touch,
            Member member,
            Order order,
            Optional<Parcel> parcel) {
        return switch (ending) {
            case REVIEWED -> order.review().isPresent();
            case REPURCHASED -> {
                Instant bought =
                        order.at(Milestone.PAID)
                                .or(() -> order.at(Milestone.CREATED))
                                .orElse(touch.since());
                yield later(member, order, bought).findAny().isPresent();
            }
            case REFUNDED -> order.refundedMinor() > 0;
            case SIGNED ->
                    parcel.map(known -> known.at(ParcelStatus.SIGNED))
                            .orElseGet(() -> order.at(Milestone.SIGNED))
                            .isPresent();
        };
    }

    /** R15: the member paid another order with one of the products soon after this one. */
    private static boolean reordered(Touchpoint touchpoint, Member member, Order order) {
        Optional<Instant> placed = order.at(Milestone.CREATED);
        if (placed.isEmpty()) {
            return false;
        }
        Instant until = placed.get().plus(touchpoint.terms().reordered());
        Set<String> products =
                order.facts().map(OrderFacts::lines).orElse(List.of()).stream()
                        .map(Line::product)
                        .collect(Collectors.toSet());
        return later(member, order, placed.get())
                .filter(bought -> bought.paidAt().isBefore(until))
                .flatMap(bought -> bought.basket().products().stream())
                .anyMatch(products::contains);
    }

    private static Stream<Purchase> later(Member member, Order order, Instant than) {
        return member.purchases().recent().stream()
                .filter(bought -> bought.paidAt().isAfter(than))
                .filter(bought -> !bought.order().equals(order.key().toString()));
    }

    private static Optional<String> refused(
            Terms terms, Member member, Order order, Vantage vantage) {
        boolean lacking =
                terms.only().filter(only -> !only.matches(member, order, vantage)).isPresent();
        boolean barred =
                terms.unless().filter(bar -> bar.matches(member, order, vantage)).isPresent();
        return lacking || barred ? Optional.of("condition") : Optional.empty();
    }

    private static Verdict branch(
            Touchpoint touchpoint, Member member, Order order, Vantage vantage) {
        for (Branch branch : touchpoint.branches()) {
            Optional<Segment> when = branch.when();
            if (when.isEmpty() || when.get().matches(member, order, vantage)) {
                return new Verdict.Do(branch);
            }
        }
        return new Verdict.Over("branch");
    }
}
