package io.memberday.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.memberday.feedback.Feedback;
import io.memberday.feedback.Origin;
import io.memberday.local.engine.Emulator;
import io.memberday.local.engine.EmulatorExtension;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Delivery reports on emulated tables. */
@ExtendWith(EmulatorExtension.class)
class DynamoDbFeedbackStoreTest {
    private static final Instant AT = Instant.parse("2026-05-08T02:00:00Z");

    private final Emulator emulator;

    DynamoDbFeedbackStoreTest(Emulator emulator) {
        this.emulator = emulator;
    }

    @BeforeEach
    void empty() {
        emulator.tables().reset();
    }

    @Test
    void shouldWriteManyReportsAtOnceAndFindThoseOfOneMessage() {
        DynamoDbFeedbackStore feedback =
                new DynamoDbFeedbackStore(
                        emulator.dynamoDb(), emulator.table("CampaignResultsTable"), new Sleep());
        Origin day = new Origin.OfSms(LocalDate.parse("2026-05-08"));
        List<Feedback> reports =
                IntStream.range(0, 60)
                        .mapToObj(
                                i ->
                                        new Feedback(
                                                "id-" + i,
                                                Feedback.Kind.BOUNCED,
                                                false,
                                                AT,
                                                "spam",
                                                Optional.of(new Feedback.Bill(1, i))))
                        .toList();

        feedback.write(day, reports);
        feedback.write(day, List.of(reports.get(7), reports.get(7)));

        Set<Feedback> found = new HashSet<>();
        feedback.each(day, found::add);
        assertEquals(Set.copyOf(reports), found);
        assertEquals(List.of(reports.get(5)), feedback.of(day, "id-5"));
        assertEquals(List.of(), feedback.of(day, ""));
        assertEquals(
                List.of(), feedback.of(new Origin.OfSms(LocalDate.parse("2026-05-09")), "id-5"));
    }

    @Test
    void shouldAskAgainForReportsThatTheTableDidNotTakeAndSayIfItNeverDoes() {
        Origin day = new Origin.OfSms(LocalDate.parse("2026-05-08"));
        List<Feedback> reports =
                List.of(
                        new Feedback("1", Feedback.Kind.DELIVERED, false, AT),
                        new Feedback("2", Feedback.Kind.DELIVERED, false, AT));
        List<Duration> waited = new ArrayList<>();
        Taker taker = new Taker(3);

        new DynamoDbFeedbackStore(taker, "results", waited::add).write(day, reports);

        assertEquals(List.of(2, 1, 1), taker.asked);
        assertEquals(List.of(Duration.ofMillis(50), Duration.ofMillis(100)), waited);
        DynamoDbFeedbackStore never =
                new DynamoDbFeedbackStore(new Taker(99), "results", waited::add);
        assertEquals(
                "1 of 2 reports were not written",
                assertThrows(IllegalStateException.class, () -> never.write(day, reports))
                        .getMessage());
    }

    /** A table that leaves one row of each request unwritten, until it has been asked so often. */
    private static final class Taker implements DynamoDbClient {
        private final int calls;
        private final List<Integer> asked = new ArrayList<>();

        Taker(int calls) {
            this.calls = calls;
        }

        @Override
        public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
            List<WriteRequest> rows = request.requestItems().get("results");
            asked.add(rows.size());
            return BatchWriteItemResponse.builder()
                    .unprocessedItems(
                            asked.size() < calls
                                    ? Map.of("results", List.of(rows.getLast()))
                                    : Map.of())
                    .build();
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
