package io.memberday.aws;

import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs in the table of campaign results. */
public final class DynamoDbRunStore implements RunStore {
    private final DynamoDbClient client;
    private final String table;
    private final PutsIfAbsent puts;

    /**
     * @param client of DynamoDB
     * @param table of campaign results
     */
    public DynamoDbRunStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
        puts = new PutsIfAbsent(client, table, new Sleep());
    }

    @Override
    public boolean plan(Run run, String frozen) {
        List<Map<String, AttributeValue>> items =
                List.of(RunFormat.item(run), RunFormat.frozenItem(run.id(), frozen));
        return puts.write(items);
    }

    @Override
    public Optional<Run> find(String id) {
        return Items.find(client, table, RunFormat.key(id)).map(RunFormat::run);
    }

    @Override
    public Optional<String> frozen(String id) {
        return Items.find(client, table, RunFormat.frozenKey(id)).map(RunFormat::frozen);
    }

    @Override
    public List<Run> all() {
        return client
                .queryPaginator(
                        query ->
                                query.tableName(table)
                                        .consistentRead(true)
                                        .keyConditionExpression("pk = :pk")
                                        .expressionAttributeValues(
                                                Map.of(":pk", RowDraft.of(RunFormat.RUNS))))
                .items()
                .stream()
                .map(RunFormat::run)
                .toList();
    }
}
