package io.memberday.aws;

import io.memberday.member.MemberFilter;
import io.memberday.member.MemberScan;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

import java.util.Optional;

/** Members by a parallel scan of their table. */
public final class DynamoDbMemberScan implements MemberScan {
    private final DynamoDbClient client;
    private final String table;

    /**
     * @param client of DynamoDB
     * @param table of members
     */
    public DynamoDbMemberScan(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public ScanPage page(
            int segment, int of, Optional<String> after, int limit, MemberFilter filter) {
        ScanResponses answers = new ScanResponses();
        ScanRequest.Builder scan =
                ScanRequest.builder()
                        .overrideConfiguration(call -> call.addPlugin(answers))
                        .tableName(table)
                        .segment(segment)
                        .totalSegments(of)
                        .limit(limit);
        after.ifPresent(id -> scan.exclusiveStartKey(MemberFormat.key(id)));
        FilterExpression expression = FilterExpression.of(filter);
        if (!expression.text().isEmpty()) {
            scan.filterExpression(expression.text()).expressionAttributeNames(expression.names());
            if (!expression.values().isEmpty()) {
                scan.expressionAttributeValues(expression.values());
            }
        }
        ScanResponse response = client.scan(scan.build());
        return new ScanPage(
                answers.members()
                        .orElseGet(
                                () -> response.items().stream().map(MemberFormat::member).toList()),
                Optional.ofNullable(response.lastEvaluatedKey().get(MemberFormat.ID))
                        .map(id -> id.s()),
                expression.text().isEmpty() ? 0 : response.scannedCount() - response.count());
    }

    @Override
    public long about() {
        return client.describeTable(describe -> describe.tableName(table)).table().itemCount();
    }
}
