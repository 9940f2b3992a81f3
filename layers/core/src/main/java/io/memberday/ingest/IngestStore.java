package io.memberday.ingest;

import io.memberday.care.Case;
import io.memberday.member.Identity;
import io.memberday.member.Purchase;
import io.memberday.order.OrderKey;
import io.memberday.parcel.ParcelKey;
import io.memberday.touch.ServiceTouch;

import java.io.Serial;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables as webhooks need them. All reads are strong. */
public interface IngestStore {

    /**
     * Reads what is known of an event's order and people.
     *
     * @param parcels that the event lists; those of the stored order are read as well
     */
    Snapshot load(
            Optional<OrderKey> order,
            Collection<Identity> identities,
            Collection<ParcelKey> parcels);

    /** All kept purchases of a member, from the ledger rows under any of the member's ids. */
    List<Purchase> keptPurchases(Set<String> memberIds);

    /** The care cases under some member ids, closed ones too. */
    List<Case> cases(Set<String> memberIds);

    /** Those of the touches that there are, by id. */
    Map<String, ServiceTouch> touches(Collection<String> ids);

    /**
     * Writes all of the changes or none.
     *
     * @throws Conflict if something that was read has changed since
     */
    void commit(Changes changes) throws Conflict;

    /** Another event was quicker: read again and decide anew. */
    final class Conflict extends Exception {
        @Serial private static final long serialVersionUID = 1;

        public Conflict(String what) {
            super(what);
        }
    }
}
