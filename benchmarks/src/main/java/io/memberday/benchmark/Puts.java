package io.memberday.benchmark;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

import java.util.Map;

/** The yardstick of what writes: one signed {@code PutItem} after another. */
public final class Puts {
    /** Processor time of one on the machine of the references. */
    public static final double REFERENCE = 24.5;

    private static final int SOME = 100;

    private Puts() {}

    /** Puts rows of the size of an outcome. */
    public static Line.Work put(StubAws aws) {
        DynamoDbClient client = aws.dynamoDb();
        int[] number = {0};
        return () -> {
            for (int i = 0; i < SOME; i++) {
                Map<String, AttributeValue> item =
                        Map.of(
                                "pk", AttributeValue.fromS("run#member-day@2026-05-08#0001"),
                                "sk", AttributeValue.fromS("outcome#" + number[0]++),
                                "member", AttributeValue.fromS("m0123456789abcdef"),
                                "status", AttributeValue.fromS("SENT"),
                                "at", AttributeValue.fromN("1778205600"),
                                "cost", AttributeValue.fromN("50000"));
                client.putItem(put -> put.tableName("CampaignResults").item(item));
            }
            return SOME;
        };
    }
}
