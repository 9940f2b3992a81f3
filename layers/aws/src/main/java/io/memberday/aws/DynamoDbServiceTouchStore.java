package io.memberday.aws;

import io.memberday.ingest.OrderRow;
import io.memberday.member.Member;
import io.memberday.touch.ServiceTouch;
import io.memberday.touch.ServiceTouchStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Service touches on DynamoDB: their claim holds only while member and order are as they were. */
public final class DynamoDbServiceTouchStore implements ServiceTouchStore {
    private final DynamoDbClient client;
    private final String results;
    private final String members;
    private final String orders;
    private final AllOrNothing transaction;

    public DynamoDbServiceTouchStore(DynamoDbClient client, Env env, Consumer<Duration> sleep) {
        this.client = client;
        this.results = env.campaignResultsTable();
        this.members = env.membersTable();
        this.orders = env.ordersTable();
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
                            return new About(row.order(), row.version());
                        });
    }

    @Override
    public boolean claim(ServiceTouch read, ServiceTouch claimed, Member member, About about) {
        return transaction.write(
                List.of(
                        TransactWriteItem.builder().put(put(read, claimed)).build(),
                        unchanged(members, MemberFormat.key(member.id()), member.version()),
                        unchanged(
                                orders,
                                OrderFormat.key(about.order().key().toString()),
                                about.version())));
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

    /** The row anew, if its state and claim are those that were read. */
    private Put put(ServiceTouch read, ServiceTouch next) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":state", ServiceTouchFormat.state(read.state()));
        read.claim().ifPresent(owner -> values.put(":nonce", RowDraft.of(owner.nonce())));
        return Put.builder()
                .tableName(results)
                .item(ServiceTouchFormat.item(next))
                .conditionExpression(
                        "#state = :state AND "
                                + (read.claim().isPresent()
                                        ? "#nonce = :nonce"
                                        : "attribute_not_exists(#nonce)"))
                .expressionAttributeNames(
                        Map.of(
                                "#state", ServiceTouchFormat.STATE,
                                "#nonce", ServiceTouchFormat.NONCE))
                .expressionAttributeValues(values)
                .build();
    }

    private static TransactWriteItem unchanged(
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
