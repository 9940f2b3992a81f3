package io.memberday.local.function;

/** Something that is invoked with JSON and answers with JSON, as a Lambda function is. */
@FunctionalInterface
public interface Invocable {
    /** Invokes it and waits for the answer. What it throws becomes a failed {@link Outcome}. */
    Outcome invoke(byte[] payload);
}
