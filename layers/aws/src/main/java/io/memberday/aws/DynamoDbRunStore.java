package io.memberday.aws;

import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

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
    public boolean plan(List<Planned> together) {
        List<String> ids = together.stream().map(each -> each.run().id()).toList();
        return puts.write(
                together.stream().map(each -> RunFormat.item(each.run())).toList(),
                together.stream()
                        .map(each -> RunFormat.frozenItem(each.run().id(), each.frozen(), ids))
                        .toList());
    }

    @Override
    public Optional<Plan> plan(String id) {
        return Items.find(client, table, RunFormat.frozenKey(id))
                .map(item -> RunFormat.plan(id, item));
    }

    @Override
    public Optional<Run> find(String id) {
        return Items.find(client, table, RunFormat.key(id)).map(RunFormat::run);
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
