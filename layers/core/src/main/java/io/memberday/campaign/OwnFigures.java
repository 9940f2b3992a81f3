package io.memberday.campaign;

import io.memberday.member.Purchases;
import io.memberday.money.Money;
import io.memberday.playbook.Offer;
import io.memberday.playbook.Sizing;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A member's own figures as texts show them (R31, R38). Amounts are bare numbers: the text says of
 * what.
 */
public final class OwnFigures {
    /** The average order, rounded down to whole units of the currency; empty without purchases. */
    public static final String AVERAGE_ORDER = "averageOrder";

    /**
     * The average discount in percent, rounded down, such as {@code 12%}; empty if there is none.
     */
    public static final String AVERAGE_DISCOUNT = "averageDiscount";

    /** From which order the member's coupon holds. */
    public static final String THRESHOLD = "threshold";

    /** What the member's coupon takes off. */
    public static final String REDUCTION = "reduction";

    /** From which order shipping is free; the same for all. */
    public static final String FREE_SHIPPING = "freeShipping";

    /** All of them. */
    public static final Set<String> NAMES =
            Set.of(AVERAGE_ORDER, AVERAGE_DISCOUNT, THRESHOLD, REDUCTION, FREE_SHIPPING);

    private OwnFigures() {}

    static void put(
            Purchases purchases,
            Optional<Offer> offer,
            String currency,
            Map<String, String> variables) {
        Money average = new Money(purchases.averageMinor(), currency);
        variables.put(AVERAGE_ORDER, purchases.count() == 0 ? "" : average.wholeUnits());
        int percent = purchases.averageDiscountPercent();
        variables.put(AVERAGE_DISCOUNT, percent == 0 ? "" : percent + "%");
        offer.flatMap(Offer::sizing)
                .ifPresent(
                        sizing -> {
                            Sizing.Sized sized = sizing.of(purchases);
                            variables.put(
                                    THRESHOLD, new Money(sized.thresholdMinor(), currency).brief());
                            variables.put(
                                    REDUCTION, new Money(sized.reductionMinor(), currency).brief());
                        });
        offer.flatMap(Offer::freeShipping)
                .ifPresent(
                        free ->
                                variables.put(
                                        FREE_SHIPPING,
                                        new Money(free.overMinor(), currency).brief()));
    }
}
