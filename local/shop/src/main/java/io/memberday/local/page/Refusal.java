package io.memberday.local.page;

import java.io.Serial;

/** The page cannot answer a request; the message is for whoever asked. */
final class Refusal extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
