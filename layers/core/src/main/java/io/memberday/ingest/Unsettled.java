package io.memberday.ingest;

import java.io.Serial;

/** An event lost every race for its rows: nothing was written, the platform shall send it again. */
public final class Unsettled extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    public Unsettled(IngestStore.Conflict last) {
        super("conflicts on every try", last);
    }
}
