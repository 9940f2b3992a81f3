package io.memberday.aws;

import io.memberday.campaign.Run;
import io.memberday.campaign.RunStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs in the table of campaign results. */
public final class DynamoDbRunStore implements RunStore {
    private final DynamoDbClient client;
    private final String table;
    private final PutsIfAbsent puts;
    private final AllOrNothing transaction;

    /**
     * @param client of DynamoDB
     * @param table of campaign results
     */
    public DynamoDbRunStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
        puts = new PutsIfAbsent(client, table, new Sleep());
        transaction = new AllOrNothing(client, new Sleep());
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

    /**
     * As a transaction: senders lease money from the same row in transactions of theirs, and one
     * that meets another is tried again.
     */
    @Override
    public boolean change(String id, Set<Run.State> from, Run.State to, String why) {
        Map<String, AttributeValue> values = new HashMap<>();
        values.put(":to", RowDraft.of(to.name()));
        List<String> expected = new ArrayList<>();
        for (Run.State state : from) {
            String name = ":" + state.key();
            values.put(name, RowDraft.of(state.name()));
            expected.add(name);
        }
        String set = "SET #state = :to";
        if (why.isEmpty()) {
            set += " REMOVE #why";
        } else {
            set += ", #why = :why";
            values.put(":why", RowDraft.of(why));
        }
        Update update =
                Update.builder()
                        .tableName(table)
                        .key(RunFormat.key(id))
                        .updateExpression(set)
                        .conditionExpression("#state IN (" + String.join(", ", expected) + ")")
                        .expressionAttributeNames(
                                Map.of("#state", RunFormat.STATE, "#why", RunFormat.WHY))
                        .expressionAttributeValues(values)
                        .build();
        return transaction.write(List.of(TransactWriteItem.builder().update(update).build()));
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
