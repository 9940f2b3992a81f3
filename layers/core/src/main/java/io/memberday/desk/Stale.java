package io.memberday.desk;

import java.io.Serial;

/** Somebody else was quicker: what a change rests on is not as its author saw it. */
public final class Stale extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Stale(String what) {
        super(what);
    }
}
