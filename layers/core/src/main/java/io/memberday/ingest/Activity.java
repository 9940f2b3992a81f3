package io.memberday.ingest;

import io.memberday.care.CaseId;
import io.memberday.care.CaseKind;
import io.memberday.member.Basket;
import io.memberday.member.Consent;
import io.memberday.member.Consents.Topic;
import io.memberday.member.Purchase;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A row of a member's activity. Its item key names its cause, so that a repeated cause writes the
 * same row.
 */
public sealed interface Activity {

    /** Whose it is. */
    String memberId();

    /** When, by the cause's own time. */
    Instant at();

    /** The row's key within the member's. */
    String item();

    /**
     * The points of one order: a function of the order's final state (P6).
     *
     * @param earn the order's payment, or with false what its refunds take back
     * @param order {@code source:shop:number}
     * @param points of the payment, or less than 0 for the refunds
     * @param minor paid, or less than 0 for what was refunded, minor units
     * @param basket what was paid for: a member's purchases are computed anew from the ledger
     */
    record Ledger(
            String memberId,
            Instant at,
            boolean earn,
            String order,
            long points,
            long minor,
            Basket basket)
            implements Activity {
        @Override
        public String item() {
            return (earn ? "earn#" : "reverse#") + order;
        }

        /**
         * The kept purchase that this payment is.
         *
         * @param reverse what its refunds take back, if there are any
         */
        public Optional<Purchase> kept(Optional<Ledger> reverse) {
            long left = minor + reverse.map(Ledger::minor).orElse(0L);
            return left == 0 && reverse.isPresent()
                    ? Optional.empty()
                    : Optional.of(new Purchase(order, at, left, basket));
        }
    }

    /** The member reached another tier (R4). */
    record TierChange(String memberId, Instant at, String from, String to, String order)
            implements Activity {
        @Override
        public String item() {
            return "tier#" + at + "#" + to + "#" + order;
        }
    }

    /** Another member was merged into this one (R1). */
    record Merge(String memberId, Instant at, String loser, String cause) implements Activity {
        @Override
        public String item() {
            return "merge#" + loser;
        }
    }

    /**
     * The member said something on consent (R50).
     *
     * @param by the operator whom it was told, or how the member said so itself: {@code reply},
     *     {@code link} or {@code page} with the run or touchpoint of the message that led there,
     *     {@code complaint}, {@code log} of the provider; empty if the shop's event said so
     */
    record ConsentSaid(String memberId, Topic topic, Consent consent, String by)
            implements Activity {
        /** What the member said itself. */
        public ConsentSaid(String memberId, Topic topic, Consent consent) {
            this(memberId, topic, consent, "");
        }

        @Override
        public Instant at() {
            return consent.at();
        }

        @Override
        public String item() {
            return "consent#" + topic.channel().key() + "#" + topic.kind().key() + "#" + at();
        }
    }

    /**
     * A coupon was issued to the member (R26, R27).
     *
     * @param code that redeems it: nobody can guess it, and no two coupons have the same
     * @param coupon its id in the playbook
     * @param cause what it was issued for: a run, or an order; of each kind of coupon one
     * @param minor what it takes off, minor units
     * @param overMinor from which order on; 0 for every order
     * @param until when it ends
     */
    record CouponIssued(
            String memberId,
            Instant at,
            String code,
            String coupon,
            String cause,
            long minor,
            long overMinor,
            Instant until)
            implements Activity {
        @Override
        public String item() {
            return "coupon#" + code;
        }
    }

    /**
     * Work for a person (R56). It is written only where its cause has no case yet, or one that was
     * closed before the cause occurred anew ({@code at} is later than the closing): so a repeated
     * event neither opens a case again nor touches one that somebody works on. Write it in the
     * transaction of its cause, with a subject that names the cause; who lists and closes it finds
     * it in {@link io.memberday.care}.
     *
     * <p>At most one case of a cause is open, also after members were merged. One about an order or
     * parcel stands under the id of the order's row, which no merge changes; one about the member
     * itself stands under the survivor, unless one of those that it {@code was} has it.
     *
     * @param was other ids under which the cause may have a case: those of members who were merged
     * @param at when the cause occurred, by its own time
     * @param kind a key of {@link CaseKind}
     * @param subject what it is about: ids only
     * @param reason for the person who takes it, in ids and codes, without personal data
     */
    record CareCase(
            String memberId,
            Set<String> was,
            Instant at,
            String kind,
            String subject,
            String reason)
            implements Activity {
        /** Whose a case is that concerns many members. */
        public static final String NOBODY = "cases";

        /**
         * @throws IllegalArgumentException if there is no such kind
         */
        public CareCase {
            CaseKind.of(kind);
            was = Set.copyOf(was);
        }

        /** One of a cause that stands under one id for ever. */
        public CareCase(String memberId, Instant at, String kind, String subject, String reason) {
            this(memberId, Set.of(), at, kind, subject, reason);
        }

        /** Names the case. */
        public CaseId id() {
            return new CaseId(memberId, CaseKind.of(kind), subject);
        }

        /** The names under which its cause may have a case besides. */
        public List<CaseId> others() {
            return was.stream().map(id -> new CaseId(id, CaseKind.of(kind), subject)).toList();
        }

        @Override
        public String item() {
            return id().item();
        }
    }
}
