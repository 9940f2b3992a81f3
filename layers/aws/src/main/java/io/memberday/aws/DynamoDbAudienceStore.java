package io.memberday.aws;

import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.Page;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

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
    public boolean write(List<Page> pages, List<Batch> batches) {
        return puts.write(
                pages.stream().map(PageFormat::item).toList(),
                batches.stream().map(BatchFormat::item).toList());
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
