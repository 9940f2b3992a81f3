package io.memberday.benchmark;

import java.util.List;

/**
 * Ways to do the same, beside each other.
 *
 * @param name as given to {@code ./benchmarks/run}
 * @param item what is counted
 * @param lines the first is the floor
 * @param goals to be held
 * @param references of figures taken before, by line
 */
public record Benchmark(
        String name, String item, List<Line> lines, List<Goal> goals, List<Reference> references) {

    /**
     * A goal: one line takes at most so many times the processor time of another.
     *
     * @param ours index of the line that must hold it
     * @param of index of the line that it is compared with
     */
    public record Goal(int ours, int of, double most) {}

    /**
     * A figure of 2026-11-21 on a 2-core machine: a floor above 1.5 times its reference says that
     * the machine was busy.
     *
     * @param micros processor time an item
     * @param what it was taken of
     */
    public record Reference(int line, double micros, String what) {}
}
