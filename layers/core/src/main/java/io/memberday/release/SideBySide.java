package io.memberday.release;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * How calls that wait for the network are made. Each row that the clock takes is a call of its own:
 * one after the other, a million touches in an hour would take longer than the hour.
 */
@FunctionalInterface
public interface SideBySide {
    /** One after the other; none after one that failed. */
    SideBySide ONE_BY_ONE = calls -> calls.stream().map(BooleanSupplier::getAsBoolean).toList();

    /**
     * Makes calls that do not depend on each other, and waits for all of them.
     *
     * @return their answers, in the calls' sequence
     * @throws RuntimeException that of a call which failed, when no other is under way any more
     */
    List<Boolean> all(List<BooleanSupplier> calls);
}
