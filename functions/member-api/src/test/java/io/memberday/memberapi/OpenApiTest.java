package io.memberday.memberapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

import io.memberday.care.InMemoryCaseStore;
import io.memberday.desk.InMemoryDeskStore;
import io.memberday.ingest.Activity.CareCase;
import io.memberday.ingest.IngestStore.Conflict;
import io.memberday.ingest.Unsettled;
import io.memberday.json.Fields;
import io.memberday.local.engine.Repository;
import io.memberday.local.engine.Template;
import io.memberday.member.Member;
import io.memberday.memberapi.OpenApi.Operation;
import io.memberday.playbook.SamplePlaybook;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** That the published description says what the function does, and no more. */
class OpenApiTest {
    private static final Instant NOW = Instant.parse("2026-05-08T02:00:00Z");
    private static final Map<String, Operation> DESCRIBED = OpenApi.DOCUMENT.operations();

    /** The member of the description's examples. */
    private static final String MEMBER = "m4f0";

    private final InMemoryDeskStore members = new InMemoryDeskStore();
    private final InMemoryCaseStore cases = new InMemoryCaseStore();
    private MemberApiLambda lambda;

    @BeforeEach
    void start() {
        lambda =
                new MemberApiLambda(
                        SamplePlaybook.playbook(),
                        members,
                        cases,
                        request ->
                                Map.of(
                                        "touchpoint", request.optionalText("touchpoint").orElse(""),
                                        "member", request.text("member"),
                                        "touches", List.of()),
                        Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @Test
    void shouldDescribeEachRouteThatTheTemplateHasAndTheFunctionAnswers() {
        Set<String> events =
                Template.read(Repository.template()).function("MemberApiFunction").events().stream()
                        .map(event -> Fields.of("", event.properties()))
                        .map(event -> event.text("Method") + " " + event.text("Path"))
                        .collect(Collectors.toSet());

        assertEquals(new TreeSet<>(events), new TreeSet<>(DESCRIBED.keySet()));
        assertEquals(events, lambda.routes());
    }

    @Test
    void shouldDescribeThePartsOfEachPath() {
        for (Operation operation : DESCRIBED.values()) {
            Matcher parts = Pattern.compile("\\{(.*?)}").matcher(operation.route());
            assertEquals(
                    parts.results().map(part -> part.group(1)).collect(Collectors.toSet()),
                    operation.names("path"),
                    operation.route());
        }
    }

    @Test
    void shouldTakeEachExampleAndSay404OfWhatIsNotThereWhereThatIsDescribed() {
        for (Operation operation : DESCRIBED.values()) {
            for (String body : operation.examples()) {
                assertEquals(
                        operation.answers().containsKey("404") ? 404 : 200,
                        status(operation, Map.of(), body),
                        operation.route() + " " + body);
            }
        }
    }

    @Test
    void shouldSay400OfWhatCannotBeTakenWhereThatIsDescribed() {
        members.put(Member.fresh(MEMBER, NOW));
        assertEquals(
                described("400"),
                routes(operation -> status(operation, wrong(operation), "{") == 400));
    }

    private static Map<String, String> wrong(Operation operation) {
        return operation.names("query").contains("limit") ? Map.of("limit", "0") : Map.of();
    }

    @Test
    void shouldTakeTheParametersOfAQueryThatAreDescribedAndNoOthers() {
        members.put(Member.fresh(MEMBER, NOW));
        String cursor =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                "1778205600 memberday:main:1".getBytes(StandardCharsets.UTF_8));
        Map<String, String> good = Map.of("limit", "1", "after", cursor, "kind", "parcel");
        for (Operation operation : DESCRIBED.values()) {
            if (!operation.names("query").isEmpty()) {
                assertEquals(400, status(operation, Map.of("limt", "1"), ""), operation.route());
            }
            for (String name : operation.names("query")) {
                assertEquals(
                        200,
                        status(operation, Map.of(name, good.get(name)), ""),
                        operation.route() + " " + name);
            }
        }
    }

    @Test
    void shouldSay409OfWhatSomebodyElseHasChangedWhereThatIsDescribed() {
        // Given a case that was assigned since it was seen, and others who write to the member
        members.put(Member.fresh(MEMBER, NOW));
        cases.open(new CareCase(MEMBER, NOW, "parcel", "sf:SF1", "why"));
        Operation assign = DESCRIBED.get("POST /cases/assign");
        for (int version = 1; version < 3; version++) {
            String seen =
                    "{\"member\": \"%s\", \"case\": \"case#parcel-sf:SF1\", \"version\": %d}"
                            .formatted(MEMBER, version);
            assertEquals(200, status(assign, Map.of(), seen));
        }
        for (int write = 0; write < 2; write++) {
            members.beforeWrites.add(
                    () -> {
                        throw new Unsettled(new Conflict("always"));
                    });
        }

        // Then
        assertEquals(
                described("409"),
                routes(
                        operation ->
                                status(operation, Map.of(), operation.examples().getFirst())
                                        == 409));
    }

    private int status(Operation operation, Map<String, String> query, String body) {
        APIGatewayV2HTTPEvent event = Api.event(operation.route(), MEMBER, body);
        event.setQueryStringParameters(query);
        return Api.answer(lambda, event).status();
    }

    private static Set<String> described(String status) {
        return routes(operation -> operation.answers().containsKey(status));
    }

    private static Set<String> routes(Predicate<Operation> which) {
        return DESCRIBED.values().stream()
                .filter(which)
                .map(Operation::route)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
