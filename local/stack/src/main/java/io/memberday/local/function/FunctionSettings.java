package io.memberday.local.function;

import io.memberday.local.engine.Intrinsic;
import io.memberday.local.engine.Template;

import java.time.Duration;

/**
 * What a template says of a function.
 *
 * @param name the function's name
 * @param handler as in {@code io.memberday.orderwebhook.OrderWebhookLambda::handleRequest}
 * @param timeout after which an invocation is ended
 * @param memory in MB
 */
public record FunctionSettings(
        String name, String arn, String handler, Duration timeout, int memory) {
    private static final int LAMBDAS_DEFAULT_MEMORY = 128;

    /** Reads them. */
    public static FunctionSettings of(Template template, Template.Function function) {
        String id = function.logicalId();
        Object memory =
                template.resolve(
                        function.properties().getOrDefault("MemorySize", LAMBDAS_DEFAULT_MEMORY));
        return new FunctionSettings(
                template.nameOf(id),
                String.valueOf(template.resolve(new Intrinsic.GetAtt(id, "Arn"))),
                function.handler(),
                function.timeout(),
                Integer.parseInt(String.valueOf(memory)));
    }
}
