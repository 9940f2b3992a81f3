package io.memberday.touchclock;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbAudienceStore;
import io.memberday.aws.DynamoDbDueStore;
import io.memberday.aws.DynamoDbPaceStore;
import io.memberday.aws.DynamoDbRunStore;
import io.memberday.aws.Env;
import io.memberday.aws.EventBridgeBus;
import io.memberday.aws.Lanes;
import io.memberday.aws.Shards;
import io.memberday.json.Json;
import io.memberday.playbook.Playbooks;
import io.memberday.release.TouchClock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/** Woken every minute: releases what is due. What the scheduler says does not matter. */
public final class TouchClockLambda implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(TouchClockLambda.class);

    /** Kept for moving the last rows and telling the bus of them. */
    private static final int RESERVE_MILLIS = 10_000;

    private final TouchClock clock;

    public TouchClockLambda() {
        this(Env.system());
    }

    public TouchClockLambda(Env env) {
        this(env, Clients.dynamoDb());
    }

    private TouchClockLambda(Env env, DynamoDbClient dynamoDb) {
        this(
                new TouchClock(
                        new DynamoDbDueStore(dynamoDb, env.campaignResultsTable()),
                        new DynamoDbPaceStore(dynamoDb, env.campaignResultsTable()),
                        new DynamoDbRunStore(dynamoDb, env.campaignResultsTable()),
                        new DynamoDbAudienceStore(dynamoDb, env.campaignResultsTable()),
                        new EventBridgeBus(Clients.eventBridge(), env.eventBus()),
                        Playbooks.load(),
                        Shards.DUE,
                        env.clock(),
                        new Lanes(Lanes.USUAL)));
    }

    TouchClockLambda(TouchClock clock) {
        this.clock = clock;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context)
            throws IOException {
        TouchClock.Released released =
                clock.tick(() -> context.getRemainingTimeInMillis() > RESERVE_MILLIS);
        LOG.info("released {} touches, {} batches", released.touches(), released.batches());
        output.write(
                Json.write(Map.of("touches", released.touches(), "batches", released.batches()))
                        .getBytes(UTF_8));
    }
}
