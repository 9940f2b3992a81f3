package io.memberday.benchmark;

import java.time.Duration;

/**
 * One way to do a piece of work, measured in a JVM of its own.
 *
 * @param name as printed: what is done how
 * @param answersAfter how long AWS takes for each answer while it is measured; zero for at once
 * @param prepare makes all that is not measured
 */
public record Line(String name, Duration answersAfter, Preparation prepare) {
    /** One that is answered at once. */
    public Line(String name, Preparation prepare) {
        this(name, Duration.ZERO, prepare);
    }

    /** Makes what a line works with. */
    @FunctionalInterface
    public interface Preparation {
        Work make(StubAws aws) throws Exception;
    }

    /** Does some of the work, a fraction of a second long. */
    @FunctionalInterface
    public interface Work {
        /**
         * @return how many items it did
         */
        long some() throws Exception;
    }
}
