package io.memberday.json;

import java.io.Serial;

/**
 * A function's failure on a request that it cannot take: it names field, value and mend. A
 * schedule's failed wake so goes to the function's dead-letter queue, and an operator reads it.
 */
public final class RefusedRequest extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    public RefusedRequest(BadInput bad) {
        super(bad.answer(), bad);
    }
}
