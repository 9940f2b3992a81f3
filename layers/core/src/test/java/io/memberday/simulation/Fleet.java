package io.memberday.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A function's warm instances: each serves one invocation after the other, with what it remembers,
 * until one dies.
 */
final class Fleet<T> {
    private final Supplier<T> newOne;
    private final Deque<T> idle = new ArrayDeque<>();

    Fleet(Supplier<T> newOne) {
        this.newOne = newOne;
    }

    /** Invokes an instance; only one that came through it alive serves again. */
    void invoke(Consumer<T> work) {
        T instance = idle.isEmpty() ? newOne.get() : idle.pop();
        try {
            work.accept(instance);
        } catch (RuntimeException e) {
            idle.push(instance);
            throw e;
        }
        idle.push(instance);
    }
}
