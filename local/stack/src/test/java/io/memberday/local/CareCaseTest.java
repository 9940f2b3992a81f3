package io.memberday.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.memberday.aws.DynamoDbCaseStore;
import io.memberday.care.Case;
import io.memberday.care.CaseDesk;
import io.memberday.care.CaseKind;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.aws.AwsError;
import io.memberday.local.engine.Repository;
import io.memberday.local.queue.Queue;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Care cases from outside: from a carrier's signed webhook over the table's stream and the pipe to
 * the queue of another department, which listens by a rule of its own.
 */
class CareCaseTest {
    private static final String NAME = "care-case";
    private static final Instant NOW = Instant.parse("2026-05-08T01:00:00Z");

    /** What docs/operations.md shows, with a queue in place of a department. */
    private static final String DEPARTMENT =
            """
              Department:
                Type: AWS::SQS::Queue

              DepartmentRule:
                Type: AWS::Events::Rule
                Properties:
                  EventBusName: !Ref Bus
                  EventPattern: { source: [memberday], detail-type: [CareCaseOpened, CareCaseClosed] }
                  Targets:
                    - { Id: department, Arn: !GetAtt Department.Arn }

            """;

    @Test
    void shouldTellOtherDepartmentsOfEachCaseOnceAndKeepThePlaceOfWhatCouldNotBeTold()
            throws Exception {
        try (LocalStack stack = start()) {
            stack.travel().jumpTo(NOW);
            Queue department = stack.queue("Department");
            post(stack, "/webhooks/memberday", order());

            // When the parcel is lost, and the carrier says so three times
            for (int i = 0; i < 3; i++) {
                post(stack, "/logistics/memberday", trouble("SF1"));
            }
            stack.settle();

            // Then
            Fields opened = only(department);
            assertEquals("CareCaseOpened", opened.text("detail-type"));
            assertEquals("memberday", opened.text("source"));
            assertEquals(
                    Set.of("member", "case", "kind", "subject"), opened.object("detail").names());
            assertEquals("case#parcel-sf:SF1", opened.object("detail").text("case"));
            assertEquals("parcel", opened.object("detail").text("kind"));
            assertEquals("sf:SF1", opened.object("detail").text("subject"));

            // When somebody takes and closes it
            CaseDesk desk =
                    new CaseDesk(
                            new DynamoDbCaseStore(
                                    stack.dynamoDb(), stack.name("MemberActivityTable")),
                            Clock.fixed(NOW, ZoneOffset.UTC));
            Case waiting =
                    desk.open(Optional.of(CaseKind.PARCEL), Optional.empty(), 10)
                            .cases()
                            .getFirst();
            assertEquals(opened.object("detail").text("member"), waiting.id().memberId());
            Case taken = desk.assign(waiting.id(), waiting.version(), "agent-7").orElseThrow();
            stack.settle();
            assertEquals(0, department.visible());
            desk.close(waiting.id(), taken.version(), "agent-7", "called Ms Li, +8613900000001");
            stack.settle();

            // Then the closing is told, and nothing of what was written about people
            Fields closed = only(department);
            assertEquals("CareCaseClosed", closed.text("detail-type"));
            assertEquals(opened.object("detail").asMap(), closed.object("detail").asMap());
            for (Fields event : List.of(opened, closed)) {
                String text = Json.write(event.asMap());
                assertFalse(text.contains("13900000001") || text.contains("Li"), text);
            }

            // When the bus takes nothing for a while
            List<String> tries = new ArrayList<>();
            stack.aws()
                    .injectFault(
                            call -> {
                                if (call.body().contains("CareCase")) {
                                    tries.add(call.body());
                                    throw new AwsError(500, "InternalException", "");
                                }
                            });
            post(stack, "/logistics/memberday", trouble("SF2"));
            stack.travel().advance(Duration.ofMinutes(1));

            // Then it was tried again, and the dead letters say where it stands
            assertEquals(11, tries.size());
            assertEquals(0, department.visible());
            Fields letter = only(stack.queue("CaseDeadLetters"));
            assertEquals("RetryAttemptsExhausted", letter.object("context").text("condition"));
            assertEquals(
                    letter.object("DDBStreamBatchInfo").text("startSequenceNumber"),
                    letter.object("DDBStreamBatchInfo").text("endSequenceNumber"));
            // The case itself is there all the same.
            assertEquals(1, desk.open(Optional.empty(), Optional.empty(), 10).cases().size());

            // When the bus is well again
            stack.aws().injectFault(call -> {});
            post(stack, "/logistics/memberday", trouble("SF3"));
            stack.settle();

            assertEquals("sf:SF3", only(department).object("detail").text("subject"));
        }
    }

    private static LocalStack start() throws IOException {
        Path folder = WholeStack.folder(NAME);
        Files.createDirectories(folder);
        Path listening =
                Files.writeString(
                        folder.resolve("template.yaml"),
                        Files.readString(Repository.template())
                                .replace("\nResources:\n", "\nResources:\n\n" + DEPARTMENT));
        return WholeStack.start(listening, NAME);
    }

    /** The only message of a queue, taken out. */
    private static Fields only(Queue queue) {
        List<Queue.Message> messages = queue.receive(10);
        assertEquals(1, messages.size(), messages.toString());
        queue.delete(messages.getFirst().id());
        return Json.read(messages.getFirst().body());
    }

    private static void post(LocalStack stack, String path, String body) throws Exception {
        HttpResponse<String> answer = SignedPost.to(stack, path, body);
        assertEquals(2, answer.statusCode() / 100, answer.body());
    }

    private static String trouble(String number) {
        return Json.write(
                Map.of(
                        "carrier",
                        "sf",
                        "number",
                        number,
                        "status",
                        "exception",
                        "at",
                        "2026-05-08T08:50:00+08:00"));
    }

    private static String order() {
        return OrderBody.shipped(
                "care-1",
                "2026-05-08T08:30:00+08:00",
                Map.of(
                        "account", "li",
                        "name", "Li",
                        "phone", "+8613900000001",
                        "language", "zh",
                        "country", "CN"),
                List.of("SF1", "SF2", "SF3"));
    }
}
