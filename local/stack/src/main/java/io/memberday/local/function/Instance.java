package io.memberday.local.function;

/**
 * One execution environment of a function, as Lambda calls it: made once, serves one invocation at
 * a time, and may serve many.
 */
public interface Instance extends AutoCloseable {
    /** Serves an invocation and waits for its end. */
    Outcome invoke(Invocation invocation);

    /** Whether it can serve another one. */
    boolean isAlive();

    /** Ends it, whatever it does. */
    @Override
    void close();

    /**
     * What an instance is given.
     *
     * @param requestId new for each
     * @param payload JSON
     */
    record Invocation(String requestId, byte[] payload) {}
}
