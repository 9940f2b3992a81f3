package io.memberday.messagesender;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

import io.memberday.aws.Env;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.send.BatchSender;
import io.memberday.send.Refused;
import io.memberday.send.TimeLeft;
import io.memberday.send.TouchSender;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends what the clock released: batches of runs and service touches, from a queue each. A record
 * is only a wake-up: what cannot be done now is acknowledged, and the clock brings it back.
 */
public final class MessageSenderLambda implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(MessageSenderLambda.class);
    private static final int MOST_SLICES = 1_000_000;

    private final BatchSender batches;
    private final TouchSender touches;
    private final EventBus bus;

    public MessageSenderLambda() {
        this(Env.system());
    }

    public MessageSenderLambda(Env env) {
        this(Wiring.of(env));
    }

    private MessageSenderLambda(Wiring wiring) {
        this(wiring.batchSender(), wiring.touchSender(), wiring.bus());
    }

    MessageSenderLambda(BatchSender batches, TouchSender touches, EventBus bus) {
        this.batches = batches;
        this.touches = touches;
        this.bus = bus;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        TimeLeft time = () -> Duration.ofMillis(context.getRemainingTimeInMillis());
        List<BatchItemFailure> failures = new ArrayList<>();
        for (SQSEvent.SQSMessage message : event.getRecords()) {
            try {
                send(message.getBody(), time);
            } catch (RuntimeException e) {
                // The queue brings this record again, and in the end to its dead letters.
                LOG.error("record {} failed", message.getMessageId(), e);
                failures.add(new BatchItemFailure(message.getMessageId()));
            }
        }
        return new SQSBatchResponse(failures);
    }

    private void send(String body, TimeLeft time) {
        String refusal = body.contains("touches") ? "TouchesRefused" : "BatchRefused";
        try {
            Fields detail = BusEvent.detail(body);
            if (detail.has("touches")) {
                for (Fields touch : detail.objects("touches")) {
                    touches.send(touch.text("touchpoint"), touch.text("subject"), time);
                }
            } else {
                int slice = Math.toIntExact(detail.whole("slice", 0, MOST_SLICES));
                batches.send(detail.text("run"), slice, detail.text("batch"), time);
            }
        } catch (BadInput | Refused e) {
            LOG.warn("record refused: {}", e.getMessage());
            bus.put(List.of(BusEvent.refused(refusal, e.getMessage(), body)));
        }
    }
}
