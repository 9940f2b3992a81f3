package io.memberday.aws;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts rows in one transaction if the first of them is not there yet. The SDK gives each call a
 * token and repeats it with the call, so that a write whose answer was lost is not mistaken for
 * another's.
 */
final class PutsIfAbsent {
    /** Reasons of a cancelled transaction that pass: another writer was at the rows just then. */
    private static final Set<String> PASSING =
            Set.of(
                    "None",
                    "TransactionConflict",
                    "ThrottlingError",
                    "ProvisionedThroughputExceeded");

    private static final int TRIES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private final DynamoDbClient client;
    private final String table;
    private final Consumer<Duration> sleep;

    PutsIfAbsent(DynamoDbClient client, String table, Consumer<Duration> sleep) {
        this.client = client;
        this.table = table;
        this.sleep = sleep;
    }

    /**
     * Writes the rows, or nothing.
     *
     * @param items at most 100, together at most 4 MB
     * @return false if the first is there
     */
    boolean write(List<Map<String, AttributeValue>> items) {
        List<TransactWriteItem> puts =
                items.stream().map(item -> put(item, item == items.getFirst())).toList();
        Duration pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            try {
                client.transactWriteItems(write -> write.transactItems(puts));
                return true;
            } catch (TransactionCanceledException e) {
                List<CancellationReason> reasons = e.cancellationReasons();
                if (!reasons.isEmpty()
                        && reasons.getFirst().code().equals("ConditionalCheckFailed")) {
                    return false;
                }
                boolean passes =
                        reasons.stream().map(CancellationReason::code).allMatch(PASSING::contains);
                if (!passes || tries == TRIES) {
                    throw e;
                }
                sleep.accept(pause);
                pause = pause.multipliedBy(2);
            }
        }
    }

    private TransactWriteItem put(Map<String, AttributeValue> item, boolean ifAbsent) {
        Put.Builder put = Put.builder().tableName(table).item(item);
        if (ifAbsent) {
            put.conditionExpression("attribute_not_exists(pk)");
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }
}
