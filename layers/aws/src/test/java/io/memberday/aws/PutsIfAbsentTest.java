package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

class PutsIfAbsentTest {
    private final List<Duration> pauses = new ArrayList<>();

    @Test
    void shouldTryAgainWhenAnotherWriterWasAtTheRows() {
        assertTrue(
                write(
                        List.of(
                                List.of("TransactionConflict", "None"),
                                List.of("None", "ThrottlingError"))));
        assertEquals(List.of(Duration.ofMillis(50), Duration.ofMillis(100)), pauses);
    }

    @Test
    void shouldTellThatTheFirstRowIsThere() {
        assertFalse(
                write(
                        List.of(
                                List.of("TransactionConflict", "None"),
                                List.of("ConditionalCheckFailed", "None"))));
    }

    @Test
    void shouldFailOnAnyOtherReason() {
        assertThrows(
                TransactionCanceledException.class,
                () -> write(List.of(List.of("None", "ItemCollectionSizeLimitExceeded"))));
        assertEquals(List.of(), pauses);
    }

    @Test
    void shouldGiveUpAfterSomeTries() {
        List<String> conflict = List.of("TransactionConflict", "TransactionConflict");
        assertThrows(
                TransactionCanceledException.class, () -> write(Collections.nCopies(6, conflict)));
        assertEquals(5, pauses.size());
    }

    private boolean write(List<List<String>> cancelled) {
        Deque<List<String>> answers = new ArrayDeque<>(cancelled);
        return new PutsIfAbsent(new CancellingClient(answers), "results", pauses::add)
                .write(
                        List.of(Map.of("pk", RowDraft.of("a"))),
                        List.of(Map.of("pk", RowDraft.of("b"))));
    }

    /** Cancels as many transactions as there are reasons, then accepts. */
    private record CancellingClient(Deque<List<String>> answers) implements DynamoDbClient {
        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            if (answers.isEmpty()) {
                return TransactWriteItemsResponse.builder().build();
            }
            Stream<CancellationReason> reasons =
                    answers.pop().stream()
                            .map(code -> CancellationReason.builder().code(code).build());
            throw TransactionCanceledException.builder()
                    .cancellationReasons(reasons.toList())
                    .build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
