package io.memberday.aws;

import io.memberday.care.Case;
import io.memberday.care.CaseId;
import io.memberday.care.CaseKind;
import io.memberday.care.CaseStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Care cases in the table of member activity. Those that wait stand in its index {@code byOpenCase}
 * too, a few shards a kind, which a list reads side by side.
 */
public final class DynamoDbCaseStore implements CaseStore {
    private static final String INDEX = "byOpenCase";

    /** Before every place: times are not negative. */
    private static final String START = "0";

    private final DynamoDbClient client;
    private final String table;

    /**
     * @param table of member activity
     */
    public DynamoDbCaseStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public Optional<Case> find(CaseId id) {
        return Items.find(client, table, CaseFormat.key(id))
                .filter(item -> item.containsKey(CaseFormat.STATE))
                .map(CaseFormat::read);
    }

    @Override
    public List<Case> of(Collection<String> memberIds) {
        List<Case> cases = new ArrayList<>();
        for (String memberId : memberIds) {
            Items.ofMember(client, table, memberId, CaseId.prefix())
                    .filter(item -> item.containsKey(CaseFormat.STATE))
                    .map(CaseFormat::read)
                    .forEach(cases::add);
        }
        return cases;
    }

    /** One more than wanted of each shard: then it is known whether any follow. */
    @Override
    public Page open(Optional<CaseKind> kind, Optional<String> after, int most) {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        for (CaseKind each : kind.map(List::of).orElse(List.of(CaseKind.values()))) {
            for (int shard = 0; shard < Shards.OPEN_CASES; shard++) {
                found.addAll(query(CaseFormat.shard(each, shard), after.orElse(START), most + 1));
            }
        }
        found.sort(Comparator.comparing(DynamoDbCaseStore::place));
        List<Map<String, AttributeValue>> page = found.subList(0, Math.min(most, found.size()));
        return new Page(
                page.stream().map(CaseFormat::read).toList(),
                found.size() > most ? Optional.of(place(page.getLast())) : Optional.empty());
    }

    private static String place(Map<String, AttributeValue> item) {
        return item.get(CaseFormat.PLACE).s();
    }

    private List<Map<String, AttributeValue>> query(String shard, String after, int most) {
        return client.query(
                        query ->
                                query.tableName(table)
                                        .indexName(INDEX)
                                        .limit(most)
                                        .keyConditionExpression(
                                                "#shard = :shard AND #place > :after")
                                        .expressionAttributeNames(
                                                Map.of(
                                                        "#shard",
                                                        CaseFormat.SHARD,
                                                        "#place",
                                                        CaseFormat.PLACE))
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":shard",
                                                        RowDraft.of(shard),
                                                        ":after",
                                                        RowDraft.of(after))))
                .items();
    }

    @Override
    public boolean write(Case changed) {
        return Items.update(client, CaseFormat.update(table, changed));
    }
}
