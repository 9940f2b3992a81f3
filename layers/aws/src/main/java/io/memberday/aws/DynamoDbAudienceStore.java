package io.memberday.aws;

import io.memberday.campaign.AudienceStore;
import io.memberday.campaign.Batch;
import io.memberday.campaign.Page;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
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

    /** DynamoDB looks into the rows: of a thousand batches at most the member's own is sent. */
    @Override
    public List<Batch> batchesOf(String run, int slice, Collection<String> members) {
        QueryRequest all = rows(run, slice, BatchFormat.START).build();
        Map<String, AttributeValue> values = new HashMap<>(all.expressionAttributeValues());
        List<String> anyOf = new ArrayList<>();
        for (String member : members) {
            String name = ":m" + anyOf.size();
            values.put(name, RowDraft.of(member));
            anyOf.add("contains(#members, %1$s) OR contains(#held, %1$s)".formatted(name));
        }
        return client
                .queryPaginator(
                        all.toBuilder()
                                .filterExpression(String.join(" OR ", anyOf))
                                .expressionAttributeNames(
                                        Map.of(
                                                "#members", BatchFormat.MEMBERS,
                                                "#held", BatchFormat.HELD))
                                .expressionAttributeValues(values)
                                .build())
                .items()
                .stream()
                .map(BatchFormat::batch)
                .toList();
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
