package io.memberday.aws;

import io.memberday.campaign.Funds;
import io.memberday.ingest.Activity;
import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.ingest.OrderRow;
import io.memberday.ingest.ParcelRow;
import io.memberday.member.Member;
import io.memberday.parcel.Parcel;
import io.memberday.parcel.ParcelKey;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouch.Lease;
import io.memberday.touch.ServiceTouch.Owner;
import io.memberday.touch.ServiceTouchStore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Touches on DynamoDB: their claim holds only while what it rests on is as it was read. */
public final class DynamoDbServiceTouchStore implements ServiceTouchStore {
    private static final String SILENT = "silent";
    private static final String COUNT = "count";
    private static final Logger LOG = LoggerFactory.getLogger(DynamoDbServiceTouchStore.class);

    private final DynamoDbClient client;
    private final String results;
    private final String members;
    private final String orders;
    private final String activity;
    private final MonthPots months;
    private final AllOrNothing transaction;

    public DynamoDbServiceTouchStore(DynamoDbClient client, Env env, Consumer<Duration> sleep) {
        this.client = client;
        this.results = env.campaignResultsTable();
        this.members = env.membersTable();
        this.orders = env.ordersTable();
        this.activity = env.memberActivityTable();
        this.months = new MonthPots(results);
        this.transaction = new AllOrNothing(client, sleep);
    }

    @Override
    public Optional<ServiceTouch> find(String touchpoint, String subject) {
        return Items.find(
                        client,
                        results,
                        ServiceTouchFormat.key(ServiceTouch.id(touchpoint, subject)))
                .map(ServiceTouchFormat::touch);
    }

    @Override
    public Optional<About> order(String key) {
        return Items.find(client, orders, OrderFormat.key(key))
                .map(
                        item -> {
                            OrderRow row = OrderFormat.order(item);
                            return new About(row.order(), row.version(), row.memberId());
                        });
    }

    @Override
    public ParcelRow parcel(ParcelKey key) {
        return Items.find(client, orders, ParcelFormat.key(key))
                .map(ParcelFormat::parcel)
                .orElseGet(() -> new ParcelRow(Parcel.unseen(key), 0));
    }

    @Override
    public Count count(String key) {
        return new Count(
                key,
                new Row(Items.find(client, results, countKey(key)).orElse(Map.of()))
                        .numberOrZero(COUNT));
    }

    private static Map<String, AttributeValue> countKey(String key) {
        return Map.of(
                ServiceTouchFormat.PK,
                RowDraft.of(SILENT),
                ServiceTouchFormat.SK,
                RowDraft.of(key));
    }

    /** One more, if there are still as many as were read. */
    private Update raise(Count count) {
        return Update.builder()
                .tableName(results)
                .key(countKey(count.key()))
                .updateExpression("SET #count = :next")
                .conditionExpression(
                        count.value() == 0 ? "attribute_not_exists(#count)" : "#count = :read")
                .expressionAttributeNames(Map.of("#count", COUNT))
                .expressionAttributeValues(
                        count.value() == 0
                                ? Map.of(":next", RowDraft.of(1))
                                : Map.of(
                                        ":next", RowDraft.of(count.value() + 1),
                                        ":read", RowDraft.of(count.value())))
                .build();
    }

    @Override
    public Funds month(YearMonth month, Optional<Long> capMicros) {
        return months.read(client, month, capMicros);
    }

    @Override
    public boolean claim(
            ServiceTouch read,
            ServiceTouch next,
            Grounds grounds,
            Optional<Promotion> promotion,
            List<Activity> rows) {
        Optional<Lease> lease = next.claim().flatMap(Owner::lease);
        Optional<Long> cap = promotion.flatMap(Promotion::monthCapMicros);
        if (lease.isPresent() && cap.filter(most -> most < lease.get().micros()).isPresent()) {
            return false;
        }
        List<TransactWriteItem> items = new ArrayList<>();
        items.add(TransactWriteItem.builder().put(put(read, next)).build());
        Member member = grounds.member();
        items.add(
                promotion
                        .map(offer -> item(bearing(next, member, offer)))
                        .orElseGet(
                                () ->
                                        asRead(
                                                members,
                                                MemberFormat.key(member.id()),
                                                member.version())));
        items.add(
                asRead(
                        orders,
                        OrderFormat.key(grounds.about().order().key().toString()),
                        grounds.about().version()));
        grounds.parcel()
                .ifPresent(
                        row ->
                                items.add(
                                        Writes.check(
                                                orders,
                                                ParcelFormat.key(row.parcel().key()),
                                                row.version())));
        lease.ifPresent(money -> items.add(item(months.lend(money.month(), money.micros(), cap))));
        grounds.counts().forEach(count -> items.add(item(raise(count))));
        items.addAll(ActivityWrites.rows(activity, rows));
        List<List<TransactWriteItem>> cases = ActivityWrites.cases(activity, rows);
        return cases.isEmpty() ? transaction.write(items) : opening(items, cases);
    }

    private boolean opening(List<TransactWriteItem> items, List<List<TransactWriteItem>> cases) {
        try {
            Writes.commit(client, items, cases);
            return true;
        } catch (Conflict changed) {
            LOG.debug("decided anew: {}", changed.getMessage());
            return false;
        }
    }

    private Update bearing(ServiceTouch touch, Member member, Promotion promotion) {
        return DynamoDbClaimStore.bearing(
                members,
                member,
                touch.id(),
                promotion.claim(),
                promotion.counters(),
                promotion.past());
    }

    @Override
    public boolean settle(ServiceTouch read, ServiceTouch next, long spentMicros) {
        Lease lease = read.claim().flatMap(Owner::lease).orElseThrow();
        return transaction.write(
                List.of(
                        TransactWriteItem.builder().put(put(read, next)).build(),
                        item(
                                months.settle(
                                        MonthPots.key(lease.month()),
                                        lease.micros() - spentMicros,
                                        spentMicros))));
    }

    private static TransactWriteItem item(Update update) {
        return TransactWriteItem.builder().update(update).build();
    }

    @Override
    public boolean replace(ServiceTouch read, ServiceTouch next) {
        Put put = put(read, next);
        try {
            client.putItem(
                    request ->
                            request.tableName(put.tableName())
                                    .item(put.item())
                                    .conditionExpression(put.conditionExpression())
                                    .expressionAttributeNames(put.expressionAttributeNames())
                                    .expressionAttributeValues(put.expressionAttributeValues()));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    /**
     * The row anew, if its state and claim are those that were read; one that nobody has claimed
     * must be due as it was, too: who claimed it in between and was sent back left it later.
     */
    private Put put(ServiceTouch read, ServiceTouch next) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":state", ServiceTouchFormat.state(read.state()));
        values.put(
                ":read",
                read.claim()
                        .map(owner -> RowDraft.of(owner.nonce()))
                        .orElseGet(() -> RowDraft.of(read.dueAt())));
        return Put.builder()
                .tableName(results)
                .item(ServiceTouchFormat.item(next))
                .conditionExpression(
                        "#state = :state AND "
                                + (read.claim().isPresent()
                                        ? "#nonce = :read"
                                        : "attribute_not_exists(#nonce) AND %s = :read"
                                                .formatted(ServiceTouchFormat.DUE_AT)))
                .expressionAttributeNames(
                        Map.of(
                                "#state", ServiceTouchFormat.STATE,
                                "#nonce", ServiceTouchFormat.NONCE))
                .expressionAttributeValues(values)
                .build();
    }

    /** A row that is there; {@link Writes#check} takes version 0 for one that is not. */
    private static TransactWriteItem asRead(
            String table, Map<String, AttributeValue> key, long version) {
        return TransactWriteItem.builder()
                .conditionCheck(
                        ConditionCheck.builder()
                                .tableName(table)
                                .key(key)
                                .conditionExpression("#ver = :read")
                                .expressionAttributeNames(Map.of("#ver", MemberFormat.VERSION))
                                .expressionAttributeValues(Map.of(":read", RowDraft.of(version)))
                                .build())
                .build();
    }
}
