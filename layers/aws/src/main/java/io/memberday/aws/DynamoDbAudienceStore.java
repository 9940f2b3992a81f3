package io.memberday.aws;

import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.Page;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pages and batches in the table of campaign results. */
public final class DynamoDbAudienceStore implements AudienceStore {
    private final DynamoDbClient client;
    private final String table;
    private final PutsIfAbsent puts;

    /**
     * @param client of DynamoDB
     * @param table of campaign results
     */
    public DynamoDbAudienceStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
        puts = new PutsIfAbsent(client, table, new Sleep());
    }

    @Override
    public boolean write(Page page, List<Batch> batches) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        items.add(PageFormat.item(page));
        batches.forEach(batch -> items.add(BatchFormat.item(batch)));
        return puts.write(items);
    }

    @Override
    public Optional<Page> lastPage(String run, int slice) {
        return client
                .query(rows(run, slice, PageFormat.START).scanIndexForward(false).limit(1).build())
                .items()
                .stream()
                .findFirst()
                .map(PageFormat::page);
    }

    @Override
    public List<Page> pages(String run, int slice) {
        return client.queryPaginator(rows(run, slice, PageFormat.START).build()).items().stream()
                .map(PageFormat::page)
                .toList();
    }

    @Override
    public Iterable<Batch> batches(String run, int slice) {
        return () ->
                client.queryPaginator(rows(run, slice, BatchFormat.START).build()).items().stream()
                        .map(BatchFormat::batch)
                        .iterator();
    }

    private QueryRequest.Builder rows(String run, int slice, String start) {
        return QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk AND begins_with(sk, :start)")
                .expressionAttributeValues(
                        Map.of(
                                ":pk", RowDraft.of(PageFormat.partition(run, slice)),
                                ":start", RowDraft.of(start)));
    }
}
