package io.memberday.local.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

import io.memberday.aws.Clients;
import io.memberday.aws.Env;
import io.memberday.json.Fields;
import io.memberday.json.Json;

import software.amazon.awssdk.services.sns.SnsClient;

import java.util.ArrayList;
import java.util.List;

/** Sends a text for each event, and says which it did not. */
public final class SendLambda implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private final SnsClient sns = Clients.sns();

    public SendLambda() {
        this(Env.system());
    }

    public SendLambda(Env env) {
        env.clock();
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        List<SQSBatchResponse.BatchItemFailure> failed = new ArrayList<>();
        for (SQSEvent.SQSMessage message : event.getRecords()) {
            Fields detail = Json.read(message.getBody()).object("detail");
            if (detail.optionalTruth("fail").orElse(false)) {
                failed.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
            } else {
                sns.publish(
                        request ->
                                request.phoneNumber(detail.text("phone"))
                                        .message(detail.text("text")));
            }
        }
        return new SQSBatchResponse(failed);
    }
}
