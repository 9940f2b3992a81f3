package io.memberday.playbook;

import io.memberday.member.Purchases;

import java.time.Duration;
import java.time.Instant;

/**
 * A promise of free shipping, and whom it would only annoy (R34): a buyer whose usual order is too
 * small for it, and one who paid postage lately on an order that was large enough for it. Who has
 * bought nothing yet is not known to be either.
 *
 * @param overMinor from which order it holds, minor units; 0 for every order
 * @param justPaid how long ago "lately" is
 */
public record FreeShipping(long overMinor, Duration justPaid) {

    /**
     * Whether a member may read of it.
     *
     * @param at the run's time
     */
    public boolean suits(Purchases purchases, Instant at) {
        if (purchases.count() > 0 && purchases.averageGoodsMinor() < overMinor) {
            return false;
        }
        Instant from = at.minus(justPaid);
        return purchases.recent().stream()
                .noneMatch(
                        bought ->
                                bought.basket().postageMinor() > 0
                                        && bought.goodsMinor() >= overMinor
                                        && !bought.paidAt().isBefore(from));
    }
}
