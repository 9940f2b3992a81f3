package io.memberday.touch;

import io.memberday.campaign.Funds;
import io.memberday.ingest.Activity;
import io.memberday.ingest.ParcelRow;
import io.memberday.member.Claim;
import io.memberday.member.Member;
import io.memberday.order.Order;
import io.memberday.parcel.ParcelKey;

import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/**
 * Service touches as the sender sees them, with the orders that they are about. Reads are strong.
 */
public interface ServiceTouchStore {

    /** A touch as it is now; nothing if it never was, or went with what made it pointless. */
    Optional<ServiceTouch> find(String touchpoint, String subject);

    /**
     * What a touch is about.
     *
     * @param version of the order's row
     * @param memberId under which the order stands, whoever was merged since; empty if it is
     *     nobody's
     */
    record About(Order order, long version, Optional<String> memberId) {}

    /** The order of this key, {@code source:shop:number}. */
    Optional<About> order(String key);

    /** A parcel's row; one of version 0 if there is none. */
    ParcelRow parcel(ParcelKey key);

    /** What all marketing of a calendar month has leased and spent, with the cap that is given. */
    Funds month(YearMonth month, Optional<Long> capMicros);

    /**
     * What a decision rests on: all of it still is as it was read when the claim is written (P4).
     *
     * @param parcel if it was asked
     * @param counts that are raised by one with the claim
     */
    record Grounds(Member member, About about, Optional<ParcelRow> parcel, List<Count> counts) {
        public Grounds {
            counts = List.copyOf(counts);
        }

        public Grounds(Member member, About about, Optional<ParcelRow> parcel) {
            this(member, about, parcel, List.of());
        }

        /** This, raising counts too. */
        public Grounds counting(List<Count> raised) {
            return new Grounds(member, about, parcel, raised);
        }
    }

    /**
     * How many of something there were.
     *
     * @param key names what is counted
     */
    record Count(String key, long value) {}

    /** A count as it is now. */
    Count count(String key);

    /**
     * What a marketing message leaves on its member, in the transaction that claims it; its money
     * is the claimed touch's lease.
     *
     * @param claim under the touch's id
     * @param counters to be raised by one
     * @param past of the member's record, which goes with this write
     * @param monthCapMicros which the lease must not pass
     */
    record Promotion(
            Claim claim, List<ContactCounter> counters, Past past, Optional<Long> monthCapMicros) {
        public Promotion {
            counters = List.copyOf(counters);
        }
    }

    /**
     * Claims a touch, or ends it by opening a care case, in one transaction: it is in the state and
     * by the claim that were read, and what the decision rested on still is as it was read (P4).
     *
     * @param next the touch, claimed or ended
     * @param promotion of a marketing message
     * @param rows of the members' activity that are written with it
     * @return false if any of it no longer holds: then nothing is changed
     */
    boolean claim(
            ServiceTouch read,
            ServiceTouch next,
            Grounds grounds,
            Optional<Promotion> promotion,
            List<Activity> rows);

    /**
     * Writes how a touch goes on or how it ended.
     *
     * @return false if its state or claim is not the one that was read, or it is unclaimed and due
     *     at another time: then nothing is changed
     */
    boolean replace(ServiceTouch read, ServiceTouch next);

    /**
     * The same of a touch that holds money: what was not spent of its lease goes back to its month,
     * in one transaction.
     *
     * @param read with its lease
     * @param spentMicros at most the lease
     */
    boolean settle(ServiceTouch read, ServiceTouch next, long spentMicros);
}
