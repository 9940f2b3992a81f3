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
import io.memberday.aws.Explanations;
import io.memberday.aws.S3FileStore;
import io.memberday.aws.Sleep;
import io.memberday.file.FileStore;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.RefusedRequest;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;
import io.memberday.result.CampaignReport;
import io.memberday.result.ResultComputation;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Computes the results of runs from their rows: {@code {"run": id}} or {@code {"runs": "recent"}};
 * and says what became of one member: {@code {"explain": {"run": id, "member": id}}}, and by {@code
 * "touchpoint"} in place of {@code "run"} what became of it there.
 */
public final class CampaignReportLambda
        implements RequestHandler<Map<String, Object>, Map<String, Object>> {
    private static final String EXPLAIN = "explain";

    /** Of the 15 minutes that it has. */
    private static final Duration READING = Duration.ofMinutes(12);

    private final CampaignReport report;
    private final Explanations explanations;

    public CampaignReportLambda() {
        this(Env.system());
    }

    public CampaignReportLambda(Env env) {
        this(
                env,
                Playbooks.load(),
                Clients.dynamoDb(),
                new S3FileStore(Clients.s3(), env.filesBucket()),
                env.clock());
    }

    CampaignReportLambda(
            Env env, Playbook playbook, DynamoDbClient dynamoDb, FileStore files, Clock clock) {
        String results = env.campaignResultsTable();
        report =
                new CampaignReport(
                        new DynamoDbRunStore(dynamoDb, results),
                        new ResultComputation(
                                new DynamoDbAudienceStore(dynamoDb, results),
                                new DynamoDbOutcomeRows(dynamoDb, results),
                                new DynamoDbFeedbackStore(dynamoDb, results, new Sleep()),
                                new DynamoDbPaidOrders(dynamoDb, env.ordersTable()),
                                new DynamoDbMemberLookup(dynamoDb, env.membersTable())),
                        new DynamoDbResultStore(dynamoDb, results),
                        files,
                        clock);
        explanations = new Explanations(dynamoDb, env, playbook, READING);
    }

    /**
     * @throws RefusedRequest if the request cannot be taken: it names field, value and mend
     */
    @Override
    public Map<String, Object> handleRequest(Map<String, Object> payload, Context context) {
        try {
            Fields request = Fields.of("", payload);
            return request.has(EXPLAIN)
                    ? explanations.answer(request.object(EXPLAIN))
                    : report.answer(request);
        } catch (BadInput bad) {
            throw new RefusedRequest(bad);
        }
    }
}
