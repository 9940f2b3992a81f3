package io.memberday.local.sample;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

import io.memberday.aws.Clients;
import io.memberday.aws.Env;
import io.memberday.json.Json;

import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Puts what it is sent on the bus, and answers with what it saw. */
public final class TakeLambda
        implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {
    private final EventBridgeClient events = Clients.eventBridge();
    private final Env env;

    public TakeLambda() {
        this(Env.system());
    }

    public TakeLambda(Env env) {
        this.env = env;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
        String body = Optional.ofNullable(event.getBody()).orElse("");
        if (body.equals("break")) {
            throw new IllegalStateException("as asked");
        }
        if (body.startsWith("{")) {
            PutEventsRequestEntry entry =
                    PutEventsRequestEntry.builder()
                            .eventBusName(env.eventBus())
                            .source("sample")
                            .detailType("Taken")
                            .detail(body)
                            .build();
            events.putEvents(request -> request.entries(entry));
        }
        Map<String, Object> seen = new LinkedHashMap<>();
        seen.put("source", event.getPathParameters().get("source"));
        seen.put("route", event.getRouteKey());
        seen.put("path", event.getRawPath());
        seen.put("query", event.getRawQueryString());
        seen.put("parameters", event.getQueryStringParameters());
        seen.put("header", event.getHeaders().get("x-two"));
        seen.put(
                "caller",
                Optional.ofNullable(event.getRequestContext().getAuthorizer())
                        .map(authorizer -> authorizer.getIam().getUserArn())
                        .orElse(""));
        seen.put("base64", event.getIsBase64Encoded());
        seen.put("body", body);
        seen.put("url", env.publicUrl());
        seen.put("time", env.clock().instant().toString());
        seen.put("requestId", context.getAwsRequestId());
        seen.put("remaining", context.getRemainingTimeInMillis());
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(202)
                .withHeaders(Map.of("X-Seen", "yes"))
                .withBody(Json.write(seen))
                .build();
    }
}
