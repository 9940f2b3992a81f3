package io.memberday.local.function;

import java.nio.charset.StandardCharsets;

/**
 * How one invocation ended.
 *
 * @param failed whether the function threw; then the payload is Lambda's JSON of the error
 * @param payload the JSON answer
 */
public record Outcome(boolean failed, String payload) {
    public static Outcome of(byte[] answer) {
        return new Outcome(false, new String(answer, StandardCharsets.UTF_8));
    }
}
