package io.memberday.aws;

import io.memberday.campaign.OrderIndex;
import io.memberday.order.Order;
import io.memberday.result.PaidOrders;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Paid orders from the indexes of the Orders table by day and by member. */
public final class DynamoDbPaidOrders implements PaidOrders, OrderIndex {
    private static final String INDEX = "byPaidDay";
    private static final String BY_MEMBER = "byMember";

    private final DynamoDbClient client;
    private final String table;

    /**
     * @param client of DynamoDB
     * @param table of orders
     */
    public DynamoDbPaidOrders(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public void on(LocalDate day, Consumer<PaidOrder> each) {
        for (int shard = 0; shard < Shards.PAID_DAY; shard++) {
            String partition = OrderFormat.paidDay(day, shard);
            client.queryPaginator(
                            query ->
                                    query.tableName(table)
                                            .indexName(INDEX)
                                            .keyConditionExpression("#day = :day")
                                            .projectionExpression("#order, #member, #paid, #kept")
                                            .expressionAttributeNames(
                                                    Map.of(
                                                            "#day", OrderFormat.PAID_DAY,
                                                            "#order", OrderFormat.KEY,
                                                            "#member", OrderFormat.MEMBER_ID,
                                                            "#paid", OrderFormat.PAID_AT,
                                                            "#kept", OrderFormat.KEPT))
                                            .expressionAttributeValues(
                                                    Map.of(":day", RowDraft.of(partition))))
                    .items()
                    .forEach(item -> hand(item, each));
        }
    }

    @Override
    public void paidOn(LocalDate day, BiConsumer<String, Order> each) {
        for (int shard = 0; shard < Shards.PAID_DAY; shard++) {
            String partition = OrderFormat.paidDay(day, shard);
            query(INDEX, OrderFormat.PAID_DAY, partition)
                    .map(OrderFormat::order)
                    .forEach(row -> row.memberId().ifPresent(id -> each.accept(id, row.order())));
        }
    }

    @Override
    public List<Order> of(String memberId) {
        return query(BY_MEMBER, OrderFormat.MEMBER_ID, memberId)
                .map(item -> OrderFormat.order(item).order())
                .toList();
    }

    private Stream<Map<String, AttributeValue>> query(String index, String key, String value) {
        return client
                .queryPaginator(
                        query ->
                                query.tableName(table)
                                        .indexName(index)
                                        .keyConditionExpression("#key = :key")
                                        .expressionAttributeNames(Map.of("#key", key))
                                        .expressionAttributeValues(
                                                Map.of(":key", RowDraft.of(value))))
                .items()
                .stream();
    }

    /** An order without a buyer's identity belongs to nobody and counts for no run. */
    private static void hand(Map<String, AttributeValue> item, Consumer<PaidOrder> each) {
        Row row = new Row(item);
        row.optionalText(OrderFormat.MEMBER_ID)
                .ifPresent(
                        member ->
                                each.accept(
                                        new PaidOrder(
                                                row.text(OrderFormat.KEY),
                                                member,
                                                row.time(OrderFormat.PAID_AT),
                                                row.number(OrderFormat.KEPT))));
    }
}
