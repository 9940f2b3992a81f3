package io.memberday.ingest;

import io.memberday.care.Case;
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

/** Passes everything on to another store: what a test changes, it overrides. */
public class ForwardingIngestStore implements IngestStore {
    private final IngestStore rows;

    public ForwardingIngestStore(IngestStore rows) {
        this.rows = rows;
    }

    /** In which somebody else is always quicker to write. */
    public static IngestStore overtaken(IngestStore rows) {
        return new ForwardingIngestStore(rows) {
            @Override
            public void commit(Changes changes) throws Conflict {
                throw new Conflict("always");
            }
        };
    }

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
    public List<Case> cases(Set<String> memberIds) {
        return rows.cases(memberIds);
    }

    @Override
    public Map<String, ServiceTouch> touches(Collection<String> ids) {
        return rows.touches(ids);
    }

    @Override
    public void commit(Changes changes) throws Conflict {
        rows.commit(changes);
    }
}
