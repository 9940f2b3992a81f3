package io.memberday.playbook;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.playbook.Campaign.Send;
import io.memberday.segment.Segment;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * "On this event, after this long, unless that, send this."
 *
 * @param id such as {@code payment-reminder}
 * @param kind service, or marketing, which asks for consent, caps, quiet hours and money
 * @param on the event that triggers it
 * @param timing when it is due after the event
 * @param validFor how long after it is due it may still go; later none is written or sent. Zero
 *     before a cut-off, which ends it
 * @param leastMinor orders below this amount get none; 0 for no bound
 * @param terms on which it is sent
 * @param branches what is done, for whom: the first that fits
 * @param issues a coupon to each that it is sent to, one of a kind for an order however many
 *     touchpoints issue it; empty if it gives none
 * @param reminds of a coupon that was issued before and still holds: who has none gets no message;
 *     empty if it reminds of none
 */
public record Touchpoint(
        String id,
        Kind kind,
        Trigger on,
        Timing timing,
        Duration validFor,
        long leastMinor,
        Terms terms,
        List<Branch> branches,
        Optional<Coupon> issues,
        Optional<Coupon> reminds) {

    /** An event of an order or a parcel. */
    public enum Trigger {
        /** An order was placed and is unpaid; gone with the payment, closing or cancelling. */
        ORDER_UNPAID,
        /** An order was placed, paid at once or not. */
        ORDER_PLACED,
        ORDER_PAID,
        /** The buyer confirmed the receipt 确认收货. */
        ORDER_CONFIRMED,
        ORDER_REVIEWED,
        /**
         * An order was signed for: one for the whole order, by the last of its parcels that was, or
         * by what the storefront tells where no carrier tells it.
         */
        ORDER_SIGNED,
        /** The buyer of a kept purchase scanned the code that lay in its parcel 扫码. */
        ORDER_SCANNED,
        /** An order was paid that is the member's first kept purchase. */
        FIRST_PURCHASE,
        PARCEL_SHIPPED,
        /** The parcel reached the recipient's city. */
        PARCEL_ARRIVED,
        PARCEL_SIGNED,
        PARCEL_EXCEPTION,
        /** Nobody has scanned the parcel for longer than the store allows (R22). */
        PARCEL_SILENT;

        /** The name in the playbook: {@code order-unpaid}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Reads {@link #key}. */
        public static Trigger of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
        }

        /** Whether there is a touch for each parcel, not one for the order. */
        public boolean isOfParcel() {
            return name().startsWith("PARCEL");
        }
    }

    /** What ends it before it is due; each with a reason of its own. */
    public enum Ending {
        /** The buyer has reviewed the order. */
        REVIEWED,
        /** The member has bought again since. */
        REPURCHASED,
        /** The order was refunded, be it in part. */
        REFUNDED,
        /** The parcel was signed for, or the whole order if it is about that. */
        SIGNED;

        /** The name in the playbook and the reason in rows: {@code repurchased}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Reads {@link #key}. */
        public static Ending of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * Asked of member, order and parcel as they are when it is due (P4).
     *
     * @param only a condition that must hold; it may ask for fields of the order
     * @param unless a condition that must not hold
     * @param endsWhen what ends it
     * @param reordered an unpaid order is not reminded of if its member paid another with one of
     *     its products within this time after it was placed (R15); zero if that does not matter
     */
    public record Terms(
            Optional<Segment> only,
            Optional<Segment> unless,
            Set<Ending> endsWhen,
            Duration reordered) {
        /** What the shops do (R15). */
        public static final Duration DAY = Duration.ofHours(24);

        /** Where nothing is said. */
        public static final Terms NONE =
                new Terms(Optional.empty(), Optional.empty(), Set.of(), DAY);

        public Terms {
            endsWhen = Set.copyOf(endsWhen);
        }
    }

    /**
     * What is done for some.
     *
     * @param when for whom; for everybody if empty. It may ask for fields of the order
     * @param send channel and template, the preferred first
     * @param call the kind of a care case that is opened for a person in place of a message; then
     *     nothing is sent
     */
    public record Branch(Optional<Segment> when, List<Send> send, Optional<String> call) {
        public Branch {
            send = List.copyOf(send);
        }

        /** For everybody. */
        public static Branch sending(List<Send> send) {
            return new Branch(Optional.empty(), send, Optional.empty());
        }
    }

    public Touchpoint {
        branches = List.copyOf(branches);
    }

    /** One that tells of no coupon. */
    public Touchpoint(
            String id,
            Kind kind,
            Trigger on,
            Timing timing,
            Duration validFor,
            long leastMinor,
            Terms terms,
            List<Branch> branches) {
        this(
                id,
                kind,
                on,
                timing,
                validFor,
                leastMinor,
                terms,
                branches,
                Optional.empty(),
                Optional.empty());
    }

    /** The coupon that it tells of, whether it gives it or reminds of it. */
    public Optional<Coupon> coupon() {
        return issues.or(() -> reminds);
    }

    /** All that it may send, in whichever branch. */
    public List<Send> allSends() {
        return branches.stream().flatMap(branch -> branch.send().stream()).distinct().toList();
    }

    /** The channel that it prefers; none if it only calls for a person. */
    public Optional<Channel> channel() {
        return allSends().stream().map(Send::channel).findFirst();
    }
}
