package io.memberday.release;

import java.util.List;
import java.util.function.Supplier;

/**
 * How calls that wait for the network are made. Each row that the clock takes is a call of its own:
 * one after the other, a million touches in an hour would take longer than the hour.
 */
public interface SideBySide {
    /** One after the other; none after one that failed. */
    SideBySide ONE_BY_ONE =
            new SideBySide() {
                @Override
                public <T> List<T> all(List<Supplier<T>> calls) {
                    return calls.stream().map(Supplier::get).toList();
                }
            };

    /**
     * Makes calls that do not depend on each other, and waits for all of them.
     *
     * @return their answers, none of them null, in the calls' sequence
     * @throws RuntimeException that of a call which failed, when no other is under way any more
     */
    <T> List<T> all(List<Supplier<T>> calls);
}
