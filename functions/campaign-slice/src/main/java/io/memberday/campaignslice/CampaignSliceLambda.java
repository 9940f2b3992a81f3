package io.memberday.campaignslice;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbMemberLookup;
import io.memberday.aws.DynamoDbMemberScan;
import io.memberday.aws.DynamoDbPaidOrders;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.Env;
import io.memberday.aws.EventBridgeBus;
import io.memberday.campaign.Buyers;
import io.memberday.campaign.SliceScan;
import io.memberday.event.BusEvent;
import io.memberday.event.EventBus;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.util.ArrayList;
import java.util.List;

/** Scans the slices of runs that are on its queue. */
public final class CampaignSliceLambda implements RequestHandler<SQSEvent, SQSBatchResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(CampaignSliceLambda.class);

    /** More than one page takes, its reads and its write: with less left the rest is put back. */
    private static final int MARGIN_MILLIS = 45_000;

    private static final int MOST_SLICES = 1_000_000;

    private final SliceScan slices;
    private final EventBus bus;

    public CampaignSliceLambda() {
        this(Env.system());
    }

    public CampaignSliceLambda(Env env) {
        this(env, Clients.dynamoDb(), new EventBridgeBus(Clients.eventBridge(), env.eventBus()));
    }

    private CampaignSliceLambda(Env env, DynamoDbClient dynamoDb, EventBus bus) {
        this(
                new SliceScan(
                        new DynamoDbRunStore(dynamoDb, env.campaignResultsTable()),
                        new DynamoDbAudienceStore(dynamoDb, env.campaignResultsTable()),
                        new DynamoDbMemberScan(dynamoDb, env.membersTable()),
                        new Buyers.Source(
                                new DynamoDbPaidOrders(dynamoDb, env.ordersTable()),
                                new DynamoDbMemberLookup(dynamoDb, env.membersTable())::find),
                        bus,
                        env.clock()),
                bus);
    }

    CampaignSliceLambda(SliceScan slices, EventBus bus) {
        this.slices = slices;
        this.bus = bus;
    }

    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
        List<SQSBatchResponse.BatchItemFailure> failures = new ArrayList<>();
        for (SQSEvent.SQSMessage message : event.getRecords()) {
            try {
                scan(message.getBody(), context);
            } catch (RuntimeException e) {
                // The queue brings this record again, and in the end to its dead letters.
                LOG.error("slice record {} failed", message.getMessageId(), e);
                failures.add(new SQSBatchResponse.BatchItemFailure(message.getMessageId()));
            }
        }
        return new SQSBatchResponse(failures);
    }

    private void scan(String body, Context context) {
        try {
            Fields detail = BusEvent.detail(body);
            String run = detail.text("run");
            int slice = Math.toIntExact(detail.whole("slice", 0, MOST_SLICES));
            SliceScan.End end =
                    slices.scan(
                            run, slice, () -> context.getRemainingTimeInMillis() > MARGIN_MILLIS);
            LOG.info("{} slice {}: {}", run, slice, end);
        } catch (BadInput bad) {
            LOG.warn("slice record refused: {}", bad.getMessage());
            bus.put(List.of(BusEvent.refused("SliceRefused", bad.answer(), body)));
        }
    }
}
