package io.memberday.local.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.memberday.json.Fields;
import io.memberday.local.engine.Template;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What cfn-lint would say too, for machines without it; and what it cannot know. */
class StructureTest {
    private static final Template TEMPLATE = Deployment.TEMPLATE;

    static Stream<Template.Function> functions() {
        return Deployment.functions();
    }

    @Test
    void shouldReferOnlyToWhatIsThere() {
        TEMPLATE.resources().forEach(Deployment::resolved);
        TEMPLATE.outputs().forEach((name, output) -> TEMPLATE.resolve(output));
    }

    @Test
    void shouldServeTheRoutesThatOthersCall() {
        assertEquals(
                Set.of(
                        "POST /webhooks/{source}",
                        "POST /logistics/{source}",
                        "GET /unsubscribe/{token}",
                        "POST /unsubscribe/{token}"),
                routes(route -> !route.has("Auth")));
    }

    @Test
    void shouldLetOnlyWhomIamAllowsAskForMembers() {
        assertEquals(
                Set.of(
                        "POST /members/find",
                        "GET /members/{member}",
                        "GET /members/{member}/orders",
                        "POST /members/{member}/consent",
                        "POST /members/{member}/tags",
                        "GET /cases",
                        "POST /cases/find",
                        "POST /cases/assign",
                        "POST /cases/close",
                        "POST /segments",
                        "POST /explain"),
                routes(
                        route ->
                                route.optionalObject("Auth")
                                        .filter(auth -> auth.text("Authorizer").equals("AWS_IAM"))
                                        .isPresent()));
        for (Template.Resource api : TEMPLATE.resources("AWS::Serverless::HttpApi")) {
            Fields auth = Deployment.resolved(api).object("Auth");
            assertEquals(Set.of("EnableIamAuthorizer"), auth.names(), "no default for the rest");
            assertEquals("true", String.valueOf(auth.raw("EnableIamAuthorizer").orElseThrow()));
        }
    }

    private static Set<String> routes(Predicate<Fields> wanted) {
        return functions()
                .flatMap(function -> function.events().stream())
                .filter(event -> event.type().equals("HttpApi"))
                .map(Deployment::resolved)
                .filter(wanted)
                .map(route -> route.text("Method") + " " + route.text("Path"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldRunEachFunctionOnJava25OnArm(Template.Function function) {
        assertEquals("java25", function.properties().get("Runtime"));
        assertEquals(List.of("arm64"), function.properties().get("Architectures"));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldKeepEachFunctionsLogsInItsOwnGroupForAWhile(Template.Function function) {
        Fields logging = properties(function).object("LoggingConfig");

        Template.Resource group =
                TEMPLATE.resources("AWS::Logs::LogGroup").stream()
                        .filter(
                                one ->
                                        TEMPLATE.nameOf(one.logicalId())
                                                .equals(logging.text("LogGroup")))
                        .findFirst()
                        .orElseThrow();

        assertEquals("JSON", logging.text("LogFormat"));
        assertTrue(group.properties().containsKey("RetentionInDays"));
        assertEquals(function.logicalId().replace("Function", "Logs"), group.logicalId());
    }

    /** Only the clock may lose an invocation: its next one does the same. */
    @ParameterizedTest
    @MethodSource("functions")
    void shouldKeepWhatAnAsynchronousInvocationCouldNotDo(Template.Function function) {
        boolean synchronous =
                !function.events().isEmpty()
                        && function.events().stream()
                                .allMatch(event -> Set.of("HttpApi", "SQS").contains(event.type()));
        if (synchronous || function.logicalId().equals("TouchClockFunction")) {
            return;
        }

        Optional<String> destination =
                properties(function)
                        .optionalObject("EventInvokeConfig")
                        .flatMap(config -> config.optionalObject("DestinationConfig"))
                        .map(config -> config.object("OnFailure").text("Destination"));

        assertTrue(
                destination.orElse("").endsWith(":FailedInvocations"),
                function.logicalId() + " " + destination);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldAllowEachFunctionNamedActionsOnNamedResources(Template.Function function) {
        List<Fields> statements =
                properties(function).objects("Policies").stream()
                        .flatMap(policy -> policy.objects("Statement").stream())
                        .toList();

        assertFalse(statements.isEmpty());
        for (Fields statement : statements) {
            for (String action : oneOrMore(statement, "Action")) {
                assertFalse(action.contains("*"), action);
                boolean isSms = action.equals("sns:Publish");
                assertEquals(isSms, statement.has("NotResource"), action);
                if (!isSms) {
                    oneOrMore(statement, "Resource")
                            .forEach(resource -> assertFalse(resource.equals("*"), action));
                }
            }
        }
    }

    private static Fields properties(Template.Function function) {
        return Fields.of(function.logicalId(), (Map<?, ?>) TEMPLATE.resolve(function.properties()));
    }

    private static List<String> oneOrMore(Fields fields, String name) {
        return fields.raw(name).orElseThrow() instanceof String one
                ? List.of(one)
                : fields.texts(name);
    }
}
