package io.memberday.aws;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.touch.PaceStore;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

import java.time.Instant;
import java.util.Map;

/** The pace rows of the table of campaign results. {@code busyUntil} is in milliseconds. */
public final class DynamoDbPaceStore implements PaceStore {
    private static final String BUSY_UNTIL = "busyUntil";

    private final DynamoDbClient client;
    private final String table;

    /**
     * @param table of campaign results
     */
    public DynamoDbPaceStore(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public Instant busyUntil(Kind kind, Channel channel) {
        return Items.find(client, table, key(kind, channel))
                .flatMap(item -> new Row(item).optionalNumber(BUSY_UNTIL))
                .map(Instant::ofEpochMilli)
                .orElse(Instant.EPOCH);
    }

    @Override
    public boolean reserve(Kind kind, Channel channel, Instant read, Instant busyUntil) {
        boolean first = read.equals(Instant.EPOCH);
        try {
            client.updateItem(
                    update ->
                            update.tableName(table)
                                    .key(key(kind, channel))
                                    .updateExpression("SET busyUntil = :busy")
                                    .conditionExpression(
                                            first
                                                    ? "attribute_not_exists(busyUntil) OR busyUntil"
                                                            + " = :read"
                                                    : "busyUntil = :read")
                                    .expressionAttributeValues(
                                            Map.of(
                                                    ":busy", RowDraft.of(busyUntil.toEpochMilli()),
                                                    ":read", RowDraft.of(read.toEpochMilli()))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    static Map<String, AttributeValue> key(Kind kind, Channel channel) {
        return Map.of(
                RunFormat.PK,
                RowDraft.of("pace"),
                RunFormat.SK,
                RowDraft.of(kind.key() + "#" + channel.key()));
    }
}
