package io.memberday.memberapi;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import io.memberday.aws.Clients;
import io.memberday.aws.DynamoDbCaseStore;
import io.memberday.aws.DynamoDbDeskStore;
import io.memberday.aws.Env;
import io.memberday.aws.Explanations;
import io.memberday.aws.Sleep;
import io.memberday.care.CaseStore;
import io.memberday.desk.DeskCases;
import io.memberday.desk.DeskChanges;
import io.memberday.desk.DeskStore;
import io.memberday.desk.MemberSearch;
import io.memberday.desk.MemberView;
import io.memberday.desk.OrderHistory;
import io.memberday.desk.Stale;
import io.memberday.ingest.Settling;
import io.memberday.ingest.Unsettled;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.member.Member;
import io.memberday.playbook.Playbook;
import io.memberday.playbook.Playbooks;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What agents and storefronts ask of a member (R11), what operators change (R50, R6), care cases
 * (R56), and why a member got a message or none (R69). Who a member is never stands in a path or a
 * query, which others log; API Gateway lets in whoever IAM allows the route.
 */
public final class MemberApiLambda
        implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private static final Logger LOG = LoggerFactory.getLogger(MemberApiLambda.class);
    private static final String MEMBER = "member";

    /** The HTTP API waits for 30 s; what is begun last, and a cold start, take some of them. */
    private static final Duration READING = Duration.ofSeconds(15);

    private final MemberSearch search;
    private final MemberView view;
    private final OrderHistory history;
    private final DeskChanges changes;
    private final DeskCases cases;
    private final Clock clock;
    private final Map<String, Function<ApiRequest, Optional<Map<String, Object>>>> routes;

    public MemberApiLambda() {
        this(Env.system());
    }

    public MemberApiLambda(Env env) {
        this(env, Playbooks.load(), Clients.dynamoDb(), env.clock());
    }

    MemberApiLambda(Env env, Playbook playbook, DynamoDbClient dynamoDb, Clock clock) {
        this(
                playbook,
                new DynamoDbDeskStore(dynamoDb, env),
                new DynamoDbCaseStore(dynamoDb, env.memberActivityTable()),
                new Explanations(dynamoDb, env, playbook, READING)::answer,
                clock);
    }

    MemberApiLambda(
            Playbook playbook,
            DeskStore store,
            CaseStore caseStore,
            Function<Fields, Map<String, Object>> explanations,
            Clock clock) {
        this.search = new MemberSearch(store, playbook.store());
        this.view = new MemberView(store, caseStore, playbook);
        this.history = new OrderHistory(store, playbook.store().currency());
        this.changes =
                new DeskChanges(
                        store,
                        search,
                        playbook.ladder(),
                        new Settling(new Sleep(), new SecureRandom()));
        this.cases = new DeskCases(caseStore, store, view, playbook, clock);
        this.clock = clock;
        this.routes = routes(explanations);
    }

    private Map<String, Function<ApiRequest, Optional<Map<String, Object>>>> routes(
            Function<Fields, Map<String, Object>> explanations) {
        return Map.ofEntries(
                Map.entry("POST /members/find", call -> search.find(call.body()).map(this::viewed)),
                Map.entry("GET /members/{member}", call -> named(call).map(this::viewed)),
                Map.entry(
                        "GET /members/{member}/orders",
                        call -> named(call).map(member -> history.answer(member, call.query()))),
                Map.entry(
                        "POST /members/{member}/consent",
                        call ->
                                changes.consent(
                                        call.part(MEMBER),
                                        call.body(),
                                        call.operator(),
                                        clock.instant())),
                Map.entry(
                        "POST /members/{member}/tags",
                        call ->
                                changes.tags(
                                        call.part(MEMBER),
                                        call.body(),
                                        call.operator(),
                                        clock.instant())),
                Map.entry("GET /cases", call -> Optional.of(cases.open(call.query()))),
                Map.entry("POST /cases/find", call -> cases.find(call.body())),
                Map.entry("POST /cases/assign", call -> cases.assign(call.body(), call.caller())),
                Map.entry("POST /cases/close", call -> cases.close(call.body(), call.caller())),
                Map.entry(
                        "POST /segments", call -> Optional.of(segments(search.find(call.body())))),
                Map.entry("POST /explain", call -> Optional.of(explanations.apply(call.body()))));
    }

    /** What it answers, each named as API Gateway does: {@code GET /members/{member}}. */
    Set<String> routes() {
        return routes.keySet();
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        ApiRequest call = new ApiRequest(event);
        Function<ApiRequest, Optional<Map<String, Object>>> route = routes.get(call.route());
        if (route == null) {
            return refused(404, "there is no route " + call.route());
        }
        try {
            return route.apply(call)
                    .map(answer -> response(200, answer))
                    .orElseGet(() -> refused(404, "there is no such member or case"));
        } catch (BadInput e) {
            // The message names field and mend; the value goes to its sender alone.
            LOG.warn("{} refused: {}", call.route(), e.getMessage());
            return refused(400, e.answer());
        } catch (Stale e) {
            return refused(409, e.getMessage());
        } catch (Unsettled e) {
            LOG.warn("{} put off: {}", call.route(), e.getMessage());
            return refused(409, "others changed the member on every try: send it again");
        }
    }

    private Optional<Member> named(ApiRequest call) {
        return search.live(call.part(MEMBER));
    }

    private Map<String, Object> viewed(Member member) {
        return view.of(member, clock.instant());
    }

    /** A visitor who is no member is in no segment. */
    private Map<String, Object> segments(Optional<Member> member) {
        return Map.of(
                "segments",
                member.map(known -> view.segments(known, clock.instant())).orElse(List.of()));
    }

    private static APIGatewayV2HTTPResponse refused(int status, String error) {
        return response(status, Map.of("error", error));
    }

    private static APIGatewayV2HTTPResponse response(int status, Map<String, Object> body) {
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(status)
                .withHeaders(
                        Map.of(
                                "content-type", "application/json; charset=utf-8",
                                "cache-control", "no-store"))
                .withBody(Json.write(body))
                .build();
    }
}
