package io.memberday.aws;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes rows in one transaction if all its conditions hold. The SDK gives each call a token and
 * repeats it with the call, so that a write whose answer was lost is not mistaken for another's.
 */
final class AllOrNothing {
    private static final String CONDITION = "ConditionalCheckFailed";

    /** Reasons that pass: another writer was at the rows just then. */
    private static final Set<String> PASSING =
            Set.of(
                    "None",
                    "TransactionConflict",
                    "ThrottlingError",
                    "ProvisionedThroughputExceeded");

    private static final int TRIES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);

    private final DynamoDbClient client;
    private final Consumer<Duration> sleep;

    AllOrNothing(DynamoDbClient client, Consumer<Duration> sleep) {
        this.client = client;
        this.sleep = sleep;
    }

    /**
     * Writes all of it, or nothing.
     *
     * @param items at most 100, together at most 4 MB
     * @return false if a condition does not hold
     */
    boolean write(List<TransactWriteItem> items) {
        Duration pause = FIRST_PAUSE;
        for (int tries = 1; ; tries++) {
            try {
                client.transactWriteItems(write -> write.transactItems(items));
                return true;
            } catch (TransactionCanceledException e) {
                List<String> reasons =
                        e.cancellationReasons().stream().map(CancellationReason::code).toList();
                if (reasons.contains(CONDITION)) {
                    return false;
                }
                if (!PASSING.containsAll(reasons) || tries == TRIES) {
                    throw e;
                }
            } catch (TransactionInProgressException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
            sleep.accept(pause);
            pause = pause.multipliedBy(2);
        }
    }
}
