package io.memberday.ingest;

import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.parcel.ParcelKey;
import io.memberday.touch.ServiceTouch;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tables as carriers' webhooks need them. All reads are strong. */
public interface ParcelStore {

    /**
     * What one event changes, written in one transaction or not at all.
     *
     * @param parcel to write, if the version is still the one read
     * @param others parcels of its orders that must still have the versions read, where what is
     *     said of an order rests on all of them
     * @param orders that must still have the versions read, as the touches rest on them
     * @param cases to write
     * @param planned touches to write, if there are none of their ids
     * @param moved touches to write anew, if nobody claimed them yet
     * @param pointless touches to delete, if nobody claimed them yet
     */
    record ParcelChanges(
            ParcelRow parcel,
            List<ParcelRow> others,
            List<OrderRow> orders,
            List<Activity> cases,
            List<ServiceTouch> planned,
            List<ServiceTouch> moved,
            List<ServiceTouch> pointless) {
        public ParcelChanges {
            others = List.copyOf(others);
            orders = List.copyOf(orders);
            cases = List.copyOf(cases);
            planned = List.copyOf(planned);
            moved = List.copyOf(moved);
            pointless = List.copyOf(pointless);
        }
    }

    Optional<ParcelRow> parcel(ParcelKey key);

    /** Those of the parcels that there are. */
    List<ParcelRow> parcels(Collection<ParcelKey> keys);

    /** Those of the orders that there are. */
    List<OrderRow> orders(Collection<String> keys);

    /** Those of the touches that there are, by id. */
    Map<String, ServiceTouch> touches(Collection<String> ids);

    /**
     * Writes all of the changes or none.
     *
     * @throws Conflict if something that was read has changed since
     */
    void commit(ParcelChanges changes) throws Conflict;
}
