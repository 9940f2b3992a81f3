package io.memberday.local.engine;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;

import java.net.URI;

/** The engines of one test JVM: DynamoDB Local at once, S3 when first asked for. */
final class Engines implements AutoCloseable {
    private final DynamoDbLocal dynamoDbLocal = DynamoDbLocal.start();
    private final DynamoDbClient dynamoDb = dynamoDbLocal.client();
    private @Nullable S3 s3;

    private record S3(S3Server server, S3Client client) {}

    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    URI dynamoDbEndpoint() {
        return dynamoDbLocal.endpoint();
    }

    S3Client s3() {
        return startedS3().client();
    }

    URI s3Endpoint() {
        return startedS3().server().endpoint();
    }

    private synchronized S3 startedS3() {
        S3 started = s3;
        if (started == null) {
            S3Server server = S3Server.start();
            started = new S3(server, server.client());
            s3 = started;
        }
        return started;
    }

    @Override
    public synchronized void close() {
        dynamoDb.close();
        dynamoDbLocal.close();
        if (s3 != null) {
            s3.client().close();
            s3.server().close();
        }
    }
}
