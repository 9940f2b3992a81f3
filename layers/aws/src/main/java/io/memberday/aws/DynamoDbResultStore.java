package io.memberday.aws;

import io.memberday.result.ResultStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

import java.util.Map;
import java.util.Optional;

/** Results of runs, each as a row of JSON beside what was frozen with the run. */
public final class DynamoDbResultStore implements ResultStore {
    private static final String RESULT = "result";

    /** 1 once the result is final; then the row is never written again. */
    private static final String SETTLED = "settled";

    private final DynamoDbClient client;
    private final String table;

    /**
     * @param table of campaign results
     */
    public DynamoDbResultStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public Optional<Kept> find(String run) {
        return Items.find(client, table, key(run))
                .map(Row::new)
                .map(row -> new Kept(row.text(RESULT), row.has(SETTLED)));
    }

    @Override
    public boolean keep(String run, Kept result) {
        RowDraft row = new RowDraft();
        key(run).forEach(row::put);
        row.put(RESULT, result.json()).putUnlessZero(SETTLED, result.settled() ? 1 : 0);
        try {
            client.putItem(
                    put ->
                            put.tableName(table)
                                    .item(row.done())
                                    .conditionExpression("attribute_not_exists(#settled)")
                                    .expressionAttributeNames(Map.of("#settled", SETTLED)));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private static Map<String, AttributeValue> key(String run) {
        return Map.of(RunFormat.PK, RowDraft.of("run#" + run), RunFormat.SK, RowDraft.of(RESULT));
    }
}
