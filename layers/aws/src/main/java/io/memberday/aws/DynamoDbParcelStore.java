package io.memberday.aws;

import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.ingest.OrderRow;
import io.memberday.ingest.ParcelRow;
import io.memberday.ingest.ParcelStore;
import io.memberday.parcel.ParcelKey;
import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carriers' webhooks' reads and writes on DynamoDB. */
public final class DynamoDbParcelStore implements ParcelStore {
    private final DynamoDbClient client;
    private final BatchReads reads;
    private final String orders;
    private final String activity;
    private final String results;

    public DynamoDbParcelStore(DynamoDbClient client, Env env) {
        this.client = client;
        this.reads = new BatchReads(client);
        this.orders = env.ordersTable();
        this.activity = env.memberActivityTable();
        this.results = env.campaignResultsTable();
    }

    @Override
    public Optional<ParcelRow> parcel(ParcelKey key) {
        return parcels(List.of(key)).stream().findFirst();
    }

    @Override
    public List<ParcelRow> parcels(Collection<ParcelKey> keys) {
        return read(keys.stream().map(ParcelFormat::key).toList()).stream()
                .map(ParcelFormat::parcel)
                .toList();
    }

    @Override
    public List<OrderRow> orders(Collection<String> keys) {
        return read(keys.stream().map(OrderFormat::key).toList()).stream()
                .map(OrderFormat::order)
                .toList();
    }

    private List<Map<String, AttributeValue>> read(List<Map<String, AttributeValue>> keys) {
        return reads.read(Map.of(orders, keys)).get(orders);
    }

    @Override
    public Map<String, ServiceTouch> touches(Collection<String> ids) {
        return reads.touches(results, ids);
    }

    @Override
    public void commit(ParcelChanges changes) throws Conflict {
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(
                Writes.put(
                        orders, ParcelFormat.item(changes.parcel()), changes.parcel().version()));
        for (ParcelRow row : changes.others()) {
            items.add(Writes.check(orders, ParcelFormat.key(row.parcel().key()), row.version()));
        }
        for (OrderRow row : changes.orders()) {
            items.add(
                    Writes.check(
                            orders, OrderFormat.key(row.order().key().toString()), row.version()));
        }
        for (ServiceTouch touch : changes.planned()) {
            items.add(Writes.plan(results, touch));
        }
        for (ServiceTouch touch : changes.moved()) {
            items.add(Writes.move(results, touch));
        }
        for (ServiceTouch touch : changes.pointless()) {
            items.add(Writes.drop(results, touch));
        }
        Writes.commit(client, items, ActivityWrites.cases(activity, changes.cases()));
    }
}
