package io.memberday.memberapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import io.memberday.json.Fields;
import io.memberday.json.Json;
import io.memberday.local.engine.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls as API Gateway hands them to the function. */
final class Api {
    private Api() {}

    /** What the function answers. */
    record Answer(int status, Fields body) {}

    /** A committed event of events/member-api. */
    static APIGatewayV2HTTPEvent event(String name) {
        try {
            Fields json =
                    Json.read(
                            Files.readString(
                                    Repository.root()
                                            .resolve("events/member-api/" + name + ".json")));
            APIGatewayV2HTTPEvent event =
                    event(
                            json.text("routeKey"),
                            texts(json, "pathParameters"),
                            json.optionalText("body").orElse(""),
                            json.object("requestContext")
                                    .object("authorizer")
                                    .object("iam")
                                    .text("userArn"));
            event.setQueryStringParameters(texts(json, "queryStringParameters"));
            return event;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static APIGatewayV2HTTPEvent event(String route, String member, String body) {
        return event(
                route,
                Map.of("member", member),
                body,
                "arn:aws:sts::123456789012:assumed-role/Agents/li.wei@shop.example");
    }

    static APIGatewayV2HTTPEvent event(
            String route, Map<String, String> parameters, String body, String caller) {
        RequestContext.IAM iam = new RequestContext.IAM();
        iam.setUserArn(caller);
        RequestContext.Authorizer authorizer = new RequestContext.Authorizer();
        authorizer.setIam(iam);
        RequestContext context = new RequestContext();
        context.setAuthorizer(authorizer);
        APIGatewayV2HTTPEvent event = new APIGatewayV2HTTPEvent();
        event.setRouteKey(route);
        event.setPathParameters(parameters);
        event.setRequestContext(context);
        event.setBody(body);
        return event;
    }

    static Answer answer(MemberApiLambda lambda, APIGatewayV2HTTPEvent event) {
        APIGatewayV2HTTPResponse response = lambda.handleRequest(event, null);
        assertEquals(List.of(), OpenApi.DOCUMENT.against(event, response));
        return new Answer(response.getStatusCode(), Json.read(response.getBody()));
    }

    private static Map<String, String> texts(Fields json, String name) {
        Map<String, String> texts = new HashMap<>();
        json.optionalObject(name)
                .ifPresent(
                        object -> object.names().forEach(key -> texts.put(key, object.text(key))));
        return texts;
    }
}
