package io.memberday.aws;

import io.memberday.result.PaidOrders;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.time.LocalDate;
import java.util.Map;
import java.util.function.Consumer;

/** Paid orders from the index of the Orders table by day. */
public final class DynamoDbPaidOrders implements PaidOrders {
    private static final String INDEX = "byPaidDay";

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
