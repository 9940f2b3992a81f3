package io.memberday.aws;

import io.memberday.result.OutcomeRows;
import io.memberday.touch.Outcome;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** A run's outcomes from the table of campaign results, in the sequence of their batches. */
public final class DynamoDbOutcomeRows implements OutcomeRows {
    private final DynamoDbClient client;
    private final String table;

    /**
     * @param client of DynamoDB
     * @param table of campaign results
     */
    public DynamoDbOutcomeRows(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public void each(String run, int slice, BiConsumer<String, List<Outcome>> row) {
        client.queryPaginator(
                        query ->
                                query.tableName(table)
                                        .consistentRead(true)
                                        .keyConditionExpression(
                                                "pk = :pk AND begins_with(sk, :start)")
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":pk",
                                                        RowDraft.of(
                                                                PageFormat.partition(run, slice)),
                                                        ":start",
                                                        RowDraft.of(OutcomeRowFormat.START))))
                .items()
                .forEach(
                        item ->
                                row.accept(
                                        OutcomeRowFormat.batch(new Row(item).text("sk")),
                                        OutcomeRowFormat.outcomes(item)));
    }
}
