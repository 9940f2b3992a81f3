package io.memberday.aws;

import io.memberday.desk.DeskStore;
import io.memberday.desk.Place;
import io.memberday.ingest.Activity;
import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.ingest.OrderRow;
import io.memberday.member.Identity;
import io.memberday.member.Member;
import io.memberday.order.Order;
import io.memberday.order.OrderKey;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.touch.ServiceTouch;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What the desk reads and changes, on DynamoDB. */
public final class DynamoDbDeskStore implements DeskStore {
    private static final String BY_MEMBER = "byMember";
    private static final int AT_ONCE = 100;

    /** Orders of one second have no sequence in the index: a few more are read to find theirs. */
    private static final int SPARE = 4;

    /** Later than any order. */
    private static final Instant END = Instant.ofEpochSecond(99_999_999_999L);

    private final DynamoDbClient client;
    private final BatchReads reads;
    private final String members;
    private final String identities;
    private final String orders;
    private final String activity;
    private final String results;

    public DynamoDbDeskStore(DynamoDbClient client, Env env) {
        this.client = client;
        this.reads = new BatchReads(client);
        this.members = env.membersTable();
        this.identities = env.identitiesTable();
        this.orders = env.ordersTable();
        this.activity = env.memberActivityTable();
        this.results = env.campaignResultsTable();
    }

    @Override
    public Optional<String> named(Identity identity) {
        return Items.find(client, identities, IdentityFormat.key(identity))
                .flatMap(item -> IdentityFormat.identity(item).memberId());
    }

    @Override
    public Optional<String> buyer(OrderKey order) {
        return Items.find(client, orders, OrderFormat.key(order.toString()))
                .flatMap(item -> OrderFormat.order(item).memberId());
    }

    @Override
    public Optional<Member> member(String id) {
        return Items.find(client, members, MemberFormat.key(id)).map(MemberFormat::member);
    }

    @Override
    public List<Place> places(String memberId, Optional<Place> after, int most) {
        List<Place> places = new ArrayList<>();
        Instant from = after.map(Place::createdAt).orElse(END);
        for (Map<String, AttributeValue> item : newest(memberId, from, most + SPARE)) {
            Row row = new Row(item);
            Place place = new Place(row.time(OrderFormat.CREATED_AT), row.text(OrderFormat.KEY));
            if (places.size() >= most && place.createdAt().isBefore(places.getLast().createdAt())) {
                break;
            }
            if (after.filter(last -> last.compareTo(place) >= 0).isEmpty()) {
                places.add(place);
            }
        }
        return places.stream().sorted().limit(most).toList();
    }

    /** The items of the index page by page, as far as they are asked for. */
    private Iterable<Map<String, AttributeValue>> newest(String memberId, Instant from, int page) {
        return client.queryPaginator(
                        query ->
                                query.tableName(orders)
                                        .indexName(BY_MEMBER)
                                        .scanIndexForward(false)
                                        .limit(page)
                                        .keyConditionExpression(
                                                "#member = :member AND #created <= :from")
                                        .projectionExpression("#created, #order")
                                        .expressionAttributeNames(
                                                Map.of(
                                                        "#member", OrderFormat.MEMBER_ID,
                                                        "#created", OrderFormat.CREATED_AT,
                                                        "#order", OrderFormat.KEY))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":member", RowDraft.of(memberId),
                                                        ":from", RowDraft.of(from))))
                .items();
    }

    @Override
    public Map<String, Order> orders(Collection<String> keys) {
        Map<String, Order> found = new HashMap<>();
        read(
                orders,
                keys.stream().map(OrderFormat::key).toList(),
                item -> {
                    OrderRow row = OrderFormat.order(item);
                    found.put(row.order().key().toString(), row.order());
                });
        return found;
    }

    @Override
    public Map<ParcelKey, Parcel> parcels(Collection<ParcelKey> keys) {
        Map<ParcelKey, Parcel> found = new HashMap<>();
        read(
                orders,
                keys.stream().map(ParcelFormat::key).toList(),
                item -> {
                    Parcel parcel = ParcelFormat.parcel(item).parcel();
                    found.put(parcel.key(), parcel);
                });
        return found;
    }

    @Override
    public Map<String, ServiceTouch> touches(Collection<String> ids) {
        Map<String, ServiceTouch> found = new HashMap<>();
        read(
                results,
                ids.stream().map(ServiceTouchFormat::key).toList(),
                item -> {
                    ServiceTouch touch = ServiceTouchFormat.touch(item);
                    found.put(touch.id(), touch);
                });
        return found;
    }

    private void read(
            String table,
            List<Map<String, AttributeValue>> keys,
            Consumer<Map<String, AttributeValue>> each) {
        for (int start = 0; start < keys.size(); start += AT_ONCE) {
            List<Map<String, AttributeValue>> some =
                    keys.subList(start, Math.min(start + AT_ONCE, keys.size()));
            reads.read(Map.of(table, some)).get(table).forEach(each);
        }
    }

    @Override
    public void write(Member changed, List<Activity> said) throws Conflict {
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(Writes.put(members, MemberFormat.item(changed), changed.version()));
        items.addAll(ActivityWrites.rows(activity, said));
        Writes.commit(client, items, ActivityWrites.cases(activity, said));
    }
}
