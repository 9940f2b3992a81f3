package io.memberday.local.engine;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.net.URI;

/** The engines of one test JVM, each started when first asked for. */
final class Engines implements AutoCloseable {
    private final DynamoDbLocal dynamoDbLocal = DynamoDbLocal.start();
    private final DynamoDbClient dynamoDb = dynamoDbLocal.client();

    DynamoDbClient dynamoDb() {
        return dynamoDb;
    }

    URI dynamoDbEndpoint() {
        return dynamoDbLocal.endpoint();
    }

    @Override
    public void close() {
        dynamoDb.close();
        dynamoDbLocal.close();
    }
}
