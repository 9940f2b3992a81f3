package io.memberday.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.aws.WebhookEndpoint;
import io.memberday.json.Fields;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

class RulesTest {
    private static final Template TEMPLATE = Deployment.TEMPLATE;

    private static final String SQS = ":sqs:";

    private static final String SNS = ":sns:";

    /** How every detail-type of ours ends: something is due, refused for good, or halted. */
    static final Pattern DETAIL_TYPE = Pattern.compile("[A-Z][A-Za-z]+(Due|Refused|Halted)");

    @Test
    void shouldTakeUpEveryEventThatTheDocsListAndNoOther() throws IOException {
        String tables = Files.readString(Repository.root().resolve("docs/tables.md"));
        String bus = tables.substring(tables.indexOf("## The bus"));

        Set<String> listed =
                Pattern.compile("`(" + DETAIL_TYPE + ")`")
                        .matcher(bus)
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(listed, detailTypesOfRules());
    }

    @Test
    void shouldBringARefusedRecordWhereARecordComesThatKeepsFailing() {
        Set<String> deadLetters = new HashSet<>();
        Set<String> refused = new HashSet<>();
        rules().forEach(
                        rule -> {
                            for (String target : queues(rule)) {
                                if (detailTypes(rule).stream().allMatch(t -> t.endsWith("Due"))) {
                                    deadLetters.add(deadLettersOf(target));
                                } else {
                                    refused.add(target);
                                }
                            }
                        });

        assertEquals(deadLetters, refused);
        assertEquals(3, refused.size());
    }

    @Test
    void shouldLetEachRuleSendToItsQueues() {
        List<Fields> statements =
                TEMPLATE.resources("AWS::SQS::QueuePolicy").stream()
                        .map(policy -> Deployment.resolved(policy).object("PolicyDocument"))
                        .flatMap(document -> document.objects("Statement").stream())
                        .toList();

        for (Template.Resource rule : rules()) {
            List<String> sentTo = new ArrayList<>(queues(rule));
            sentTo.addAll(deadLettersOfTargets(rule));
            for (String target : sentTo) {
                assertTrue(
                        statements.stream()
                                .anyMatch(one -> allows(one, Deployment.arn(rule), target)),
                        rule.logicalId() + " may not send to " + target);
            }
        }
    }

    @Test
    void shouldLetEachRuleInvokeItsFunctionAndKeepWhatItCannotInvoke() {
        List<Fields> permissions =
                TEMPLATE.resources("AWS::Lambda::Permission").stream()
                        .map(Deployment::resolved)
                        .toList();
        int invoked = 0;
        for (Template.Resource rule : rules()) {
            for (String target : targets(rule)) {
                if (target.contains(SQS) || target.contains(SNS)) {
                    continue;
                }
                invoked++;
                assertEquals(1, deadLettersOfTargets(rule).size(), rule.logicalId());
                assertTrue(
                        permissions.stream()
                                .anyMatch(
                                        one ->
                                                one.text("SourceArn").equals(Deployment.arn(rule))
                                                        && target.endsWith(
                                                                ":" + one.text("FunctionName"))),
                        rule.logicalId() + " may not invoke " + target);
            }
        }
        assertEquals(1, invoked);
    }

    @Test
    void shouldLetTheRuleThatTellsPeopleTellThem() {
        List<Fields> statements =
                TEMPLATE.resources("AWS::SNS::TopicPolicy").stream()
                        .map(policy -> Deployment.resolved(policy).object("PolicyDocument"))
                        .flatMap(document -> document.objects("Statement").stream())
                        .filter(one -> one.object("Condition").has("ArnEquals"))
                        .toList();
        int told = 0;
        for (Template.Resource rule : rules()) {
            for (String target : targets(rule)) {
                if (target.contains(SNS)) {
                    told++;
                    assertTrue(
                            statements.stream()
                                    .anyMatch(
                                            one ->
                                                    one.text("Resource").equals(target)
                                                            && one.object("Condition")
                                                                    .object("ArnEquals")
                                                                    .text("aws:SourceArn")
                                                                    .equals(Deployment.arn(rule))),
                            rule.logicalId() + " may not publish to " + target);
                }
            }
        }
        assertEquals(1, told);
    }

    @Test
    void shouldLeaveAFunctionTimeBeforeItsRecordsComeAgain() {
        int mapped = 0;
        for (Template.Function function : TEMPLATE.functions()) {
            for (Template.Event event : function.events()) {
                if (!event.type().equals("SQS")) {
                    continue;
                }
                mapped++;
                Fields mapping = Deployment.resolved(event);
                Template.Resource queue = queue(mapping.text("Queue"));
                long visible = Deployment.resolved(queue).whole("VisibilityTimeout", 0, 43_200);
                assertTrue(
                        Duration.ofSeconds(visible).compareTo(function.timeout().multipliedBy(6))
                                >= 0,
                        queue.logicalId() + " shows a record again after " + visible + " s");
                assertEquals(
                        List.of("ReportBatchItemFailures"), mapping.texts("FunctionResponseTypes"));
            }
        }
        assertEquals(3, mapped);
    }

    @Test
    void shouldSendAsManyBatchesAtOnceAsTheSenderReckonsWith() {
        Template.Function sender = TEMPLATE.function("MessageSenderFunction");

        for (Template.Event event : sender.events()) {
            Fields mapping = Deployment.resolved(event);
            assertEquals(
                    sender.environment().get("SENDERS_AT_ONCE"),
                    mapping.object("ScalingConfig").text("MaximumConcurrency"));
        }
        assertTrue(sender.timeout().compareTo(Duration.ofMinutes(5)) < 0, "the clock's lease");
    }

    @Test
    void shouldWarnBeforeTheAccountsSmsSpendLimitAndStayWarnedWhileNothingIsSent() {
        Fields alarm =
                TEMPLATE.resources("AWS::CloudWatch::Alarm").stream()
                        .map(Deployment::resolved)
                        .filter(
                                one ->
                                        one.optionalText("MetricName")
                                                .filter("SMSMonthToDateSpentUSD"::equals)
                                                .isPresent())
                        .findFirst()
                        .orElseThrow();

        assertEquals("AWS/SNS", alarm.text("Namespace"));
        assertEquals("Maximum", alarm.text("Statistic"));
        assertEquals("ignore", alarm.text("TreatMissingData"));
        assertEquals(
                "0.8",
                TEMPLATE.parameterDefaults().get("SmsSpendAlarmAt"),
                "80 % of the dollar with which an account begins");
    }

    @Test
    void shouldTellOfAPushThatWasAnsweredAsTakenThoughItWasNot() {
        Set<String> heard =
                TEMPLATE.resources("AWS::Logs::MetricFilter").stream()
                        .map(Deployment::resolved)
                        .filter(
                                filter ->
                                        filter.text("FilterPattern")
                                                .equals('"' + WebhookEndpoint.NOT_TAKEN + '"'))
                        .map(filter -> filter.text("LogGroupName"))
                        .collect(Collectors.toSet());

        assertEquals(
                Set.of(TEMPLATE.nameOf("OrderWebhookLogs"), TEMPLATE.nameOf("LogisticsStatusLogs")),
                heard,
                "of both functions that take webhooks");
    }

    @Test
    void shouldRaiseAnAlarmForEveryQueueThatHoldsWhatFailed() {
        Set<String> watched =
                TEMPLATE.resources("AWS::CloudWatch::Alarm").stream()
                        .map(Deployment::resolved)
                        .filter(
                                alarm ->
                                        alarm.optionalText("MetricName")
                                                .filter(
                                                        "ApproximateNumberOfMessagesVisible"
                                                                ::equals)
                                                .isPresent())
                        .map(alarm -> alarm.objects("Dimensions").get(0).text("Value"))
                        .collect(Collectors.toSet());

        Set<String> failed =
                TEMPLATE.resources("AWS::SQS::Queue").stream()
                        .filter(queue -> !queue.properties().containsKey("RedrivePolicy"))
                        .map(queue -> TEMPLATE.nameOf(queue.logicalId()))
                        .collect(Collectors.toSet());

        assertEquals(failed, watched);
    }

    static Set<String> detailTypesOfRules() {
        return rules().stream()
                .flatMap(rule -> detailTypes(rule).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> detailTypes(Template.Resource rule) {
        Fields pattern = Deployment.resolved(rule).object("EventPattern");
        assertEquals(List.of("memberday"), pattern.texts("source"));
        return pattern.texts("detail-type");
    }

    private static List<String> targets(Template.Resource rule) {
        return Deployment.resolved(rule).objects("Targets").stream()
                .map(target -> target.text("Arn"))
                .toList();
    }

    private static List<String> queues(Template.Resource rule) {
        return targets(rule).stream().filter(target -> target.contains(SQS)).toList();
    }

    private static List<String> deadLettersOfTargets(Template.Resource rule) {
        return Deployment.resolved(rule).objects("Targets").stream()
                .flatMap(target -> target.optionalObject("DeadLetterConfig").stream())
                .map(config -> config.text("Arn"))
                .toList();
    }

    private static String deadLettersOf(String queueArn) {
        return Deployment.resolved(queue(queueArn))
                .object("RedrivePolicy")
                .text("deadLetterTargetArn");
    }

    private static boolean allows(Fields statement, String rule, String queue) {
        return statement.text("Effect").equals("Allow")
                && statement.text("Action").equals("sqs:SendMessage")
                && statement.texts("Resource").contains(queue)
                && statement
                        .object("Condition")
                        .object("ArnEquals")
                        .texts("aws:SourceArn")
                        .contains(rule);
    }

    private static List<Template.Resource> rules() {
        return TEMPLATE.resources("AWS::Events::Rule");
    }

    private static Template.Resource queue(String arn) {
        return TEMPLATE.resources("AWS::SQS::Queue").stream()
                .filter(queue -> Deployment.arn(queue).equals(arn))
                .findFirst()
                .orElseThrow();
    }
}
