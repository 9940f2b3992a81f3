package io.memberday.aws;

import io.memberday.result.OutcomeRows;
import io.memberday.touch.Outcome;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.util.List;
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
        Items.ofResults(client, table, PageFormat.partition(run, slice), OutcomeRowFormat.START)
                .forEach(
                        item ->
                                row.accept(
                                        OutcomeRowFormat.batch(new Row(item).text("sk")),
                                        OutcomeRowFormat.outcomes(item)));
    }
}
