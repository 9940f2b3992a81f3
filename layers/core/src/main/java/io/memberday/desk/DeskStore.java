package io.memberday.desk;

import io.memberday.ingest.Activity;
import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.touch.ServiceTouch;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tables as the desk sees them. Reads are strong, but for which orders a member has: an order
 * may be missing there for a moment.
 */
public interface DeskStore {

    /** Whom an identity names, perhaps by the id of a member that was merged since. */
    Optional<String> named(Identity identity);

    /** Whose an order is, perhaps by the id of a member that was merged since. */
    Optional<String> buyer(OrderKey order);

    /** A member, or its tombstone. */
    Optional<Member> member(String id);

    /**
     * Where the orders that stand under a member's id are in its history, the newest first.
     *
     * @param after only those that come after this place
     * @param most so many at most
     */
    List<Place> places(String memberId, Optional<Place> after, int most);

    /** Those of the orders that there are, by {@code source:shop:number}. */
    Map<String, Order> orders(Collection<String> keys);

    /** Those of the parcels that there are. */
    Map<ParcelKey, Parcel> parcels(Collection<ParcelKey> keys);

    /** Those of the touches that there are, by id. */
    Map<String, ServiceTouch> touches(Collection<String> ids);

    /**
     * Writes a member with rows of its activity, if it still has the version that was read.
     *
     * @throws Conflict if it has not: nothing is written
     */
    void write(Member changed, List<Activity> activity) throws Conflict;
}
