package io.memberday.aws;

import io.memberday.member.Channel;
import io.memberday.member.Kind;
import io.memberday.touch.ChannelStops;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.Update;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Stops of channels, beside the pace rows of the table of campaign results, with which each is
 * written. Times are in milliseconds, as paces are.
 */
public final class DynamoDbChannelStops implements ChannelStops {
    private static final String UNTIL = "until";
    private static final String LIFTED = "lifted";
    private static final Map<String, String> NAMES = Map.of("#until", UNTIL, "#lifted", LIFTED);

    private final DynamoDbClient client;
    private final String table;
    private final AllOrNothing transaction;

    /**
     * @param table of campaign results
     */
    public DynamoDbChannelStops(DynamoDbClient client, String table, Consumer<Duration> sleep) {
        this.client = client;
        this.table = table;
        transaction = new AllOrNothing(client, sleep);
    }

    @Override
    public Stop of(Channel channel) {
        return Items.find(client, table, key(channel))
                .map(Row::new)
                .map(row -> new Stop(time(row, UNTIL), time(row, LIFTED)))
                .orElse(Stop.NONE);
    }

    @Override
    public boolean stop(Channel channel, Instant taken, Instant until) {
        return write(
                channel,
                until,
                Update.builder()
                        .updateExpression("SET #until = :until")
                        .conditionExpression("attribute_not_exists(#lifted) OR #lifted < :taken")
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(
                                Map.of(
                                        ":until", RowDraft.of(until.toEpochMilli()),
                                        ":taken", RowDraft.of(taken.toEpochMilli()))));
    }

    @Override
    public boolean lift(Channel channel, Instant now) {
        return write(
                channel,
                now,
                Update.builder()
                        .updateExpression("SET #lifted = :now REMOVE #until")
                        .conditionExpression("attribute_exists(#until)")
                        .expressionAttributeNames(NAMES)
                        .expressionAttributeValues(
                                Map.of(":now", RowDraft.of(now.toEpochMilli()))));
    }

    /** Both paces with it: a clock that has read one of them finds it changed, and lets it be. */
    private boolean write(Channel channel, Instant busyUntil, Update.Builder stop) {
        List<TransactWriteItem> writes = new ArrayList<>();
        writes.add(write(stop.tableName(table).key(key(channel)).build()));
        for (Kind kind : Kind.values()) {
            writes.add(
                    write(
                            Update.builder()
                                    .tableName(table)
                                    .key(DynamoDbPaceStore.key(kind, channel))
                                    .updateExpression("SET busyUntil = :busy")
                                    .expressionAttributeValues(
                                            Map.of(":busy", RowDraft.of(busyUntil.toEpochMilli())))
                                    .build()));
        }
        return transaction.write(writes);
    }

    private static TransactWriteItem write(Update update) {
        return TransactWriteItem.builder().update(update).build();
    }

    private static Optional<Instant> time(Row row, String name) {
        return row.optionalNumber(name).map(Instant::ofEpochMilli);
    }

    private static Map<String, AttributeValue> key(Channel channel) {
        return Map.of(
                RunFormat.PK,
                RowDraft.of("pace"),
                RunFormat.SK,
                RowDraft.of("stop#" + channel.key()));
    }
}
