package io.memberday.send;

import java.io.Serial;

/** A record that can never succeed, however often it is tried (P9). */
public final class Refused extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    /**
     * @param reason in words without a person's data
     */
    Refused(String reason) {
        super(reason);
    }
}
