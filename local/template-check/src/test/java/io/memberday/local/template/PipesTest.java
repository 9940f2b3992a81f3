package io.memberday.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pipe that tells other departments of care cases. */
class PipesTest {
    private static final Template.Resource PIPE =
            Deployment.TEMPLATE.resources("AWS::Pipes::Pipe").getFirst();
    private static final Fields PROPERTIES = Deployment.resolved(PIPE);

    @Test
    void shouldReadTheStreamThatTheTableHas() {
        Template.Resource table =
                TablesTest.tables().stream()
                        .filter(each -> each.properties().containsKey("StreamSpecification"))
                        .findFirst()
                        .orElseThrow();

        assertEquals("MemberActivityTable", table.logicalId());
        assertTrue(
                PROPERTIES.text("Source").startsWith(Deployment.arn(table) + "/stream/"),
                PROPERTIES.text("Source"));
        assertEquals(
                "NEW_IMAGE",
                Deployment.resolved(table).object("StreamSpecification").text("StreamViewType"));
    }

    @Test
    void shouldGiveUpAfterAWhileAndKeepThePlaceWhereAnAlarmIsRaised() {
        Fields stream = PROPERTIES.object("SourceParameters").object("DynamoDBStreamParameters");

        assertTrue(stream.whole("MaximumRetryAttempts", 1, 100) >= 5);
        assertTrue(stream.whole("MaximumRecordAgeInSeconds", 60, 86_400) < 86_400, "a day is kept");
        assertEquals("AUTOMATIC_BISECT", stream.text("OnPartialBatchItemFailure"));
        assertTrue(stream.whole("BatchSize", 1, 10) > 1);
        assertTrue(
                stream.object("DeadLetterConfig").text("Arn").endsWith(":CaseDeadLetters"),
                "RulesTest finds the alarm");
    }

    @Test
    void shouldTellWhatTheCodeWritesAndTheDocsList() throws IOException {
        Set<String> told =
                new TreeSet<>(
                        Json.read(
                                        PROPERTIES
                                                .object("SourceParameters")
                                                .object("FilterCriteria")
                                                .objects("Filters")
                                                .getFirst()
                                                .text("Pattern"))
                                .object("dynamodb")
                                .object("NewImage")
                                .object("event")
                                .texts("S"));
        String tables = Files.readString(Repository.root().resolve("docs/tables.md"));
        Set<String> listed =
                Pattern.compile("`(CareCase\\w+)`")
                        .matcher(tables.substring(tables.indexOf("## The bus")))
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> written =
                Constants.ofStores().stream()
                        .filter(text -> text.matches("CareCase[A-Z]\\w+"))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(written, told);
        assertEquals(listed, told);
    }

    /** What people wrote into a case, such as its result, stays in the table. */
    @Test
    void shouldTellIdsOnly() {
        Fields target = PROPERTIES.object("TargetParameters");
        Fields bus = target.object("EventBridgeEventBusParameters");
        Set<String> paths =
                Pattern.compile("<([^>]+)>")
                        .matcher(target.text("InputTemplate"))
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toSet());

        assertEquals("memberday", bus.text("Source"));
        assertEquals("$.dynamodb.NewImage.event.S", bus.text("DetailType"));
        assertEquals(
                Set.of(
                        "$.dynamodb.Keys.memberId.S",
                        "$.dynamodb.Keys.item.S",
                        "$.dynamodb.NewImage.kind.S",
                        "$.dynamodb.NewImage.subject.S"),
                paths);
        assertEquals(
                Set.of("member", "case", "kind", "subject"),
                Json.read(target.text("InputTemplate")).names());
    }

    @Test
    void shouldAllowThePipeNoMoreThanItsOwnStreamBusAndQueue() {
        Fields role =
                Deployment.resolved(
                        Deployment.TEMPLATE.resources("AWS::IAM::Role").stream()
                                .filter(
                                        each ->
                                                PROPERTIES
                                                        .text("RoleArn")
                                                        .equals(Deployment.arn(each)))
                                .findFirst()
                                .orElseThrow());
        List<Fields> statements =
                role.objects("Policies").stream()
                        .flatMap(
                                policy ->
                                        policy
                                                .object("PolicyDocument")
                                                .objects("Statement")
                                                .stream())
                        .toList();

        assertEquals(
                Set.of(
                        PROPERTIES.text("Source"),
                        PROPERTIES.text("Target"),
                        PROPERTIES
                                .object("SourceParameters")
                                .object("DynamoDBStreamParameters")
                                .object("DeadLetterConfig")
                                .text("Arn")),
                statements.stream().map(each -> each.text("Resource")).collect(Collectors.toSet()));
        assertEquals(
                "pipes.amazonaws.com",
                role.object("AssumeRolePolicyDocument")
                        .objects("Statement")
                        .getFirst()
                        .object("Principal")
                        .text("Service"));
        statements.forEach(
                each -> assertFalse(Json.write(each.asMap()).contains("*"), each.toString()));
    }
}
