package io.memberday.local.engine;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

import java.net.URI;
import java.util.List;

/**
 * DynamoDB Local, in memory and gone when closed.
 *
 * <p>What it does otherwise than DynamoDB: it expires nothing by TTL, ignores deletion protection,
 * refuses exports and point-in-time recovery, and reads the whole rest of a segment for each page
 * of a Scan without a Limit. It listens on every interface of the machine and cannot be told
 * otherwise.
 */
public final class DynamoDbLocal implements AutoCloseable {
    private final EngineProcess process;

    private DynamoDbLocal(EngineProcess process) {
        this.process = process;
    }

    /** Starts it on a free port; fails as {@link EngineProcess#start} does. */
    public static DynamoDbLocal start() {
        return new DynamoDbLocal(EngineProcess.start(DynamoDbLocal::engineOn));
    }

    /** Starts it on this port; fails as {@link EngineProcess#start} does. */
    public static DynamoDbLocal start(int port) {
        return new DynamoDbLocal(EngineProcess.start(engineOn(port), port));
    }

    static EngineProcess.Engine engineOn(int port) {
        return new EngineProcess.Engine(
                "DynamoDB Local",
                Repository.root().resolve("local/engine/dynamodb"),
                // Tests start it often and ask it little: the quick compiler wins.
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC"),
                "com.amazonaws.services.dynamodbv2.local.main.ServerRunner",
                // Without a network, telemetry alone would take seconds.
                List.of(
                        "-inMemory",
                        "-sharedDb",
                        "-disableTelemetry",
                        "-port",
                        Integer.toString(port)));
    }

    /** Its address, as in {@code AWS_ENDPOINT_URL_DYNAMODB}. */
    public URI endpoint() {
        return process.endpoint();
    }

    /** A new client of it; the caller closes it. */
    public DynamoDbClient client() {
        return LocalCredentials.applyTo(DynamoDbClient.builder())
                .endpointOverride(endpoint())
                .build();
    }

    /** A new client of its tables' streams; the caller closes it. */
    public DynamoDbStreamsClient streams() {
        return LocalCredentials.applyTo(DynamoDbStreamsClient.builder())
                .endpointOverride(endpoint())
                .build();
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.close();
    }
}
