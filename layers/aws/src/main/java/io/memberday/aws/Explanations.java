package io.memberday.aws;

import io.memberday.json.Fields;
import io.memberday.playbook.Playbook;
import io.memberday.result.Explanation;
import io.memberday.result.MemberLookup;
import io.memberday.result.SliceReads;
import io.memberday.result.TouchExplanation;
import io.memberday.touch.TouchPlanner;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** What became of one member by a run or a touchpoint (R69), from the tables. */
public final class Explanations {
    private final Explanation runs;
    private final TouchExplanation touches;

    /**
     * @param limit after which no more of a run is read
     */
    public Explanations(DynamoDbClient client, Env env, Playbook playbook, Duration limit) {
        String results = env.campaignResultsTable();
        MemberLookup members = new DynamoDbMemberLookup(client, env.membersTable());
        DynamoDbPaidOrders orders = new DynamoDbPaidOrders(client, env.ordersTable());
        DynamoDbFeedbackStore feedback = new DynamoDbFeedbackStore(client, results, new Sleep());
        runs =
                new Explanation(
                        new DynamoDbRunStore(client, results),
                        new SliceReads(
                                new DynamoDbAudienceStore(client, results),
                                new Lanes(Lanes.USUAL),
                                limit,
                                Clock.systemUTC()),
                        new DynamoDbBatchStore(client, results, new Sleep())::outcomes,
                        members,
                        orders,
                        feedback);
        touches =
                new TouchExplanation(
                        TouchPlanner.of(playbook),
                        new DynamoDbServiceTouchStore(client, env, new Sleep()),
                        members,
                        orders,
                        feedback);
    }

    /**
     * Answers {@code {"run": id, "member": id}}, and by {@code "touchpoint"} in place of {@code
     * "run"} what became of the member there.
     *
     * @throws io.memberday.json.BadInput if the request cannot be taken
     */
    public Map<String, Object> answer(Fields asked) {
        return asked.has(TouchExplanation.TOUCHPOINT) ? touches.answer(asked) : runs.answer(asked);
    }
}
