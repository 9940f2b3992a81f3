package io.memberday.aws;

import io.memberday.export.ExportLog;
import io.memberday.export.Manifest;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.Map;

/**
 * Who took what, as rows of MemberActivity under a key that is no member's: the audit trail lies
 * with the consents and erasures that it must be compared with.
 */
public final class DynamoDbExportLog implements ExportLog {
    /** Stands where other rows have their member. */
    public static final String NOBODY = "exports";

    private final DynamoDbClient client;
    private final String table;

    /**
     * @param client of DynamoDB
     * @param table of member activity
     */
    public DynamoDbExportLog(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public void note(Manifest manifest) {
        Map<String, AttributeValue> item =
                new RowDraft()
                        .put(ActivityFormat.MEMBER_ID, NOBODY)
                        .put(ActivityFormat.ITEM, "export#" + manifest.at() + "#" + manifest.id())
                        .put(ActivityFormat.AT, manifest.at())
                        .put("export", manifest.id())
                        .put("by", manifest.request().by())
                        .put("expression", manifest.request().segment().source())
                        .put("rows", manifest.rows())
                        .put("suppressed", manifest.suppressed())
                        .put("hashed", AttributeValue.fromBool(manifest.request().hashed()))
                        .put(
                                "includeSuppressed",
                                AttributeValue.fromBool(manifest.request().includeSuppressed()))
                        .done();
        client.putItem(put -> put.tableName(table).item(item));
    }
}
