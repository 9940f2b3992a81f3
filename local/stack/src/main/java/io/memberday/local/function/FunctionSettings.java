package io.memberday.local.function;

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
        String name, String arn, String handler, Duration timeout, int memory) {}
