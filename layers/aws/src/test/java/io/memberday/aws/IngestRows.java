package io.memberday.aws;

import io.memberday.ingest.Activity;
import io.memberday.ingest.IdentityRow;
import io.memberday.ingest.InMemoryIngestStore;
import io.memberday.ingest.OrderRow;
import io.memberday.ingest.ParcelRow;
import io.memberday.member.Member;
import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.List;
import java.util.Map;

/** What webhooks have left in the tables, read back into memory, to compare two histories. */
public final class IngestRows {
    private IngestRows() {}

    /** All that is there, by the names of the tables in an environment. */
    public static InMemoryIngestStore of(DynamoDbClient client, Env env) {
        InMemoryIngestStore rows = new InMemoryIngestStore();
        for (Map<String, AttributeValue> item : items(client, env.ordersTable())) {
            if (ParcelFormat.is(item)) {
                ParcelRow row = ParcelFormat.parcel(item);
                rows.parcels.put(row.parcel().key(), row);
            } else {
                OrderRow row = OrderFormat.order(item);
                rows.orders.put(row.order().key(), row);
            }
        }
        for (Map<String, AttributeValue> item : items(client, env.membersTable())) {
            Member member = MemberFormat.member(item);
            rows.members.put(member.id(), member);
        }
        for (Map<String, AttributeValue> item : items(client, env.identitiesTable())) {
            IdentityRow row = IdentityFormat.identity(item);
            rows.identities.put(row.identity(), row);
        }
        for (Map<String, AttributeValue> item : items(client, env.memberActivityTable())) {
            String name = item.get(ActivityFormat.ITEM).s();
            if (name.startsWith(ActivityFormat.EARN) || name.startsWith(ActivityFormat.REVERSE)) {
                Activity row = ActivityFormat.ledger(item);
                rows.activity.put(row.memberId() + "/" + row.item(), row);
            }
        }
        for (Map<String, AttributeValue> item : items(client, env.campaignResultsTable())) {
            if (item.get(ServiceTouchFormat.PK).s().startsWith("touch#")) {
                ServiceTouch touch = ServiceTouchFormat.touch(item);
                rows.touches.put(touch.id(), touch);
            }
        }
        return rows;
    }

    private static List<Map<String, AttributeValue>> items(DynamoDbClient client, String table) {
        return client.scanPaginator(scan -> scan.tableName(table).limit(1000)).items().stream()
                .toList();
    }
}
