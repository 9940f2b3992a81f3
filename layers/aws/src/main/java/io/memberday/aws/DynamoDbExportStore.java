package io.memberday.aws;

import io.memberday.export.Export;
import io.memberday.export.ExportStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

import java.util.Map;
import java.util.Optional;

/** How far exports are, as rows of MemberActivity beside those that say who took what. */
public final class DynamoDbExportStore implements ExportStore {
    private static final String VERSION = "ver";
    private static final String EXPORT = "export";

    private final DynamoDbClient client;
    private final String table;

    /**
     * @param client of DynamoDB
     * @param table of member activity
     */
    public DynamoDbExportStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public Optional<Export> find(String token) {
        return Items.find(client, table, key(token).done())
                .map(item -> Export.read(new Row(item).text(EXPORT)));
    }

    @Override
    public boolean write(Export export) {
        Map<String, AttributeValue> item =
                key(export.token())
                        .put(ActivityFormat.AT, export.at())
                        .put(VERSION, export.version())
                        .put(EXPORT, export.json())
                        .done();
        boolean fresh = export.version() == 1;
        try {
            client.putItem(
                    put -> {
                        put.tableName(table).item(item);
                        if (fresh) {
                            put.conditionExpression("attribute_not_exists(ver)");
                        } else {
                            put.conditionExpression("ver = :before")
                                    .expressionAttributeValues(
                                            Map.of(":before", RowDraft.of(export.version() - 1)));
                        }
                    });
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        }
    }

    private static RowDraft key(String token) {
        return new RowDraft()
                .put(ActivityFormat.MEMBER_ID, DynamoDbExportLog.NOBODY)
                .put(ActivityFormat.ITEM, "progress#" + token);
    }
}
