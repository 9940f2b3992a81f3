package io.memberday.campaignreport;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbFeedbackStore;
import io.memberday.aws.DynamoDbMemberLookup;
import io.memberday.aws.DynamoDbOutcomeRows;
import io.memberday.aws.DynamoDbPaidOrders;
import io.memberday.aws.DynamoDbResultStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.Env;
import io.memberday.aws.S3FileStore;
import io.memberday.file.FileStore;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.RefusedRequest;
import io.memberday.result.CampaignReport;
import io.memberday.result.ResultComputation;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.Clock;
import java.util.Map;

/**
 * Computes the results of runs from their rows: {@code {"run": id}} or {@code {"runs": "recent"}}.
 */
public final class CampaignReportLambda
        implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private final CampaignReport report;

    public CampaignReportLambda() {
        this(Env.system());
    }

    public CampaignReportLambda(Env env) {
        this(
                env,
                Clients.dynamoDb(),
                new S3FileStore(Clients.s3(), env.filesBucket()),
                env.clock());
    }

    CampaignReportLambda(Env env, DynamoDbClient dynamoDb, FileStore files, Clock clock) {
        String results = env.campaignResultsTable();
        report =
                new CampaignReport(
                        new DynamoDbRunStore(dynamoDb, results),
                        new ResultComputation(
                                new DynamoDbAudienceStore(dynamoDb, results),
                                new DynamoDbOutcomeRows(dynamoDb, results),
                                new DynamoDbFeedbackStore(dynamoDb, results),
                                new DynamoDbPaidOrders(dynamoDb, env.ordersTable()),
                                new DynamoDbMemberLookup(dynamoDb, env.membersTable())),
                        new DynamoDbResultStore(dynamoDb, results),
                        files,
                        clock);
    }

    /**
     * @throws RefusedRequest if the request cannot be taken: it names field, value and mend
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> payload, Context context) {
        try {
            return report.answer(Fields.of("", payload));
        } catch (BadInput bad) {
            throw new RefusedRequest(bad);
        }
    }
}
