package io.memberday.local.aws;

import java.io.Serial;

/** A refusal in AWS's words: the SDK turns its code into the exception of that name. */
public final class AwsError extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    private final int status;
    private final String code;

    /**
     * @param status the HTTP status, 4xx for the caller's mistakes
     * @param code as AWS's documentation of the call lists it, such as {@code Throttling}
     */
    public AwsError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}
