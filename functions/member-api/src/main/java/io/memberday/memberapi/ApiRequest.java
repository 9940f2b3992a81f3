package io.memberday.memberapi;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;

import io.memberday.aws.WebhookRequest;
import io.memberday.json.BadInput;
import io.memberday.json.Fields;
import io.memberday.json.Json;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A call as API Gateway hands it over, its caller let in by the IAM authorizer. */
record ApiRequest(APIGatewayV2HTTPEvent event) {
    private static final String WHOLE = "\\d{1,9}";
    private static final int LONGEST_NAME = 40;

    /** Such as {@code GET /members/{member}}. */
    String route() {
        return event.getRouteKey();
    }

    /** A part of the path. */
    String part(String name) {
        return event.getPathParameters().get(name);
    }

    /** The parameters of the query; whole numbers as such. */
    Fields query() {
        Map<String, Object> values = new HashMap<>();
        Optional.ofNullable(event.getQueryStringParameters())
                .orElse(Map.of())
                .forEach(
                        (name, value) ->
                                values.put(
                                        name, value.matches(WHOLE) ? Long.valueOf(value) : value));
        return Fields.of("", values);
    }

    /**
     * The body.
     *
     * @throws BadInput if it is not one JSON object
     */
    Fields body() {
        try {
            return Json.read(WebhookRequest.of(event).text());
        } catch (IllegalArgumentException _) {
            throw new BadInput("body", "not shown", "is not the Base64 that it claims to be");
        }
    }

    /** Who calls, as tags and consents name operators: {@code operator:anna}. */
    String operator() {
        return "operator:" + caller();
    }

    /** Who calls: {@code anna} of the ARN {@code …/anna}. */
    String caller() {
        String arn = event.getRequestContext().getAuthorizer().getIam().getUserArn();
        String name =
                arn.substring(Math.max(arn.lastIndexOf('/'), arn.lastIndexOf(':')) + 1)
                        .replaceAll("[^A-Za-z0-9._-]", "-");
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }
}
