package io.memberday.local.runtime;

import java.util.Map;
import java.util.function.Consumer;

/**
 * How functions run in JVMs of their own.
 *
 * @param variables that each has in place of the stack's, such as another address for DynamoDB
 * @param started told of each process as it starts
 * @param log takes each line that one prints
 * @param most processes of one function at once
 */
public record Isolation(
        Map<String, String> variables,
        Consumer<RuntimeProcess> started,
        Consumer<Line> log,
        int most) {
    /** As many as the queues of the template wake of one function; an HTTP client waits. */
    public static final int USUAL = 10;

    /** A line that the process of a function printed. */
    public record Line(String function, String text) {}

    /** Nothing but what the stack gives. */
    public static Isolation plain(Consumer<Line> log) {
        return new Isolation(Map.of(), started -> {}, log, USUAL);
    }
}
