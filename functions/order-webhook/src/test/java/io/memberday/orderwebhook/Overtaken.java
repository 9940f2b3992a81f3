package io.memberday.orderwebhook;

import io.memberday.ingest.Changes;
import io.memberday.ingest.IngestStore;
import io.memberday.ingest.Snapshot;
import io.memberday.member.Identity;
import io.memberday.member.Purchase;
import io.memberday.order.OrderKey;
import io.memberday.parcel.ParcelKey;
import io.memberday.touch.ServiceTouch;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A store in which somebody else is always quicker. */
record Overtaken(IngestStore rows) implements IngestStore {
    @Override
    public Snapshot load(
            Optional<OrderKey> order,
            Collection<Identity> identities,
            Collection<ParcelKey> parcels) {
        return rows.load(order, identities, parcels);
    }

    @Override
    public List<Purchase> keptPurchases(Set<String> memberIds) {
        return rows.keptPurchases(memberIds);
    }

    @Override
    public Map<String, ServiceTouch> touches(Collection<String> ids) {
        return rows.touches(ids);
    }

    @Override
    public void commit(Changes changes) throws Conflict {
        throw new Conflict("always");
    }
}
