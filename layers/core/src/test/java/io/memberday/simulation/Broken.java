package io.memberday.simulation;

import java.io.Serial;

/** A promise that did not hold. */
final class Broken extends AssertionError {
    @Serial private static final long serialVersionUID = 1;

    private final Promise promise;

    /** What the simulation watches over. */
    enum Promise {
        /** P1: the end is that of all events, each once and in order. */
        SAME_END,
        /** P2: at most one marketing message per touch, also through merges. */
        ONE_MESSAGE,
        /** P3: every touch has one outcome, and it is true. */
        ONE_OUTCOME,
        /** P3: a service message goes twice only after a call in doubt, and its row says so. */
        SERVICE_ONCE,
        /** P4: nothing is claimed against the member's will as it was accepted. */
        CONSENT,
        /** P4: nobody gets more than the caps allow. */
        CAP,
        /** P4: what is set aside or spent stays within the caps, and all of it comes back. */
        MONEY,
        /** P4: a merged member is not written to; its winner is. */
        MERGED,
        /** P5: the audience is frozen when it is written, and its sum holds. */
        AUDIENCE,
        /** A run that was stopped, or waits for an approval, sends nothing; cancelled is final. */
        STOPPED,
        /** P5: one run of a campaign a day. */
        ONE_RUN,
        /** P5: an entry of the calendar makes one run, however often its schedule wakes. */
        ONE_ENTRY,
        /** R52: of the runs that share a scan one alone wins a member. */
        ONE_WINNER,
        /**
         * R23, R27: of a run over orders each buyer has one message, with however many accounts.
         */
        ONE_BUYER,
        /** R23, R27: no buyer is left out, and the message says which orders made the buyer one. */
        BUYERS,
        /** R53: what is past its window is not sent. */
        WINDOW,
        /** Who is held out of a run, or of everything, gets nothing of it. */
        HELD_OUT,
        /** A touch keeps the variant with which it was planned, and says that variant's words. */
        VARIANT,
        /** No reminder of an order whose payment was accepted before the claim. */
        UNPAID,
        /** A touch that ends with the signature is not sent after it. */
        SIGNED,
        /** What follows the last signature of an order's parcels is not sent before it. */
        ALL_SIGNED,
        /** Nothing is said of a parcel that is not the order's any more, if that was answered. */
        CORRECTED,
        /** Nothing is left undone. */
        DONE,
        /** P9: a poisoned record is in the dead letters with its reason, and sinks nothing. */
        POISON,
        /** P10: a service message waits for no campaign. */
        SERVICE_FIRST,
        /** R22: a silent parcel is told once, and only one that is silent. */
        SILENT,
        /** R22: a mass delay is one case, not one for each parcel. */
        MASS_DELAY,
        /** R24: whose review is bad hears of it from a person; who has reviewed is not asked to. */
        REVIEWED,
        /** R56: at most one open case per cause, and what somebody works on is left alone. */
        ONE_CASE,
        /** R22, R24, R51, R56: no cause of a case is lost. */
        NO_CASE_LOST,
        /** Nothing is sent while the account's money is spent, and all of it afterwards. */
        HALTED,
        /** R26: one coupon of a kind for an order, under the code that the message says. */
        ONE_COUPON
    }

    Broken(Promise promise, String what) {
        super(promise + ": " + what);
        this.promise = promise;
    }

    Promise promise() {
        return promise;
    }
}
